import { openDevice, type Device } from "./authenticator.ts";
import type { Called } from "./paper.ts";

// What people do to come in, and what admins do with them: readers see nothing of any of it.

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Called>;

/** A browser at the desk with a person signed in. */
interface Desk {
  id: string;
  device: Device;
  ask: Call;
}

/** From a page of this site. */
const HERE = { "Sec-Fetch-Site": "same-origin" };

async function comeIn(call: Call): Promise<Desk> {
  const { json: person } = await call("POST", "/people", { name: "For a test", role: "editor" });
  const { json: invitation } = await call("POST", `/people/${person.id}/invitations`);
  const token = invitation.url.split("#invitation=")[1];
  const device = await openDevice();
  const asked = await call("POST", "/invitations/challenge", { token }, HERE);
  const passkey = await device.create(asked.json.options);
  const { cookie = "" } = await call("POST", "/invitations/accept", { token, passkey }, HERE);
  return {
    id: person.id,
    device,
    ask: (method, path, body, headers) =>
      call(method, path, body, { ...HERE, Cookie: cookie, ...headers }),
  };
}

/** What the person's passkey signs of a new challenge. */
async function signed({ device, ask }: Desk): Promise<unknown> {
  const { json } = await ask("POST", "/sessions/challenge");
  return device.get(json.options);
}

async function addPasskey(desk: Desk): Promise<Called> {
  const proof = { passkey: await signed(desk) };
  const { json } = await desk.ask("POST", "/people/me/passkeys/challenge", proof);
  const passkey = await (await openDevice()).create(json.options);
  return desk.ask("POST", "/people/me/passkeys", { passkey });
}

/** Who acts, on what they need for it. */
type Perform = (stage: unknown, chance: unknown, call: Call) => Promise<Called>;
const byPerson =
  (perform: (desk: Desk, call: Call) => Promise<Called>): Perform =>
  async (_, __, call) =>
    perform(await comeIn(call), call);

export const PEOPLE_ACTS: Record<string, Perform> = {
  "make a person": (_, __, call) =>
    call("POST", "/people", { name: "For a test", role: "contributor" }),
  "change a person": byPerson(({ id }, call) =>
    call("PATCH", `/people/${id}`, { role: "contributor" }),
  ),
  "remove a person": byPerson(({ id }, call) => call("DELETE", `/people/${id}`)),
  "sign a person out": byPerson(({ id }, call) => call("DELETE", `/people/${id}/sessions`)),
  "sign in": byPerson(async (desk) =>
    desk.ask("POST", "/sessions", { passkey: await signed(desk) }),
  ),
  "sign out": byPerson(({ ask }) => ask("DELETE", "/people/me/sessions/current")),
  "add a passkey": byPerson((desk) => addPasskey(desk)),
  "rename a passkey": byPerson(({ ask, device }) =>
    ask("PATCH", `/people/me/passkeys/${device.id}`, { label: "Another" }),
  ),
  "remove a passkey": byPerson(async (desk) => {
    const { json } = await addPasskey(desk);
    return desk.ask("DELETE", `/people/me/passkeys/${json.id}`);
  }),
};
