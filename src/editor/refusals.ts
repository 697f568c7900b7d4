import { sentenceOf, type Issue, type Problem } from "../domain/problem.ts";

/** Answers a refusal as problem details (RFC 9457): the one place where a refusal gets its HTTP status. */
export function refusalResponse(problem: Problem, instance: string): Response {
  switch (problem.kind) {
    case "malformed":
      return respond(400, "Malformed request", { detail: problem.detail, instance });
    case "unauthenticated":
      // One vague sentence: an outsider does not learn what exactly was wrong with the key.
      return respond(
        401,
        "Not let in",
        {
          detail: "This needs a valid key (Authorization: Bearer bs_…), or to be signed in.",
          instance,
        },
        {
          "WWW-Authenticate": 'Bearer realm="Broadsheet"',
        },
      );
    case "tooManyTries":
      return respond(
        429,
        "Too many tries",
        { detail: "That was tried too often. Wait a minute, and try again.", instance },
        { "Retry-After": "60" },
      );
    case "forbidden":
      return respond(403, "Not allowed", { detail: problem.detail, instance });
    case "unknown":
      return respond(404, "Not found", { detail: problem.detail, instance });
    case "wrongMethod":
      return respond(
        405,
        "Method not allowed",
        { detail: problem.detail, instance },
        { Allow: problem.allow },
      );
    case "taken":
      return respond(409, "Taken", {
        detail: problem.detail,
        instance,
        errors: problem.issues && told(problem.issues),
      });
    case "wrongState":
      return respond(409, "Not in this state", {
        detail: problem.detail,
        instance,
        errors: problem.issues && told(problem.issues),
      });
    case "stale":
      return respond(
        412,
        "Changed meanwhile",
        {
          detail: problem.detail,
          instance,
          current: problem.current,
          changed: problem.changed,
        },
        {
          ETag: problem.etag,
        },
      );
    case "tooLarge":
      return respond(413, "Too large", { detail: problem.detail, instance });
    case "unsupportedType":
      return respond(415, "Unsupported media type", { detail: problem.detail, instance });
    case "invalid":
      return respond(422, "Invalid input", {
        detail: summaryOf(problem.issues),
        instance,
        errors: told(problem.issues),
      });
    case "unconditional":
      return respond(428, "Precondition required", { detail: problem.detail, instance });
    case "busy":
      return respond(
        503,
        "Busy",
        { detail: problem.detail, instance },
        {
          "Retry-After": String(problem.retryAfterSeconds),
        },
      );
    case "unconfigured":
      return respond(
        503,
        "Not set up",
        { detail: problem.detail, instance },
        { "Retry-After": "60" },
      );
    default:
      return problem satisfies never;
  }
}

/** The response while the database is away. A commit whose response was lost may have been made, but never by halves. */
export function unavailableResponse(instance: string): Response {
  const detail =
    "The newsroom's database does not answer. Nothing is half-written: what you sent was saved whole or, more likely, not at all. Look, and try again in a moment.";
  return respond(503, "Unavailable", { detail, instance }, { "Retry-After": "5" });
}

/** Answers for a bug. What it was is in the log, and nowhere else. */
export function bugResponse(instance: string): Response {
  return respond(500, "Internal error", {
    detail: "Something went wrong here. It is in the log.",
    instance,
  });
}

function respond(
  status: number,
  title: string,
  members: Record<string, unknown>,
  headers: Record<string, string> = {},
): Response {
  const body = { type: "about:blank", title, status, ...members };
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}

function summaryOf(issues: Issue[]): string {
  const [first] = issues;
  if (issues.length !== 1 || !first)
    return `${issues.length} fields are not as they must be; see errors.`;
  const sentence = sentenceOf(first);
  const isNamed = first.path === "" || sentence.startsWith(first.path);
  return isNamed ? sentence : `${first.path}: ${sentence}`;
}

function told(issues: Issue[]): Issue[] {
  return issues.map((issue) => ({ path: issue.path, message: sentenceOf(issue) }));
}
