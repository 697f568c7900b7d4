-- A section may be prepared unseen: until a story of it is live, or an editor lists it, readers see nothing of it. Those that are
-- there are in every masthead, and stay listed; so does what the Worker of before makes, which knows no other.
alter table sections add column listed integer not null default 1 check (listed in (0, 1));

drop view published_sections;
create view published_sections as
select s.id, s.slug, s.name, s.description, s.position from sections s
where s.deleted_at is null and (s.listed = 1 or exists (select 1 from live l where l.section = s.id));

-- What an author, a section or a tag was called once, in addresses that readers had: each leads to the entry as it is called now,
-- whatever it was called between.
create table former_slugs (
  kind text not null check (kind in ('author', 'section', 'tag')),
  slug text not null,
  entry_id text not null,
  primary key (kind, slug)
) strict, without rowid;

-- What an entry was called before: purged with it, and led on when it is merged.
create index former_slugs_entry on former_slugs (entry_id);

-- Former slugs as readers follow them: to an entry that they see, and only while no other one that they see is called so now.
create view published_former_slugs as
select f.kind, f.slug, e.slug as present
from former_slugs f join published_authors e on e.id = f.entry_id
where f.kind = 'author' and not exists (select 1 from published_authors x where x.slug = f.slug)
union all
select f.kind, f.slug, e.slug
from former_slugs f join published_sections e on e.id = f.entry_id
where f.kind = 'section' and not exists (select 1 from published_sections x where x.slug = f.slug)
union all
select f.kind, f.slug, e.slug
from former_slugs f join published_tags e on e.id = f.entry_id
where f.kind = 'tag' and not exists (select 1 from published_tags x where x.slug = f.slug);

-- The stories of a section, as editors list them, and which move when it gets another slug.
create index articles_section on articles (section, born);
