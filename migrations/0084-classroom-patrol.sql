-- 巡课: one walk along a school's classrooms. Made on the patroller's phone, which also makes the id.
create table classroom.patrol (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  patroller_id uuid not null references organisation.person,
  term_id uuid references organisation.term,
  day_on date not null,
  half_day text not null check (half_day in ('morning', 'afternoon')),
  slot smallint not null check (slot between 1 and 12),
  off_day_reason text not null default '',
  -- By the phone's clock; sent_at and received_at are one moment by both clocks, so that their difference is known.
  started_at timestamptz not null,
  sent_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  -- 回执号: counted in each school.
  receipt_number integer not null,
  finished_at timestamptz,
  -- The last mark of the walk: what comes later with a higher one is another walk.
  finished_sequence integer,
  summary text not null default '',
  withdrawn_at timestamptz,
  withdrawn_by uuid references organisation.person,
  withdrawn_reason text,
  unique (school_id, receipt_number),
  check ((finished_at is null) = (finished_sequence is null)),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
create index patrol_by_school on classroom.patrol (school_id, day_on desc, id desc);
create index patrol_by_patroller on classroom.patrol (patroller_id, day_on desc, id desc);

-- Every mark made at a door; of those for one class the one with the highest sequence stands, then the highest id.
create table classroom.patrol_mark (
  patrol_id uuid not null references classroom.patrol,
  id uuid not null,
  class_id uuid not null references organisation.school_class,
  sequence integer not null check (sequence > 0),
  at timestamptz not null,
  result text not null check (result in ('unseen', 'in-order', 'noted')),
  note text not null default '',
  handling text check (handling in ('on-the-spot', 'cover-arranged', 'reported', 'after-class')),
  -- What was taught in place of the timetable's subject.
  taught_subject text,
  -- As the timetable had it when the mark arrived.
  class_label text not null,
  grade smallint not null check (grade between 1 and 9),
  subject text,
  teacher_id uuid references organisation.person,
  teacher_name text not null default '',
  received_at timestamptz not null default clock_timestamp(),
  primary key (patrol_id, id)
);
create index patrol_mark_by_class on classroom.patrol_mark (patrol_id, class_id, sequence desc, id desc);

create table classroom.patrol_finding (
  patrol_id uuid not null,
  mark_id uuid not null,
  kind text not null check (kind in (
    'teacher-absent', 'teacher-late', 'teacher-left-early', 'empty-room',
    'lesson-swapped', 'lesson-diverted', 'lesson-occupied',
    'sitting', 'phone', 'pupils-standing', 'disguised-punishment', 'corporal-punishment',
    'disorder', 'sleeping', 'inattentive', 'manner', 'board', 'mandarin', 'abnormal-event', 'highlight')),
  -- Pupils are counted, never named.
  count smallint check (count between 1 and 99),
  primary key (patrol_id, mark_id, kind),
  foreign key (patrol_id, mark_id) references classroom.patrol_mark
);

-- What the school took into its own follow-up.
create table classroom.patrol_passed_on (
  patrol_id uuid not null references classroom.patrol,
  class_id uuid not null references organisation.school_class,
  passed_on_by uuid not null references organisation.person,
  passed_on_at timestamptz not null default clock_timestamp(),
  primary key (patrol_id, class_id)
);

-- The way along the classrooms of a school, stored once.
create table classroom.patrol_corridor (
  school_id uuid primary key references organisation.school,
  version integer not null default 1
);
create table classroom.patrol_room (
  school_id uuid not null references classroom.patrol_corridor,
  class_id uuid not null references organisation.school_class,
  position smallint not null,
  building text not null default '',
  floor smallint,
  room text not null default '',
  primary key (school_id, class_id)
);

-- 值班表: who walks in which half-day of the week.
create table classroom.patrol_duty (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  person_id uuid not null references organisation.person,
  weekday smallint not null check (weekday between 1 and 7),
  half_day text not null check (half_day in ('morning', 'afternoon')),
  active_from date not null,
  active_to date,
  check (active_to >= active_from)
);
create unique index patrol_duty_once on classroom.patrol_duty (school_id, weekday, half_day, person_id)
  where active_to is null;
create index patrol_duty_by_person on classroom.patrol_duty (person_id, active_from);

grant select, insert on classroom.patrol, classroom.patrol_mark, classroom.patrol_finding,
  classroom.patrol_passed_on to yanxun_app;
grant update (finished_at, finished_sequence, summary, withdrawn_at, withdrawn_by, withdrawn_reason)
  on classroom.patrol to yanxun_app;
grant select, insert, update on classroom.patrol_corridor, classroom.patrol_room to yanxun_app;
grant select, insert on classroom.patrol_duty to yanxun_app;
grant update (active_to) on classroom.patrol_duty to yanxun_app;
