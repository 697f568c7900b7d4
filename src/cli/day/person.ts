import { strict as assert } from "node:assert";
import axeCore from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { TAGS } from "../checks/axe.ts";

// Somebody of the newsroom in a browser of their own, with a device that makes passkeys and recognises its owner.

/** How long something may take to appear, in milliseconds: machines are shared. */
const PATIENCE = 30_000;

/** What the browser said that it should not have. */
type Complaints = string[];

export interface Person {
  name: string;
  page: Page;
  context: BrowserContext;
  complaints: Complaints;
  /** Goes to a place of the desk: `story/new`. */
  goTo(place: string): Promise<void>;
  /** Waits until the desk says something. */
  sees(text: string | RegExp, patience?: number): Promise<void>;
  /** Presses the button or link that is called so. */
  presses(name: string | RegExp): Promise<void>;
  /** Writes into the field with this label. */
  writes(label: string | RegExp, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a browser for somebody who has an invitation, and lets them come in. */
export async function comeIn(
  browser: Browser,
  { name, url, width = 1280 }: { name: string; url: string; width?: number },
): Promise<Person> {
  const person = await openDesk(browser, { name, url, width });
  await person.presses("Make a passkey and come in");
  await person.page.locator("nav.rooms").waitFor({ state: "attached" });
  return person;
}

async function openDesk(
  browser: Browser,
  { name, url, width }: { name: string; url: string; width: number },
): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const complaints: Complaints = [];
  page.on("pageerror", ({ message }) => complaints.push(`${name}: ${message}`));
  page.on("console", (message) => {
    // What a refused or a failed call leaves there is not the desk's to keep quiet.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text()))
      complaints.push(`${name}: ${message.text()}`);
  });
  await page.goto(url);
  const desk = new URL("/desk/", url).href;
  return {
    name,
    page,
    context,
    complaints,
    async goTo(place) {
      await page.goto(`${desk}#/${place}`);
      await page.locator("main#content").waitFor();
    },
    async sees(text, patience = PATIENCE) {
      await page.getByText(text).first().waitFor({ timeout: patience });
    },
    async presses(called) {
      await page
        .getByRole("button", { name: called })
        .or(page.getByRole("link", { name: called }))
        .first()
        .click();
    },
    async writes(label, text) {
      await page.getByLabel(label).first().fill(text);
    },
    close: () => context.close(),
  };
}

/** Fails if a screen violates a rule of axe, as it is shown now. */
export async function assertAccessible({ page }: Person, screen: string): Promise<void> {
  // The desk's own policy lets no script in: this one is put there as a debugger does it.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axeCore.source });
  const run = `axe.run(document, ${JSON.stringify({ runOnly: { type: "tag", values: TAGS } })})
    .then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 160)])))`;
  const { result } = await session.send("Runtime.evaluate", {
    expression: run,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  assert.deepEqual(JSON.parse(String(result.value)), [], `axe finds fault with ${screen}`);
}
