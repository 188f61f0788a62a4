-- 巡研: guidance by the research office at a school; planned, carried out, and shared with the school.
create table classroom.research_visit (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  -- Of the consortium the visit is planned for; a nine-year school has two.
  stage text not null check (stage in ('primary', 'junior')),
  day_on date not null,
  -- Null: the whole school.
  subject text,
  focus text not null default '',
  -- The school is told beforehand.
  announced boolean not null,
  team uuid[] not null check (cardinality(team) between 1 and 20),
  state text not null default 'planned' check (state in ('planned', 'done', 'shared', 'cancelled')),
  seen text not null default '',
  highlights text not null default '',
  cancel_reason text,
  planned_by uuid not null references organisation.person,
  version integer not null default 1,
  saved_at timestamptz not null default clock_timestamp(),
  shared_at timestamptz,
  check ((state = 'shared') = (shared_at is not null)),
  check ((state = 'cancelled') = (cancel_reason is not null)),
  check (state in ('planned', 'cancelled') or seen <> '')
);
create index research_visit_by_day on classroom.research_visit (day_on desc, id desc);
create index research_visit_by_school on classroom.research_visit (school_id, day_on desc, id desc);

-- Every text that was shared with a school.
create table classroom.research_visit_version (
  visit_id uuid not null references classroom.research_visit,
  number integer not null,
  seen text not null,
  highlights text not null,
  saved_by uuid not null references organisation.person,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (visit_id, number)
);

grant select, insert, update on classroom.research_visit to yanxun_app;
grant select, insert on classroom.research_visit_version to yanxun_app;
