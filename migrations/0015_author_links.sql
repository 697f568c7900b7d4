-- Where else an author is: addresses of profiles elsewhere, in the author's order.
alter table authors add column links text not null default '[]' check (json_valid(links));

drop view published_bylines;
create view published_bylines as
select x.article_id, x.position, x.place, a.slug, a.name, a.role, a.bio, a.links
from live_authors x
join authors a on a.id = x.author;

drop view published_authors;
create view published_authors as
select a.id, a.slug, a.name, a.role, a.bio, a.links from authors a
where exists (select 1 from live_authors x where x.author = a.id);
