-- 听课评课校准: one lesson that many principals judge by the same criteria. No teacher's name is stored.
create table classroom.calibration (
  id uuid primary key,
  title text not null check (title <> ''),
  subject text not null,
  grade smallint not null check (grade between 1 and 9),
  topic text not null check (topic <> ''),
  mode text not null check (mode in ('live', 'video')),
  -- Of a live lesson: where and when.
  school_id uuid references organisation.school,
  day_on date,
  slot smallint check (slot between 1 and 12),
  -- Where the film is, what to look at.
  note text not null default '',
  raters uuid[] not null,
  -- 专家组: their median is the reference where there are enough of them.
  panel uuid[] not null,
  -- The last day on which one may submit.
  deadline_on date not null,
  -- The edition in force when it was opened.
  rubric_id uuid references classroom.rubric,
  -- One that is open past its deadline is closed.
  state text not null default 'draft' check (state in ('draft', 'open', 'closed')),
  organised_by uuid not null references organisation.person,
  version integer not null default 1,
  saved_at timestamptz not null default clock_timestamp(),
  opened_at timestamptz,
  closed_at timestamptz,
  check (case mode when 'live' then num_nulls(school_id, day_on, slot) = 0
    else num_nonnulls(school_id, day_on, slot) = 0 end),
  check ((state = 'draft') = (rubric_id is null) and (state = 'draft') = (opened_at is null)),
  check ((state = 'closed') = (closed_at is not null)),
  check (not (raters && panel))
);
create index calibration_by_deadline on classroom.calibration (deadline_on desc, id desc);
create index calibration_by_invited on classroom.calibration using gin ((raters || panel));

-- What somebody submitted; the highest number counts. It is no observation and counts towards nothing.
create table classroom.calibration_rating (
  calibration_id uuid not null references classroom.calibration,
  person_id uuid not null references organisation.person,
  number integer not null check (number > 0),
  -- Code, step and evidence of each criterion that was noted.
  entries jsonb not null,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (calibration_id, person_id, number)
);

grant select, insert, update on classroom.calibration to yanxun_app;
grant select, insert on classroom.calibration_rating to yanxun_app;
