-- A document that several people write at once, as a Yjs state and the updates that came after it.
-- It belongs to whoever gave the id: no foreign key, the platform does not know what is written.
create table platform.co_editing_document (
  id uuid primary key,
  state bytea not null,
  -- The last update that `state` holds; what came after is in co_editing_update.
  state_number bigint not null default 0,
  last_number bigint not null default 0 check (last_number >= state_number),
  opened_at timestamptz not null default clock_timestamp(),
  -- Refuses updates while set.
  closed_at timestamptz
);

-- Numbers are given under the document's row lock, so they have no gaps and appear in order.
create table platform.co_editing_update (
  document_id uuid not null references platform.co_editing_document,
  number bigint not null,
  person_id uuid,
  bytes bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (document_id, number)
);

-- Who changed something; kept when updates are folded into the state.
create table platform.co_editing_contributor (
  document_id uuid not null references platform.co_editing_document,
  person_id uuid not null,
  first_at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  primary key (document_id, person_id)
);

grant select, insert, update on platform.co_editing_document to yanxun_app;
grant select, insert, delete on platform.co_editing_update to yanxun_app;
grant select, insert, update on platform.co_editing_contributor to yanxun_app;

-- A remark on a passage of a document that is written together, and the answers to it. Nothing is deleted.
create table library.comment (
  id uuid primary key,
  document_id uuid not null,
  section_key text not null check (section_key <> ''),
  -- Of an answer: the remark it answers.
  parent_id uuid references library.comment,
  -- Start and end of the passage as Yjs relative positions; null for the section as a whole.
  anchor jsonb,
  -- The passage as it read when the remark was made.
  quote text not null default '',
  text text not null check (text <> ''),
  author_id uuid not null references organisation.person,
  at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  resolved_by uuid references organisation.person,
  check (num_nulls(resolved_at, resolved_by) in (0, 2)),
  check (parent_id is null or (anchor is null and quote = '' and resolved_at is null))
);
create index comment_by_document on library.comment (document_id, id);
grant select, insert, update on library.comment to yanxun_app;
