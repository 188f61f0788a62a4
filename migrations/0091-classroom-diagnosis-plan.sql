-- 课堂诊断计划 (notice 五(一)4): one for each leader of a school and term. A draft is written over; what was
-- confirmed is kept as it was, and a change of it is a new version with its reason.
create table classroom.diagnosis_plan (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  school_id uuid not null references organisation.school,
  term_id uuid not null references organisation.term,
  post text not null check (post in ('principal', 'vice-principal', 'dean')),
  state text not null default 'draft' check (state in ('draft', 'confirmed')),
  content jsonb not null,
  -- Of the newest confirmed content; 0 while it is a draft.
  content_number smallint not null default 0,
  version integer not null default 1,
  saved_at timestamptz not null default clock_timestamp(),
  confirmed_at timestamptz,
  unique (person_id, school_id, term_id),
  check ((state = 'draft') = (content_number = 0) and (state = 'draft') = (confirmed_at is null))
);
create index diagnosis_plan_by_term on classroom.diagnosis_plan (term_id, school_id);

create table classroom.diagnosis_plan_version (
  plan_id uuid not null references classroom.diagnosis_plan,
  number smallint not null,
  content jsonb not null,
  reason text not null,
  made_by uuid not null references organisation.person,
  made_at timestamptz not null default clock_timestamp(),
  primary key (plan_id, number)
);

grant select, insert, update on classroom.diagnosis_plan to yanxun_app;
grant select, insert on classroom.diagnosis_plan_version to yanxun_app;
