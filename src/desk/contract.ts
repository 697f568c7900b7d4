import type * as z from "zod/mini";
import type * as articles from "../editor/articles/response.ts";
import type * as audits from "../editor/audit/schema.ts";
import type * as directory from "../editor/directory/schema.ts";
import type * as fronts from "../editor/front/schema.ts";
import type * as keys from "../editor/keys/schema.ts";
import type * as media from "../editor/media/schema.ts";
import type * as notes from "../editor/notes/schema.ts";
import type * as outbox from "../editor/edge/schema.ts";
import type * as papers from "../editor/paper/schema.ts";
import type * as people from "../editor/people/schema.ts";
import type * as previews from "../editor/previews/schema.ts";
import type * as schedules from "../editor/schedule/schema.ts";
import type * as redirects from "../editor/redirects/schema.ts";
import type * as revisions from "../editor/revisions/schema.ts";
import type * as signIn from "../editor/sign-in/schema.ts";

// What the API answers, as its own schemas have it: they are what it is documented and tested by.

/** A page of a list. */
export interface Listed<T> {
  items: T[];
  next: string | null;
}

export type Article = z.output<typeof articles.article>;
/** As in lists: without its body. */
export type ArticleSummary = Omit<Article, "body">;
export type SavedArticle = z.output<typeof articles.savedArticle>;
export type BodyNote = articles.BodyNote;
export type Edge = SavedArticle["edge"];
export type Status = Article["status"];
export type Kind = Article["kind"];
export type Hero = NonNullable<Article["hero"]>;
export type Me = z.output<typeof signIn.me>;
export type Session = z.output<typeof signIn.session>;
export type Passkey = z.output<typeof signIn.passkey>;
export type Person = z.output<typeof people.person>;
export type Invitation = z.output<typeof people.invitation>;
export type Key = z.output<typeof keys.key>;
export type IssuedKey = z.output<typeof keys.issuedKey>;
export type Section = z.output<typeof directory.section>;
export type Author = z.output<typeof directory.author>;
export type Tag = z.output<typeof directory.tag>;
export type Redirect = z.output<typeof redirects.redirect>;
export type Settings = z.output<typeof papers.settings>;
export type Picture = z.output<typeof media.picture>;
export type UploadedPicture = z.output<typeof media.uploadedPicture>;
export type PictureUses = z.output<typeof media.uses>;
export type Front = z.output<typeof fronts.front>;
export type FrontPreview = z.output<typeof fronts.frontPreview>;
export type SavedFront = Front & { edge: Edge };
export type Scheduled = z.output<typeof schedules.schedule>;
export type Note = z.output<typeof notes.note>;
export type SavedRevision = z.output<typeof revisions.savedRevision>;
export type Difference = z.output<typeof revisions.difference>;
export type MadePreview = z.output<typeof previews.madePreview>;
export type Rendered = z.output<typeof previews.rendered>;
export type AuditRecord = z.output<typeof audits.auditRecord>;
export type Purged = z.output<typeof outbox.purged>;
export type OutboxEntry = z.output<typeof outbox.outboxEntry>;
