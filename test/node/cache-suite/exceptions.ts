// Where the public cache tests want something else than the platform does. The platform wins; each line says where it says so.

const CONFIGURATION = "https://developers.cloudflare.com/workers/cache/configuration/";
const LIMITATIONS = "https://developers.cloudflare.com/workers/cache/limitations/";
const OVERVIEW = "https://developers.cloudflare.com/workers/cache/#what-gets-cached";
const RESPONSE = "https://developers.cloudflare.com/workers/runtime-apis/response/#parameters";

/** Required tests that are not passed, by the beginning of their names: why, and the platform's page. */
interface Exception {
  tests: string[];
  because: string;
  page: string;
}

const IN_BOTH: Exception[] = [
  {
    tests: ["headers-store-Set-Cookie"],
    because: "A response that sets a cookie is not stored, and so not its header.",
    page: `${CONFIGURATION}#automatic-bypass-conditions`,
  },
  {
    tests: ["invalidate-M-SEARCH"],
    because: "The runtime answers 501 to this method itself: no Worker sees it, and no cache.",
    page: `${LIMITATIONS}#http-methods`,
  },
  {
    tests: ["partial-use-headers"],
    because:
      "A range is cut only from a stored response that says Accept-Ranges: bytes, as the platform has been seen to do; the suite's does not.",
    page: `${CONFIGURATION}#range-requests`,
  },
];

const IN_THE_NEWER: Exception[] = [
  {
    tests: ["interim-not-cached"],
    because: "A Worker's answer is one response of 200 to 599: it can send nothing before it.",
    page: RESPONSE,
  },
  {
    tests: ["partial-use-stored-headers"],
    because: "As partial-use-headers: the suite's response does not say that it can be cut.",
    page: `${CONFIGURATION}#range-requests`,
  },
];

/** The set that npm carries is older than RFC 9111, which the platform follows: the newer one no longer asks for these. */
const IN_THE_OLDER: Exception[] = [
  {
    tests: [
      "age-parse-nonnumeric",
      "age-parse-negative",
      "age-parse-float",
      "age-parse-prefix-twoline",
      "age-parse-dup-0",
      "age-parse-dup-0-twoline",
      "age-parse-dup-old",
      "age-parse-parameter",
      "age-parse-numeric-parameter",
    ],
    because:
      "Of several ages the first counts, and a malformed one is ignored (RFC 9111 section 5.1).",
    page: OVERVIEW,
  },
  {
    tests: [
      "stale-close-must-revalidate",
      "stale-close-proxy-revalidate",
      "stale-close-no-cache",
      "stale-close-s-maxage=2",
    ],
    because:
      "The Worker's error is the answer; the older set takes any that is not the origin's for a stored one.",
    page: `${CONFIGURATION}#serve-stale-on-error-with-stale-if-error`,
  },
  {
    tests: ["304-etag-update-response-Set-Cookie"],
    because: "A response that sets a cookie is not stored, and so not asked for with its tag.",
    page: `${CONFIGURATION}#automatic-bypass-conditions`,
  },
  {
    tests: ["invalidate-M-SEARCH-cl"],
    because: "The runtime answers 501 to this method itself: no Worker sees it, and no cache.",
    page: `${LIMITATIONS}#http-methods`,
  },
];

/** The exceptions of a set, by the name of the test. */
export function exceptionsOf(set: "older" | "newer"): Map<string, Exception> {
  const exceptions = [...IN_BOTH, ...(set === "newer" ? IN_THE_NEWER : IN_THE_OLDER)];
  return new Map(
    exceptions.flatMap((exception) => exception.tests.map((test) => [test, exception])),
  );
}

/** The fewest optimal tests that must be passed. */
export const OPTIMAL = 69;
