import { LinksField } from "../filing/fields.tsx";
import { Check, errorOf, TextField } from "../parts/field.tsx";
import type { Settings } from "../contract.ts";
import { say } from "../words/words.ts";
import { change } from "./draft.ts";
import type { GroupProps } from "./line.tsx";

type Security = NonNullable<Settings["security"]>;

/** How far ahead a new notice holds, in days: RFC 9116 advises less than a year. */
const HOLDS = 364;
const DAY = 86_400_000;

const LINKS = ["policy", "encryption", "acknowledgments", "hiring"] as const;

/** Whom to tell of a hole in the paper's security. */
export function SecurityGroup({ draft: { security }, wrong }: GroupProps) {
  const words = say().settings;
  return (
    <>
      <Check
        label={words.hasSecurity}
        hint={words.hasSecurityHint}
        checked={security !== null}
        onCheck={(isThere) => change({ security: isThere ? blank() : null })}
      />
      {security && <SecurityFields security={security} wrong={wrong} />}
    </>
  );
}

function SecurityFields({ security, wrong }: { security: Security } & Pick<GroupProps, "wrong">) {
  const words = say().settings;
  const put = (fields: Partial<Security>) => change({ security: { ...security, ...fields } });
  return (
    <>
      <LinksField
        label={words.securityContact}
        hint={words.securityContactHint}
        links={security.contact}
        path="security.contact"
        most={10}
        wrong={wrong}
        onLinks={(contact) => put({ contact })}
      />
      <div class="pair">
        <TextField
          type="date"
          label={words.securityExpires}
          hint={words.securityExpiresHint}
          value={security.expires.slice(0, 10)}
          error={errorOf(wrong, "security.expires")}
          onText={(day) => put({ expires: day === "" ? "" : `${day}T00:00:00Z` })}
        />
        <TextField
          label={words.securityLanguages}
          hint={words.securityLanguagesHint}
          dir="ltr"
          value={security.preferredLanguages.join(" ")}
          error={errorOf(wrong, "security.preferredLanguages")}
          onText={(tags) => put({ preferredLanguages: tags.split(/[\s,]/) })}
        />
      </div>
      <div class="pair">
        {LINKS.map((name) => (
          <TextField
            key={name}
            label={words.securityLink[name]}
            dir="ltr"
            inputMode="url"
            placeholder="https://"
            value={security[name] ?? ""}
            error={errorOf(wrong, `security.${name}`)}
            onText={(link) => put({ [name]: link })}
          />
        ))}
      </div>
    </>
  );
}

function blank(): Security {
  const expires = new Date(Date.now() + HOLDS * DAY).toISOString().slice(0, 10);
  const nothing = { encryption: null, acknowledgments: null, policy: null, hiring: null };
  return { contact: [""], expires: `${expires}T00:00:00Z`, preferredLanguages: [], ...nothing };
}
