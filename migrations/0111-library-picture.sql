-- Which stored pictures stand in which document: the draft of an item's next version, or a school's own form of it.
-- Whoever may read what they stand in gets them, nobody else.
create table library.picture (
  -- A round or an adaptation.
  document_id uuid not null,
  sha256 text not null references platform.file,
  item_id uuid not null references library.item,
  upload_id uuid not null references platform.upload,
  added_at timestamptz not null default clock_timestamp(),
  primary key (document_id, sha256)
);
create index picture_by_file on library.picture (sha256);
grant select, insert on library.picture to yanxun_app;

-- A Word file that somebody brought, as it was read; what an item is started from. One that is not used is swept.
create table library.brought_word (
  id uuid primary key,
  account_id uuid not null,
  name text not null,
  kind text not null,
  -- Content, hints, what went where, what was left out, warnings.
  design jsonb not null,
  brought_at timestamptz not null default clock_timestamp()
);
create index brought_word_by_time on library.brought_word (brought_at);
grant select, insert, delete on library.brought_word to yanxun_app;

-- Made by the server out of a file that somebody brought: counts in bytes, not in the number of a person's uploads.
alter table platform.upload add column prepared boolean not null default false;
