-- Whether an editor wrote the revision's slug, or it was made of the headline: one that was made gets a number where its path is
-- taken, one that was written is refused. Of older revisions nobody knows any more: they count as written, so that none moves.
alter table revisions add column slug_written integer not null default 1;
