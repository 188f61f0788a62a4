-- What a person brought to be imported: kept until it is applied and nothing of it is open any more.
create table organisation.roster_import (
  id uuid primary key,
  title text not null,
  brought_by text not null,
  brought_at timestamptz not null default clock_timestamp(),
  -- Answers to questions of the preview.
  decisions jsonb not null default '[]',
  -- Counts, questions and numbers of changes of the latest preview.
  summary jsonb not null,
  -- From which day schools, bodies and appointments of this import hold.
  active_from date not null,
  applied_at timestamptz,
  applied_by text,
  version integer not null default 1
);

create table organisation.roster_file (
  import_id uuid not null references organisation.roster_import on delete cascade,
  position smallint not null,
  name text not null,
  content bytea not null,
  primary key (import_id, position)
);

-- Rows of the latest preview, to be looked through page by page.
create table organisation.roster_row (
  import_id uuid not null references organisation.roster_import on delete cascade,
  number integer not null,
  status text not null check (status in ('new', 'changed', 'unchanged', 'needs-decision')),
  about text not null,
  text text not null,
  reason text not null,
  cell text not null,
  primary key (import_id, number)
);
create index roster_row_by_status on organisation.roster_row (import_id, status, number);
