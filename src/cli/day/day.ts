import { strict as assert } from "node:assert";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { invite } from "../invitations.ts";
import type { Paper } from "../screenshots/paper.ts";
import { assertAccessible, comeIn, type Person } from "./person.ts";

// A day at the desk, from the first invitation to the last withdrawal, in the order of the day: each step goes on from the one before.

/** What the steps of a day share. */
export interface Day {
  browser: Browser;
  paper: Paper;
  people: Record<"admin" | "author" | "editor" | "contributor", Person>;
  /** The story of the day: its id, and where readers find it. */
  story: { id: string; path: string };
}

export type Step = readonly [name: string, run: (day: Day) => Promise<void>];

const HEADLINE = "Low water at the gate";

export const STEPS: readonly Step[] = [
  [
    "the first admin comes in by the link that the start prints",
    async (day) => {
      const { url } = await invite(day.paper.newsroom, { name: "Ada Harbour", role: "admin" });
      day.people.admin = await comeIn(day.browser, { name: "Ada Harbour", url });
      await day.people.admin.sees("New story");
      assert.doesNotMatch(
        day.people.admin.page.url(),
        /invitation/,
        "the token stays in the address",
      );
    },
  ],
  [
    "the admin invites an author, an editor and a contributor, who come in by their links",
    async (day) => {
      const invited = async (name: string, role: "author" | "editor" | "contributor") => {
        const author = role === "editor" ? undefined : "ines-calloway";
        // The room of people makes the same calls; its own step is below.
        const { url } = await invite(day.paper.newsroom, { name, role, author });
        day.people[role] = await comeIn(day.browser, { name, url });
      };
      await invited("Ines Calloway", "author");
      await invited("Edda Night", "editor");
      await invited("Cato Newcomer", "contributor");
      for (const role of ["author", "contributor"] as const)
        assert.equal(
          await day.people[role].page.getByRole("link", { name: "Settings" }).count(),
          0,
        );
    },
  ],
  [
    "the author writes a story with a picture and a tag that is new",
    async (day) => {
      const { author } = day.people;
      await author.goTo("story/new");
      await author.writes("Headline", HEADLINE);
      await author.writes("Standfirst", "It stood open for an hour.");
      await author.writes("Text", "The gate stood open at ten to four.\n\nNobody had been told.");
      await author.page.getByLabel("Section").selectOption("city");
      await author.writes("Tags", "Tide tables");
      await author.page.getByLabel("Tags").press("Enter");
      await author.presses("Choose a picture");
      const picture = await sharp({
        create: { width: 640, height: 400, channels: 3, background: "#336" },
      })
        .png()
        .toBuffer();
      await author.page
        .locator("dialog input[type=file]")
        .setInputFiles({ name: "gate.png", mimeType: "image/png", buffer: picture });
      await author.writes("What it shows, for who cannot see it", "The gate, open at low water.");
      await author.page.getByRole("button", { name: "Save", exact: true }).click();
      await author.page.waitForURL(/#\/story\/(?!new)/);
      await author.sees("Draft");
      const id = /#\/story\/([^?]+)/.exec(author.page.url())?.[1] ?? "";
      const { body } = await look(day, `/articles/${id}`);
      day.story = { id, path: new URL(String(body["url"])).pathname };
      assert.match(day.story.path, /^\/city\/low-water-at-the-gate/);
      assert.deepEqual(body["tags"], ["tide-tables"]);
      assert.deepEqual(body["authors"], ["ines-calloway"]);
      assert.equal((body["hero"] as { alt: string }).alt, "The gate, open at low water.");
      assert.equal(await reader(day, day.story.path), 404);
    },
  ],
  [
    "the author hands it in, and an editor returns it with a note",
    async (day) => {
      const { author, editor } = day.people;
      await openMore(author);
      await author.presses("Hand in …");
      await author.writes("A word to whoever reads it", "For tonight, if you can.");
      await author.presses(/^Hand in$/);
      await author.sees("In review");
      await editor.goTo("stories?state=waiting");
      await editor.presses(HEADLINE);
      await editor.sees("For tonight, if you can.");
      await openMore(editor);
      await editor.presses("Return …");
      await editor.writes("What is still to be done", "Who should have been told?");
      await editor.presses("Return it");
      await editor.sees("Returned.");
    },
  ],
  [
    "the author mends it and hands it in again",
    async (day) => {
      const { author } = day.people;
      await author.page.reload();
      await author.sees("Who should have been told?");
      await author.writes(
        "Text",
        "The gate stood open at ten to four.\n\nThe harbour master had not been told.",
      );
      await author.page.keyboard.press("Control+s");
      await author.sees("Saved.");
      await openMore(author);
      await author.presses("Hand in …");
      await author.presses(/^Hand in$/);
      await author.sees("In review");
    },
  ],
  [
    "the editor looks at it as readers will, publishes it, and sees it live",
    async (day) => {
      const { editor } = day.people;
      await editor.page.reload();
      await editor.presses("Preview");
      const frame = editor.page.frameLocator("dialog iframe");
      await frame.getByRole("heading", { name: HEADLINE }).first().waitFor();
      await editor.page.keyboard.press("Escape");
      await editor.presses("Publish …");
      await editor.sees(new RegExp(`It stands at .*${day.story.path}`));
      await editor.sees("That approves what was handed in.");
      await editor.presses("Publish now");
      await editor.sees("Readers see it now.");
      await editor.sees(/Live since/);
      const page = await readersPage(day, day.story.path);
      assert.match(page, /The harbour master had not been told/);
      assert.doesNotMatch(page, /\/desk/, "no page of readers mentions the desk");
    },
  ],
  [
    "the editor corrects it, and readers see that",
    async (day) => {
      const { editor } = day.people;
      await openPanel(editor, "Corrections");
      await editor.writes(
        "What was wrong, and what is right",
        "The gate stood open for an hour, not for two.",
      );
      await editor.presses("Add the correction");
      await editor.sees(/^Corrected/);
      assert.match(await readersPage(day, day.story.path), /for an hour, not for two/);
    },
  ],
  [
    "a change of a live story stays unseen until it is published",
    async (day) => {
      const { editor } = day.people;
      await editor.writes("Headline", "The gate at low water");
      await editor.page.keyboard.press("Control+s");
      await editor.sees("Edited since");
      assert.match(await readersPage(day, day.story.path), new RegExp(HEADLINE));
      await editor.presses("Publish the changes …");
      await editor.sees("Readers see changed: Headline.");
      await editor.presses("Publish now");
      await editor.sees("Readers see it now.");
      assert.match(await readersPage(day, day.story.path), /The gate at low water/);
    },
  ],
  [
    "two editors who change different fields both keep their words",
    async (day) => {
      const { admin, editor } = day.people;
      await admin.goTo(`story/${day.story.id}`);
      await admin.sees(/Also open with .*Edda Night/);
      await editor.page.reload();
      await editor.sees(/Also open with .*Ada Harbour/);
      await admin.writes("Standfirst", "It stood open from ten to four.");
      await admin.page.keyboard.press("Control+s");
      await admin.sees("Saved.");
      await editor.writes("Headline", "The gate, at low water");
      await editor.page.keyboard.press("Control+s");
      await editor.sees("Somebody else changed other fields meanwhile.");
      await editor.sees("Saved.");
      const { body } = await look(day, `/articles/${day.story.id}`);
      assert.equal(body["title"], "The gate, at low water");
      assert.equal(body["standfirst"], "It stood open from ten to four.");
    },
  ],
  [
    "two editors who change the same field are shown both, and choose",
    async (day) => {
      const { admin, editor } = day.people;
      await admin.page.reload();
      await admin.writes("Headline", "Low water, open gate");
      await admin.page.keyboard.press("Control+s");
      await admin.sees("Saved.");
      await editor.writes("Headline", "An open gate at low water");
      await editor.page.keyboard.press("Control+s");
      await editor.sees("Somebody else changed the same");
      await editor.sees("Low water, open gate");
      await assertAccessible(editor, "the dialogue about a clash");
      await editor.page.getByRole("radio", { name: /Yours/ }).check();
      await editor.presses("Go on with these");
      await editor.page.keyboard.press("Control+s");
      await editor.sees("Saved.");
      const { body } = await look(day, `/articles/${day.story.id}`);
      assert.equal(body["title"], "An open gate at low water");
    },
  ],
  [
    "what is typed while the network is cut is kept, offered again, and saved",
    async (day) => {
      const { editor } = day.people;
      const text = "The gate stood open at ten to four.\n\nWritten on the train.";
      await editor.context.setOffline(true);
      await editor.writes("Text", text);
      await editor.page.keyboard.press("Control+s");
      await editor.sees(/No connection/);
      assert.equal(await editor.page.getByLabel("Text").inputValue(), text);
      await editor.page.waitForTimeout(600);
      await editor.context.setOffline(false);
      // The browser asks whether to leave: yes.
      editor.page.once("dialog", (asked) => void asked.accept());
      await editor.page.reload();
      await editor.sees(/This browser has text from/);
      await editor.presses("Take it up again");
      assert.equal(await editor.page.getByLabel("Text").inputValue(), text);
      await editor.page.keyboard.press("Control+s");
      await editor.sees("Saved.");
      assert.equal((await look(day, `/articles/${day.story.id}`)).body["body"], text);
    },
  ],
  [
    "whoever is signed out meanwhile signs in above their work, and saves it",
    async (day) => {
      const { author } = day.people;
      await author.goTo("story/new");
      await author.writes("Headline", "Ebb");
      await author.writes("Text", "Nobody may lose this.");
      const person = await personCalled(day, "Ines Calloway");
      const ended = await day.paper.newsroom.call("DELETE", `/people/${person}/sessions`);
      assert.ok(ended.ok);
      await author.page.getByRole("button", { name: "Save", exact: true }).click();
      await author.sees("You were signed out");
      await author.presses("Sign in with a passkey");
      await author.page.locator("dialog").waitFor({ state: "detached" });
      assert.equal(await author.page.getByLabel("Text").inputValue(), "Nobody may lose this.");
      await author.page.getByRole("button", { name: "Save", exact: true }).click();
      await author.page.waitForURL(/#\/story\/(?!new)/);
    },
  ],
  [
    "the editor withdraws it, and it is gone",
    async (day) => {
      const { editor } = day.people;
      await editor.goTo(`story/${day.story.id}`);
      await openMore(editor);
      await editor.presses("Withdraw …");
      await editor.sees(/Readers lose it at once/);
      await editor.presses(/^Withdraw$/);
      await editor.sees("Withdrawn.");
      assert.equal(await reader(day, day.story.path), 410);
    },
  ],
];

/** Reads of the newsroom what an admin's key may. */
async function look(day: Day, path: string): Promise<{ body: Record<string, unknown> }> {
  const body = await day.paper.newsroom.look(path);
  return { body: body as Record<string, unknown> };
}

/** Asks for a page as a reader does; returns the status. */
async function reader(day: Day, path: string): Promise<number> {
  const response = await fetch(day.paper.url + path, { redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}

async function readersPage(day: Day, path: string): Promise<string> {
  const response = await fetch(day.paper.url + path);
  assert.equal(response.status, 200, path);
  return response.text();
}

async function personCalled(day: Day, name: string): Promise<string> {
  const { items } = (await day.paper.newsroom.look("/people?limit=100")) as {
    items: { id: string; name: string }[];
  };
  const found = items.find((person) => person.name === name);
  assert.ok(found, `${name} is not among the people`);
  return found.id;
}

/** Opens what else can be done with a story. */
async function openMore({ page }: Person): Promise<void> {
  await page.locator(".story-head .menu > summary").click();
}

/** Opens a part of a story's page, unless it is open. */
async function openPanel({ page }: Person, title: string): Promise<void> {
  const panel = page.locator("details.story-panel", { hasText: title });
  if ((await panel.getAttribute("open")) === null) await panel.locator("summary").click();
}
