-- 研训资源库: one row an item (one of the nine parts, a test resource, a theme case), whatever state its text is in.

create table library.item (
  id uuid primary key,
  kind text not null,
  title text not null check (title <> ''),
  summary text not null default '',
  stage text not null check (stage in ('primary', 'junior')),
  subject text not null,
  grade smallint not null check (grade between 1 and 9),
  -- The most precise place in the textbook that is known; the wider ones are filled in with it.
  volume_id uuid references library.volume,
  unit_id uuid references library.unit,
  lesson_id uuid references library.lesson,
  -- Null: the district's, written by its core group. Otherwise one school's own.
  school_id uuid references organisation.school,
  -- Of a school's own: whether the other schools see it. The district's is for all.
  shared boolean not null,
  made_by uuid not null references organisation.person,
  made_at timestamptz not null default clock_timestamp(),
  -- The version that people read; null until the first is published.
  published integer,
  published_at timestamptz,
  -- Keys of sections that an adaptation may not touch.
  locked text[] not null default '{}',
  withdrawn_at timestamptz,
  withdrawn_by uuid references organisation.person,
  withdrawn_reason text,
  version integer not null default 1,
  check (shared or school_id is not null),
  check (lesson_id is null or unit_id is not null),
  check (unit_id is null or volume_id is not null),
  check ((published is null) = (published_at is null)),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
create index item_by_place on library.item (stage, subject, grade, volume_id, unit_id, kind);
create index item_by_school on library.item (school_id, id) where school_id is not null;
create index item_by_publication on library.item (published_at desc, id desc) where published is not null;
create index item_by_maker on library.item (made_by, id);

-- What was published: never changed, never removed.
create table library.version (
  item_id uuid not null references library.item,
  number integer not null check (number > 0),
  title text not null,
  content jsonb not null,
  -- What changed, in the core group's words; told to those who adapted an earlier one.
  note text not null,
  -- Everybody who wrote in its round, the main preparer first.
  contributors uuid[] not null,
  published_by uuid not null references organisation.person,
  published_at timestamptz not null default clock_timestamp(),
  primary key (item_id, number)
);
alter table library.item add foreign key (id, published) references library.version (item_id, number);

-- 编写轮次: the writing of one next version, from the first word to its publication. Its id is the co-edited document's.
create table library.round (
  id uuid primary key,
  item_id uuid not null references library.item,
  -- The published version it started from; null for the first.
  base integer,
  state text not null default 'drafting' check (state in ('drafting', 'in-review', 'approved', 'published', 'dropped')),
  -- 主备人
  main_preparer uuid not null references organisation.person,
  opened_at timestamptz not null default clock_timestamp(),
  -- Of the last submission.
  submission integer not null default 0,
  submitted_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  foreign key (item_id, base) references library.version (item_id, number),
  check ((state in ('published', 'dropped')) = (ended_at is not null)),
  check (state not in ('in-review', 'approved', 'published') or submission > 0)
);
create unique index round_open on library.round (item_id) where ended_at is null;
create index round_by_state on library.round (state, submitted_at, id) where ended_at is null;

-- The text as it was sent to the reviewers, once for each time.
create table library.submission (
  round_id uuid not null references library.round,
  number integer not null check (number > 0),
  content jsonb not null,
  note text not null,
  submitted_by uuid not null references organisation.person,
  submitted_at timestamptz not null default clock_timestamp(),
  primary key (round_id, number)
);

create table library.review (
  id uuid primary key,
  round_id uuid not null,
  submission integer not null,
  reviewer_id uuid not null references organisation.person,
  -- Null until decided.
  verdict text check (verdict in ('approved', 'changes')),
  remark text not null default '',
  asked_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz,
  version integer not null default 1,
  foreign key (round_id, submission) references library.submission (round_id, number),
  unique (round_id, submission, reviewer_id),
  check ((verdict is null) = (decided_at is null))
);
create index review_waiting on library.review (reviewer_id, asked_at, id) where verdict is null;

grant select, insert, update on library.item, library.round, library.review to yanxun_app;
grant select, insert on library.version, library.submission to yanxun_app;
