import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
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
      const { admin } = day.people;
      const invited = async (name: string, role: "author" | "editor" | "contributor") => {
        await admin.goTo("people");
        await admin.presses("Add somebody");
        await admin.writes("Name", name);
        await admin.page.locator("dialog select").first().selectOption(role);
        if (role !== "editor")
          await admin.page.locator("dialog").getByLabel("Writes as").selectOption("ines-calloway");
        await admin.presses("Add and invite");
        const link = admin.page.locator("dialog").getByLabel("Link", { exact: true });
        const url = await link.inputValue();
        await assertAccessible(admin, "the dialogue with an invitation");
        day.people[role] = await comeIn(day.browser, { name, url });
        await admin.page.reload();
      };
      await invited("Ines Calloway", "author");
      await invited("Edda Night", "editor");
      await invited("Cato Newcomer", "contributor");
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
      const picker = author.page.locator("dialog");
      await picker
        .getByLabel("What it shows, for who cannot see it")
        .fill("The gate, open at low water.");
      await picker.getByRole("button", { name: "Upload and use it" }).click();
      await picker.waitFor({ state: "detached" });
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
      await save(author);
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
      await editor.sees("Readers see it now.", AT_THE_EDGE);
      await editor.sees(/Live since/);
      const page = await untilReaders(day, day.story.path, /The harbour master had not been told/);
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
      await untilReaders(day, day.story.path, /for an hour, not for two/);
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
      await editor.sees("Readers see it now.", AT_THE_EDGE);
      await untilReaders(day, day.story.path, /The gate at low water/);
    },
  ],
  [
    "the editor makes it the lead of the front page, and readers find it there",
    async (day) => {
      const { editor } = day.people;
      await editor.goTo("front");
      const looked = editor.page.waitForResponse(/\/articles\?.*q=The/);
      await editor.writes("Find a headline", "The gate at low water");
      await looked;
      await settled(editor);
      const found = editor.page.locator(".found-stories li", { hasText: "The gate at low water" });
      await found.first().locator("summary").click();
      await found.first().getByRole("button", { name: "Make it the lead" }).click();
      await editor.sees(/“The gate at low water” is the lead/);
      await editor.presses("Put it up");
      await editor.sees(/The front page is up/);
      await untilReaders(day, "/", /<article[^>]*lead[\s\S]{0,2000}The gate at low water/);
    },
  ],
  [
    "the editor files two stories at once, by the keyboard",
    async (day) => {
      const { editor } = day.people;
      await editor.goTo("stories?section=culture");
      await settled(editor);
      await editor.page.locator("main#content").focus();
      for (const key of ["j", "x", "j", "x"]) await editor.page.keyboard.press(key);
      await editor.sees("2 stories selected");
      await editor.writes("Add a tag", "On the quay");
      await editor.page.getByRole("button", { name: "Add", exact: true }).click();
      await editor.sees("2 stories changed.");
      const { body } = await look(day, "/articles?tag=on-the-quay");
      assert.equal((body["items"] as unknown[]).length, 2);
      await editor.goTo(`story/${day.story.id}`);
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
      await save(admin);
      await editor.writes("Headline", "The gate, at low water");
      await editor.page.keyboard.press("Control+s");
      await editor.sees("Somebody else changed other fields meanwhile.");
      await isSaved(editor);
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
      await save(admin);
      await editor.writes("Headline", "An open gate at low water");
      await editor.page.keyboard.press("Control+s");
      await editor.sees("Somebody else changed the same");
      await editor.sees("Low water, open gate");
      await assertAccessible(editor, "the dialogue about a clash");
      await editor.page.getByRole("radio", { name: /Yours/ }).check();
      await editor.presses("Go on with these");
      await save(editor);
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
      assert.equal(await editor.page.getByLabel("Text", { exact: true }).inputValue(), text);
      await editor.page.waitForTimeout(600);
      await editor.context.setOffline(false);
      // The browser asks whether to leave: yes.
      editor.page.once("dialog", (asked) => void asked.accept());
      await editor.page.reload();
      await editor.sees(/This browser has text from/);
      await editor.presses("Take it up again");
      assert.equal(await editor.page.getByLabel("Text", { exact: true }).inputValue(), text);
      await save(editor);
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
      assert.equal(
        await author.page.getByLabel("Text", { exact: true }).inputValue(),
        "Nobody may lose this.",
      );
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
      await untilReaders(day, day.story.path, 410);
      await untilReaders(day, "/", new RegExp(`^(?![\\s\\S]*${day.story.path})`));
    },
  ],
  [
    "a contributor who tries every room and every story finds what is theirs, and no button that is refused",
    async (day) => {
      const { contributor } = day.people;
      const refused: string[] = [];
      contributor.page.on("response", (response) => {
        if (response.status() === 403) refused.push(response.url());
      });
      for (const room of ROOM_NAMES) {
        await contributor.goTo(room);
        await settled(contributor);
        const isClosed = CLOSED_TO_CONTRIBUTORS.has(room);
        const words = contributor.page.getByText("Your role does not open this room.");
        assert.equal(await words.count(), isClosed ? 1 : 0, room);
        const link = contributor.page.locator(`nav.rooms a[href="#/${room}"]`);
        assert.equal(await link.count(), isClosed ? 0 : 1, room);
      }
      assert.deepEqual(refused, []);
      // Somebody else's draft is not there for them; what is live they may read, and change nothing of it.
      const drafts = (await day.paper.newsroom.look("/articles?status=draft&limit=100")) as {
        items: { id: string; authors: string[] }[];
      };
      const strange = drafts.items.find(({ authors }) => !authors.includes("ines-calloway"));
      if (strange) {
        await contributor.goTo(`story/${strange.id}`);
        await contributor.sees("This is not there any more.");
      }
      const live = (await day.paper.newsroom.look(
        "/articles?status=published&section=sport&limit=1",
      )) as {
        items: { id: string }[];
      };
      await contributor.goTo(`story/${live.items[0]?.id}`);
      await contributor.page.getByLabel("Headline").waitFor();
      for (const name of [/^Publish/, /^Save$/, /^Preview$/, /^Hand in/])
        assert.equal(await contributor.page.getByRole("button", { name }).count(), 0, String(name));
    },
  ],
  [
    "every room is accessible, on a phone by night, on a desktop by day, and from right to left",
    async (day) => {
      const { admin } = day.people;
      for (const room of [...ROOM_NAMES, "story/new", `story/${day.story.id}`, "page/new"]) {
        await admin.goTo(room);
        await settled(admin);
        for (const [width, colorScheme] of [
          [360, "dark"],
          [1280, "light"],
        ] as const) {
          await admin.page.setViewportSize({ width, height: 800 });
          await admin.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          const where = `${room} at ${width} px, ${colorScheme}`;
          await assertAccessible(admin, where);
          const over = await admin.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          assert.ok(Number(over) <= 0, `${where} scrolls sideways by ${String(over)} px`);
        }
      }
      await admin.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await admin.page.setViewportSize({ width: 390, height: 800 });
      await admin.page.evaluate('localStorage.setItem("desk.language", "ar")');
      for (const room of ROOM_NAMES) {
        await admin.page.goto(`${day.paper.url}/desk/#/${room}`);
        await admin.page.reload();
        await settled(admin);
        await assertAccessible(admin, `${room} in Arabic`);
      }
      await admin.page.evaluate('localStorage.removeItem("desk.language")');
    },
  ],
  [
    "who signs out is out, on a page of readers nothing of it is to be seen",
    async (day) => {
      const { editor } = day.people;
      const plain = await readersPage(day, "/city");
      const cookies = await editor.context.cookies(day.paper.url);
      assert.deepEqual(
        cookies.map(({ name, httpOnly, secure, sameSite }) => ({
          name,
          httpOnly,
          secure,
          sameSite,
        })),
        [{ name: "__Host-broadsheet", httpOnly: true, secure: true, sameSite: "Strict" }],
      );
      const tab = await editor.context.newPage();
      const response = await tab.goto(`${day.paper.url}/city`);
      assert.equal(await response?.text(), plain);
      await tab.close();
      await editor.presses("Sign out");
      await editor.sees("Sign in with a passkey");
      assert.deepEqual(await editor.context.cookies(day.paper.url), []);
    },
  ],
];

/** The rooms of the menu, by their addresses. */
const ROOM_NAMES = [
  "stories",
  "calendar",
  "front",
  "pictures",
  "pages",
  "sections",
  "authors",
  "tags",
  "redirects",
  "settings",
  "theme",
  "people",
  "audit",
  "health",
  "account",
];

/** Those that a contributor's role does not open. */
const CLOSED_TO_CONTRIBUTORS = new Set(["front", "settings", "theme", "people", "audit", "health"]);

/** Waits until a screen has what it reads. */
async function settled({ page }: Person): Promise<void> {
  await page.waitForLoadState("networkidle");
  for (let attempt = 0; attempt < 100 && (await page.locator(".loading").count()) > 0; attempt += 1)
    await page.waitForTimeout(50);
}

/** How long readers may have to wait for a change, in milliseconds: the edge has two minutes. */
const AT_THE_EDGE = 120_000;

/** Asks for a page as a reader does until it says something, or has a status, for as long as the edge may take. */
async function untilReaders(day: Day, path: string, wanted: RegExp | number): Promise<string> {
  for (const end = Date.now() + AT_THE_EDGE; Date.now() < end; await sleep(500)) {
    const response = await fetch(day.paper.url + path);
    const text = await response.text();
    if (typeof wanted === "number" ? response.status === wanted : wanted.test(text)) return text;
  }
  throw new Error(`${path} does not come to be ${String(wanted)}`);
}

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
    items: { id: string; name: string; createdAt: string }[];
  };
  // A paper that ran before may have others of that name.
  const found = items
    .filter((person) => person.name === name)
    .toSorted((one, other) => one.createdAt.localeCompare(other.createdAt))
    .at(-1);
  assert.ok(found, `${name} is not among the people`);
  return found.id;
}

/** Saves by the keyboard, and waits until the newsroom has it. */
async function save(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Save", exact: true }).waitFor();
  await person.page.keyboard.press("Control+s");
  await isSaved(person);
}

async function isSaved({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "Saved", exact: true }).waitFor();
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
