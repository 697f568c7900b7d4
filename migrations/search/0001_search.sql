-- The words of stories, in a database of its own: one with a virtual table in it cannot be exported. Nothing here is shown: words are
-- kept folded and without their text, by number; what is found is read from the other database, by id.

-- Which number the words of a story have, newest highest (src/domain/search/docid.ts); null while it is not among them. `turn` is when
-- it was looked at, in the order of the main database: who looked earlier and is late does not write over it.
create table published_texts (
  id text primary key,
  docid integer unique,
  turn integer not null
) strict, without rowid;

create table head_texts (
  id text primary key,
  docid integer unique,
  turn integer not null
) strict, without rowid;

-- What readers see. Of drafts nothing is in it, not even how often they have a word. Tokens come prepared, with spaces between: all that
-- is not ASCII belongs to them. Beginnings of three to six letters have lists of their own: without, FTS5 would gather those of each
-- word that begins so, to their ends, before it reads any. `filed` is what the story is filed under, by ids.
create virtual table published_words using fts5(
  title, standfirst, names, body, words, filed,
  content = '', contentless_delete = 1, tokenize = "ascii tokenchars '-_~:'", prefix = '3 4 5 6'
);

-- What editors are at: the head of every story.
create virtual table head_words using fts5(
  title, standfirst, names, body, words, filed,
  content = '', contentless_delete = 1, tokenize = "ascii tokenchars '-_~:'", prefix = '3 4 5 6'
);
