import type { Browser, Page } from "playwright-core";
import { comeIn } from "../day/person.ts";
import { invite } from "../invitations.ts";
import type { Newsroom } from "../press/newsroom-api.ts";
import { Refusal } from "../refusal.ts";
import type { Paper } from "./paper.ts";

// The rooms of the desk, as docs/desk.md shows them, in a newsroom in which something is going on.

/** A room, and what is done in it before its picture is taken. */
export interface PictureOfDesk {
  name: string;
  place: (scene: Scene) => string;
  before?: (page: Page) => Promise<void>;
}

/** What is going on: ids of stories by what they are to it. */
export type Scene = Record<"live" | "draft" | "submitted", string>;

export const ROOMS: readonly PictureOfDesk[] = [
  { name: "desk-stories", place: () => "stories" },
  { name: "desk-story", place: ({ submitted }) => `story/${submitted}` },
  {
    name: "desk-publish",
    place: ({ draft }) => `story/${draft}`,
    async before(page) {
      await page.getByRole("button", { name: "Publish …" }).click();
      await page.locator(".consequences").waitFor();
    },
  },
  { name: "desk-calendar", place: () => "calendar" },
  { name: "desk-front", place: () => "front" },
  { name: "desk-pictures", place: () => "pictures" },
  { name: "desk-theme", place: () => "theme" },
  { name: "desk-people", place: () => "people" },
  { name: "desk-health", place: () => "health" },
];

const DAY = 86_400_000;

/** Lets something go on in the newsroom. */
export async function setScene(newsroom: Newsroom): Promise<Scene> {
  const make = async (path: string, body: object, method = "POST"): Promise<{ id: string }> => {
    const answer = await newsroom.call(method, path, body, "*");
    if (!answer.ok) throw new Refusal(`${method} ${path}: ${answer.detail}`);
    return answer.body as { id: string };
  };
  const listed = (await newsroom.look("/articles?status=published&limit=3")) as {
    items: { id: string; title: string; version: number }[];
  };
  const [live] = listed.items;
  if (!live) throw new Refusal("The paper has no story.");
  const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
  const draft = await make("/articles", {
    title: "The harbour office will answer letters again",
    standfirst: "After eleven months, someone has found the key to the box.",
    section: "city",
    authors: ["ines-calloway"],
    body: "The box was never full. It was only locked.",
    tags: ["harbour"],
  });
  const submitted = await make("/articles", {
    title: "Two bakers, one oven, and a rota that nobody wrote",
    standfirst: "Since the fire in Weir Street they have shared it by the hour.",
    section: "business",
    authors: ["dov-hartigan"],
    body: "Nobody remembers who had Tuesdays first.\n\nThe rota hangs beside the flour, in two hands.",
  });
  await make(`/articles/${submitted.id}/submit`, { note: "Both have read their quotes." });
  for (const [title, days] of [
    ["The winter timetable, stop by stop", 2],
    ["What the tide will do at Christmas", 9],
  ] as const)
    await make("/articles", {
      title,
      section: "city",
      authors: ["ines-calloway"],
      status: "scheduled",
      scheduledFor: inDays(days),
      body: "As it will be.",
    });
  await make(`/articles/${live.id}`, { standfirst: "A change that is not out yet." }, "PATCH");
  return { live: live.id, draft: draft.id, submitted: submitted.id };
}

/** Comes in as an admin; returns what a browser keeps of that. */
export async function signedIn(browser: Browser, { newsroom }: Paper) {
  const { url } = await invite(newsroom, { name: "Edda Night", role: "admin" });
  const person = await comeIn(browser, { name: "Edda Night", url });
  const state = await person.context.storageState();
  await person.close();
  return state;
}
