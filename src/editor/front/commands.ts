import type { Arrangement, Placement } from "../../domain/front.ts";
import { namesTag } from "../../domain/etag.ts";
import { changedSince } from "../../domain/field-versions.ts";
import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { may } from "../../domain/role.ts";
import { isObject, isSameJson } from "../../domain/same.ts";
import { act, type Acted } from "../act.ts";
import type { Plan } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Target } from "../endpoint.ts";
import type { Input } from "../input.ts";
import { composePlacement, entriesSent } from "./placement.ts";
import { frontResponse, frontTag, type ArrangementFields, type FrontResponse } from "./schema.ts";
import { changeOf, differenceOf, surveyFront, type SeenFront } from "./survey.ts";

// What an editor does to the front page.

type Sent = Input<ArrangementFields>;

/** Reads what the editors placed on the front page, and what is to come. */
export async function readFront(context: CommandContext): Promise<FrontResponse> {
  const seen = await surveyFront(context.store);
  return responseFor(context, seen, seen.front);
}

/** Places stories on the front page, now or at an hour. One that is not published yet appears when it is. */
export function arrangeFront(
  context: CommandContext,
  { ifMatch }: Pick<Target, "ifMatch">,
  { fields, issues }: Sent,
): Promise<Acted<FrontResponse>> {
  const entries = entriesSent(fields);
  const asked = {
    stories: entries.map(({ entry }) => entry.story),
    sources: entries.flatMap(({ entry }) => entry.hero?.src ?? []),
  };
  return act(context, async (now) => {
    const seen = await surveyFront(context.store, asked);
    const current = responseFor(context, seen, seen.front);
    const stale = refuseStale(seen.front, ifMatch, current);
    if (stale) return stale;
    const composed = composePlacement(fields, seen, context.store.origin);
    const wrong = [
      ...issues,
      ...echoIssues(fields, current),
      ...timeIssues(fields, now),
      ...composed.issues,
    ];
    if (wrong.length > 0) return invalid(wrong);
    const after = laidOver(seen.front, composed.placement, fields);
    return granted(planOf(context, seen, { after, act: actOf(fields) }));
  });
}

/** Takes out the front that was to go up; what is up stays. */
export function dropScheduledFront(
  context: CommandContext,
  { ifMatch }: Pick<Target, "ifMatch">,
): Promise<Acted<FrontResponse>> {
  return act(context, async () => {
    const seen = await surveyFront(context.store);
    const stale = refuseStale(seen.front, ifMatch, responseFor(context, seen, seen.front));
    if (stale) return stale;
    const after = { ...seen.front, scheduled: null };
    return granted(planOf(context, seen, { after, act: "unschedule" }));
  });
}

function planOf(
  context: CommandContext,
  seen: SeenFront,
  { after, act: name }: { after: Arrangement; act: string },
): Plan<FrontResponse> {
  if (isSameJson(seen.front, after)) return { result: responseFor(context, seen, after) };
  const written = { ...after, version: seen.front.version + 1 };
  return {
    result: responseFor(context, seen, written),
    change: changeOf(seen, after, { act: name, detail: differenceOf(seen.front, after) }),
  };
}

/** The front as it becomes: the one that is up or the one that is to come is another. */
function laidOver(
  front: Arrangement,
  placement: Placement,
  fields: Partial<ArrangementFields>,
): Arrangement {
  const { scheduledFor } = fields;
  if (typeof scheduledFor === "number")
    return { ...front, scheduled: { placement, at: scheduledFor } };
  const scheduled = scheduledFor === null ? null : front.scheduled;
  return { ...front, scheduled, placement: isDropAlone(fields) ? front.placement : placement };
}

/** `{"scheduledFor": null}` by itself says nothing of the front that is up. */
export function isDropAlone({
  scheduledFor,
  lead,
  pinned,
  rows,
}: Partial<ArrangementFields>): boolean {
  return scheduledFor === null && [lead, pinned, rows].every((field) => field === undefined);
}

function actOf(fields: Partial<ArrangementFields>): string {
  if (isDropAlone(fields)) return "unschedule";
  return typeof fields.scheduledFor === "number" ? "schedule" : "arrange";
}

/** The front as the actor may see it. */
function responseFor(
  { actor }: CommandContext,
  { stories }: SeenFront,
  front: Arrangement,
): FrontResponse {
  return frontResponse(front, may(actor, "see what is planned") ? stories : new Map());
}

function refuseStale(
  front: Arrangement,
  ifMatch: string | null,
  current: FrontResponse,
): Outcome<never> | null {
  const etag = frontTag(front);
  if (ifMatch === null) {
    const detail = `Send If-Match with the version you read, like If-Match: ${etag}, or * to overwrite whatever is there.`;
    return refused({ kind: "unconditional", detail });
  }
  if (namesTag(ifMatch, etag)) return null;
  const detail = `The front page has changed since you read it: it is at ${etag} now, and If-Match said ${ifMatch}.`;
  const changed = changedSince(ifMatch, front);
  return refused({ kind: "stale", detail, current, changed, etag });
}

/** What is read-only may be sent back as it was received; what entries tell of their stories is no part of that. */
function echoIssues(sent: Partial<ArrangementFields>, current: FrontResponse): Issue[] {
  return Object.entries(READ_ONLY).flatMap(([name, how]) => {
    const field = name as keyof typeof READ_ONLY;
    if (sent[field] === undefined) return [];
    if (isSameJson(withoutTold(sent[field]), withoutTold(current[field]))) return [];
    const message = `is read-only: send it as it was received, or leave it out. ${how}`;
    return [{ path: name, message }];
  });
}

const READ_ONLY = {
  version: "It grows with every write; If-Match says which one you mean.",
  scheduled: "scheduledFor sets it, and DELETE /front/scheduled takes it out.",
};

function withoutTold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTold);
  if (!isObject(value)) return value;
  const own = Object.entries(value).filter(([name]) => name !== "headline" && name !== "status");
  return Object.fromEntries(own.map(([name, part]) => [name, withoutTold(part)]));
}

function timeIssues({ scheduledFor }: Partial<ArrangementFields>, now: number): Issue[] {
  if (typeof scheduledFor !== "number" || scheduledFor > now) return [];
  const message = `must be in the future, got ${new Date(scheduledFor).toISOString()}.`;
  return [{ path: "scheduledFor", message }];
}
