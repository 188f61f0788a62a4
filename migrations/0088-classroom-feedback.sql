-- 跟踪: the one change two people agreed on after a lesson, and the day or lesson it is to be looked at again.
create table classroom.follow_up (
  observation_id uuid primary key references classroom.observation,
  planned_on date,
  planned_slot smallint check (planned_slot between 1 and 12),
  version integer not null default 1,
  opened_by uuid not null references organisation.person,
  opened_at timestamptz not null default clock_timestamp(),
  check (planned_slot is null or planned_on is not null)
);

-- Looked at again in a later lesson, or ended with a reason. One whose look was withdrawn no longer closes anything.
create table classroom.follow_up_closing (
  id uuid primary key,
  observation_id uuid not null references classroom.follow_up,
  look_id uuid references classroom.observation,
  -- With a look: what was seen, in words; may be empty.
  reason text not null default '',
  closed_by uuid not null references organisation.person,
  closed_at timestamptz not null default clock_timestamp(),
  check (look_id is not null or reason <> ''),
  check (look_id <> observation_id)
);
create index follow_up_closing_by_observation on classroom.follow_up_closing (observation_id, id);
create index follow_up_closing_by_look on classroom.follow_up_closing (look_id) where look_id is not null;

insert into classroom.follow_up (observation_id, opened_by, opened_at)
  select id, observer_id, fed_back_at from classroom.observation
  where agreed_change <> '' and fed_back_at is not null;

grant select, insert on classroom.follow_up, classroom.follow_up_closing to yanxun_app;
grant update (planned_on, planned_slot, version) on classroom.follow_up to yanxun_app;

-- 议课: those who observed one lesson talk about it with its teacher. Each observer's record stays a record of its own.
create table classroom.debrief (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  class_id uuid references organisation.school_class,
  class_label text not null,
  day_on date not null,
  slot_from smallint not null check (slot_from between 1 and 12),
  slot_to smallint not null check (slot_to between slot_from and 12),
  grade smallint not null check (grade between 1 and 9),
  subject text not null,
  teacher_id uuid references organisation.person,
  teacher_name text not null check (teacher_name <> ''),
  topic text not null,
  called_by uuid not null references organisation.person,
  -- 说课 and 纪要 as they stand.
  plan_gist text not null default '',
  gist text not null default '',
  version integer not null default 1,
  concluded_at timestamptz,
  called_at timestamptz not null default clock_timestamp()
);
create index debrief_by_lesson on classroom.debrief (school_id, day_on, slot_from);
create index debrief_by_teacher on classroom.debrief (teacher_id, day_on desc, id desc);
create index debrief_by_subject on classroom.debrief (subject, day_on desc, id desc);

create table classroom.debrief_participant (
  debrief_id uuid not null references classroom.debrief,
  person_id uuid not null references organisation.person,
  -- What this observer looked at.
  focus text not null default '',
  version integer not null default 1,
  added_by uuid not null references organisation.person,
  added_at timestamptz not null default clock_timestamp(),
  primary key (debrief_id, person_id)
);
create index debrief_participant_by_person on classroom.debrief_participant (person_id, debrief_id);

-- What was said, in the order it was written down.
create table classroom.debrief_note (
  id uuid primary key,
  debrief_id uuid not null references classroom.debrief,
  person_id uuid not null references organisation.person,
  text text not null check (text <> ''),
  at timestamptz not null default clock_timestamp()
);
create index debrief_note_by_debrief on classroom.debrief_note (debrief_id, id);

-- Every gist that was concluded, the first and each amendment.
create table classroom.debrief_version (
  debrief_id uuid not null references classroom.debrief,
  number smallint not null,
  plan_gist text not null,
  gist text not null check (gist <> ''),
  reason text not null,
  made_by uuid not null references organisation.person,
  made_at timestamptz not null default clock_timestamp(),
  primary key (debrief_id, number)
);

grant select, insert on classroom.debrief, classroom.debrief_participant, classroom.debrief_note,
  classroom.debrief_version to yanxun_app;
grant update (plan_gist, gist, version, concluded_at) on classroom.debrief to yanxun_app;
grant update (focus, version) on classroom.debrief_participant to yanxun_app;
