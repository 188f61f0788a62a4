-- 场所使用: a booking is the record of the use; nothing else is asked for.
create table classroom.room (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  kind text not null check (kind in ('library', 'laboratory', 'music', 'fine-art', 'computer', 'other')),
  name text not null check (name <> ''),
  version integer not null default 1,
  active_from date not null,
  -- The first day it is no longer used.
  active_to date check (active_to >= active_from)
);
create unique index room_by_name on classroom.room (school_id, name) where active_to is null;

-- Hours a week a library stands open in teaching time, from a day on; the row that was set last for a day holds.
create table classroom.room_opening (
  id uuid primary key,
  room_id uuid not null references classroom.room,
  from_on date not null,
  minutes_per_week integer not null check (minutes_per_week between 0 and 10080),
  set_by uuid not null references organisation.person,
  set_at timestamptz not null default clock_timestamp()
);
create index room_opening_by_room on classroom.room_opening (room_id, from_on desc, set_at desc);

-- What every school has to show or let pupils do, subject by subject and grade by grade.
create table classroom.required_experiment (
  id uuid primary key,
  subject text not null,
  grade smallint not null check (grade between 1 and 9),
  name text not null check (name <> ''),
  mode text not null check (mode in ('demonstration', 'group')),
  version integer not null default 1,
  from_on date not null,
  to_on date check (to_on >= from_on)
);
create unique index required_experiment_by_name on classroom.required_experiment (subject, grade, name)
  where to_on is null;

create table classroom.room_use (
  -- Made by the teacher's phone, so that a repeated save finds the same record.
  id uuid primary key,
  school_id uuid not null references organisation.school,
  room_id uuid not null references classroom.room,
  term_id uuid references organisation.term,
  day_on date not null,
  slot_from smallint not null check (slot_from between 1 and 12),
  slot_to smallint not null check (slot_to between slot_from and slot_from + 3 and slot_to <= 12),
  class_id uuid references organisation.school_class,
  class_label text not null,
  grade smallint check (grade between 1 and 9),
  purpose text not null check (purpose in ('lesson', 'experiment', 'club', 'reading')),
  experiment_id uuid references classroom.required_experiment,
  experiment_name text not null default '',
  experiment_mode text check (experiment_mode in ('demonstration', 'group')),
  booked_by uuid not null references organisation.person,
  booked_at timestamptz not null default clock_timestamp(),
  cancelled_at timestamptz,
  cancelled_by uuid references organisation.person,
  cancelled_reason text,
  check (num_nonnulls(cancelled_at, cancelled_by, cancelled_reason) in (0, 3)),
  check ((purpose = 'experiment') = (experiment_name <> '') and (purpose = 'experiment') = (experiment_mode is not null)),
  constraint room_taken_once exclude using gist
    (room_id with =, day_on with =, int4range(slot_from, slot_to, '[]') with &&)
    where (cancelled_at is null)
);
create index room_use_by_school on classroom.room_use (school_id, day_on desc, id desc);

-- Whether a booked experiment was held; said anew, it is one more row.
create table classroom.experiment_outcome (
  use_id uuid not null references classroom.room_use,
  version smallint not null,
  held boolean not null,
  note text not null,
  marked_by uuid not null references organisation.person,
  marked_at timestamptz not null default clock_timestamp(),
  primary key (use_id, version)
);

-- 师资培训、教研经费 of a school and school year, in 分; a new amount is one more row.
create table classroom.budget_plan (
  school_id uuid not null references organisation.school,
  school_year smallint not null,
  version smallint not null,
  planned_fen bigint not null check (planned_fen between 0 and 100000000000),
  note text not null,
  set_by uuid not null references organisation.person,
  set_at timestamptz not null default clock_timestamp(),
  primary key (school_id, school_year, version)
);

create table classroom.budget_entry (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  school_year smallint not null,
  day_on date not null,
  purpose text not null check (purpose in ('go-out', 'invite-in', 'school-research', 'books', 'other')),
  note text not null,
  amount_fen bigint not null check (amount_fen between 1 and 10000000000),
  entered_by uuid not null references organisation.person,
  entered_at timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz,
  withdrawn_by uuid references organisation.person,
  withdrawn_reason text,
  check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
);
create index budget_entry_by_school on classroom.budget_entry (school_id, school_year, day_on desc, id desc);

grant select, insert on classroom.room, classroom.room_opening, classroom.required_experiment, classroom.room_use,
  classroom.experiment_outcome, classroom.budget_plan, classroom.budget_entry to yanxun_app;
grant update (kind, name, version, active_to) on classroom.room to yanxun_app;
grant update (name, mode, version, to_on) on classroom.required_experiment to yanxun_app;
grant update (cancelled_at, cancelled_by, cancelled_reason) on classroom.room_use to yanxun_app;
grant update (withdrawn_at, withdrawn_by, withdrawn_reason) on classroom.budget_entry to yanxun_app;

insert into platform.setting (id, key, value, from_on, clause) values
  ('018d4300-0000-7000-8000-000000009501', 'library.opening-hours', '40', '2018-05-28',
   '《中小学图书馆（室）规程》（2018年）：教学期间每周开放时间原则上不少于40小时');

update evaluation.criterion_part set measure = 'rooms.registered'
  where code = 'E3' and letter = 'a' and measure is null;
update evaluation.criterion_part set measure = 'rooms.use'
  where code = 'E3' and letter = 'b' and measure is null;
update evaluation.criterion_part set measure = 'budget.spent'
  where code = 'E3' and letter = 'c' and measure is null;
