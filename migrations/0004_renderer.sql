-- Which renderer made a revision's HTML (RENDERER in src/domain/renderer.ts). What is live, scheduled or head is made anew by
-- POST /rerender when that number has grown; history stays as it was.
alter table revisions add column renderer integer not null default 1;
