-- 校本化: a school's or a teacher's own form of a published version. What is not in `touched` stays linked to the version.
create table library.adaptation (
  id uuid primary key,
  item_id uuid not null references library.item,
  school_id uuid not null references organisation.school,
  person_id uuid not null references organisation.person,
  -- Whether colleagues of the school may write in it too.
  open_to text not null check (open_to in ('maker', 'school')),
  based_on integer not null,
  -- Section key → body, of the sections that were touched here.
  touched jsonb not null default '{}',
  -- The newest revision, see below.
  revision integer not null default 1,
  -- The newest version that was declined (不更新到这一版).
  declined integer,
  made_at timestamptz not null default clock_timestamp(),
  saved_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  version integer not null default 1,
  foreign key (item_id, based_on) references library.version (item_id, number),
  foreign key (item_id, declined) references library.version (item_id, number)
);
create unique index adaptation_of_person on library.adaptation (person_id, item_id) where ended_at is null;
create index adaptation_by_item on library.adaptation (item_id, id);
create index adaptation_by_school on library.adaptation (school_id, saved_at desc, id desc);
create index adaptation_by_person on library.adaptation (person_id, saved_at desc, id desc);

-- What it held after each change, so that nothing is lost and an update can be undone.
create table library.adaptation_revision (
  adaptation_id uuid not null references library.adaptation,
  number integer not null check (number > 0),
  based_on integer not null,
  touched jsonb not null,
  cause text not null check (cause in ('taken', 'edited', 'updated', 'undone')),
  made_by uuid not null references organisation.person,
  made_at timestamptz not null default clock_timestamp(),
  primary key (adaptation_id, number)
);

-- 课后反思: two minutes after a lesson; which lesson is the teacher's own business.
create table library.reflection (
  id uuid primary key,
  adaptation_id uuid not null references library.adaptation,
  person_id uuid not null references organisation.person,
  taught_on date not null,
  class_label text not null default '',
  worked text not null default '',
  change text not null default '',
  -- 六要素 → words, of those that were filled in.
  aspects jsonb not null default '{}',
  made_at timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz,
  check (worked <> '' or change <> '' or aspects <> '{}')
);
create index reflection_by_adaptation on library.reflection (adaptation_id, taught_on desc, id desc);

-- 改进建议: a touched section sent up to the core group, with what happened in class.
create table library.suggestion (
  id uuid primary key,
  item_id uuid not null references library.item,
  section text not null,
  adaptation_id uuid not null references library.adaptation,
  person_id uuid not null references organisation.person,
  school_id uuid not null references organisation.school,
  -- The version it was written on, and the section as it is proposed.
  base integer not null,
  body jsonb not null,
  reason text not null check (reason <> ''),
  happened text not null default '',
  made_at timestamptz not null default clock_timestamp(),
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'merged', 'declined', 'withdrawn')),
  -- Same as another one: goes with it.
  gathered_into uuid references library.suggestion,
  -- Of one that was taken in: into which round, and whether only in part.
  round_id uuid references library.round,
  partly boolean not null default false,
  answer text not null default '',
  decided_by uuid references organisation.person,
  decided_at timestamptz,
  -- The version it came out in.
  merged_in integer,
  -- When the proposer looked at the answer.
  seen_at timestamptz,
  version integer not null default 1,
  foreign key (item_id, base) references library.version (item_id, number),
  foreign key (item_id, merged_in) references library.version (item_id, number),
  check (gathered_into <> id),
  check ((state in ('taken', 'merged')) = (round_id is not null)),
  check ((state = 'merged') = (merged_in is not null)),
  check ((state in ('taken', 'merged', 'declined')) = (decided_at is not null))
);
create index suggestion_by_item on library.suggestion (item_id, section, id);
create index suggestion_by_person on library.suggestion (person_id, id desc);
create index suggestion_waiting on library.suggestion (item_id) where state = 'waiting';
create index suggestion_by_round on library.suggestion (round_id) where round_id is not null;

-- Which schools opened an item; who did is not kept.
create table library.opening (
  item_id uuid not null references library.item,
  school_id uuid not null references organisation.school,
  first_on date not null,
  primary key (item_id, school_id)
);

grant select, insert, update on library.adaptation, library.suggestion to yanxun_app;
grant select, insert on library.adaptation_revision, library.opening to yanxun_app;
grant select, insert on library.reflection to yanxun_app;
grant update (withdrawn_at) on library.reflection to yanxun_app;
