-- What is searched of an item, kept in the transaction that changes the item; it can be made anew from the item at any time.

create sequence library.search_ordinal;
create table library.search_entry (
  item_id uuid primary key references library.item,
  -- The order of beginning and publishing: a new version comes to the front, another title does not. Each once, but
  -- without an index: a search that walked along it would read the lexemes of every entry it passes.
  ordinal bigint not null,
  published integer,
  -- The item's title, and the title with unit and lesson, both folded (no wide or capital letters).
  title text not null,
  heading text not null,
  -- Summary and words as they are read, and everything together folded; the former begins at a character of the latter.
  body text not null,
  folded text not null,
  body_from integer not null,
  -- 拼音 of the title: first letters, and syllables without spaces.
  initials text not null,
  pinyin text not null,
  -- Character pairs, and behind a blank what is filtered by: no text holds such a lexeme.
  lexemes tsvector not null
);
-- What is read of it is little: starting workers would take longer than the reading.
alter table library.search_entry set (parallel_workers = 0);
create index search_entry_by_lexeme on library.search_entry using gin (lexemes) with (fastupdate = off);

grant select, insert, update, delete on library.search_entry to yanxun_app;
grant usage, select on sequence library.search_ordinal to yanxun_app;

-- Whose entries a renamed unit or lesson changes.
create index item_by_unit on library.item (unit_id) where unit_id is not null;
create index item_by_lesson on library.item (lesson_id) where lesson_id is not null;
