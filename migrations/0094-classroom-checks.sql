-- 规范书写检查: counts of a sample, never a pupil. What was once written stays; a correction is a new content.
create table classroom.writing_check (
  -- Made by the checker's phone, so that a repeated save finds the same record.
  id uuid primary key,
  school_id uuid not null references organisation.school,
  -- By the school itself, or by a research officer at the school (入校巡查).
  made_as text not null check (made_as in ('school', 'district')),
  checked_by uuid not null references organisation.person,
  -- Of the content that stands.
  version smallint not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  withdrawn_at timestamptz,
  withdrawn_by uuid references organisation.person,
  withdrawn_reason text,
  check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
);
create index writing_check_by_school on classroom.writing_check (school_id) where withdrawn_at is null;

create table classroom.writing_check_version (
  check_id uuid not null references classroom.writing_check,
  version smallint not null,
  term_id uuid references organisation.term,
  day_on date not null,
  -- Null where the school's classes are not registered.
  class_id uuid references organisation.school_class,
  class_label text not null,
  grade smallint not null check (grade between 1 and 9),
  subject text not null,
  sample smallint not null check (sample between 1 and 200),
  posture smallint not null check (posture between 0 and sample),
  grip smallint not null check (grip between 0 and sample),
  form smallint not null check (form between 0 and sample),
  neat smallint not null check (neat between 0 and sample),
  faults text[] not null,
  fault_note text not null,
  advice text not null,
  reason text not null,
  made_by uuid not null references organisation.person,
  made_at timestamptz not null default clock_timestamp(),
  primary key (check_id, version)
);
create index writing_check_by_day on classroom.writing_check_version (day_on desc, check_id desc);

-- 作业公示 and spot checks: the unit of control is class × day (domain 4.2), the limit is on the sum.
create table classroom.homework_day (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  term_id uuid references organisation.term,
  class_id uuid not null references organisation.school_class,
  class_label text not null,
  grade smallint not null check (grade between 1 and 9),
  day_on date not null,
  -- What the class was set, as the school posts it; or what a research officer found there.
  kind text not null check (kind in ('posted', 'spot')),
  version integer not null default 1,
  unique (class_id, day_on, kind)
);
create index homework_by_school on classroom.homework_day (school_id, day_on desc, id desc);

create table classroom.homework_version (
  homework_id uuid not null references classroom.homework_day,
  version integer not null,
  minutes smallint not null check (minutes >= 0),
  take_home_minutes smallint not null check (take_home_minutes between 0 and minutes),
  -- By the limits in force on the day.
  standing text not null check (standing in ('within', 'over', 'forbidden')),
  saved_by uuid not null references organisation.person,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (homework_id, version)
);

create table classroom.homework_item (
  homework_id uuid not null,
  version integer not null,
  subject text not null,
  minutes smallint not null check (minutes between 1 and 300),
  take_home boolean not null,
  primary key (homework_id, version, subject),
  foreign key (homework_id, version) references classroom.homework_version
);

grant select, insert on classroom.writing_check, classroom.writing_check_version,
  classroom.homework_day, classroom.homework_version, classroom.homework_item to yanxun_app;
grant update (version, withdrawn_at, withdrawn_by, withdrawn_reason) on classroom.writing_check to yanxun_app;
grant update (version) on classroom.homework_day to yanxun_app;

-- The one place of the limits: dated, with their ground; a later rule is one more row.
insert into platform.setting (id, key, value, from_on, clause) values
  ('018d4300-0000-7000-8000-000000009401', 'homework.limits', jsonb_build_object('bands', jsonb_build_array(
    jsonb_build_object('gradeFrom', 1, 'gradeTo', 2, 'minutes', null, 'takeHome', false,
      'ground', '中办、国办2021年7月“双减”意见：小学一、二年级不布置家庭书面作业，可在校内适当安排巩固练习'),
    jsonb_build_object('gradeFrom', 3, 'gradeTo', 6, 'minutes', 60, 'takeHome', true,
      'ground', '中办、国办2021年7月“双减”意见：小学三至六年级书面作业平均完成时间不超过60分钟'),
    jsonb_build_object('gradeFrom', 7, 'gradeTo', 9, 'minutes', 90, 'takeHome', true,
      'ground', '中办、国办2021年7月“双减”意见：初中书面作业平均完成时间不超过90分钟'))),
   '2021-07-24', '“双减”意见（2021年7月）');

-- The evidence of E10 is these rows; a bulletin is drafted from them.
update evaluation.criterion_part set measure = 'writing.check'
  where code = 'E10' and letter in ('a', 'b') and measure is null;
update evaluation.criterion_part set measure = 'homework.day'
  where code = 'E1' and letter = 'd' and measure is null;
alter table circulars.circular drop constraint circular_topic_check,
  add constraint circular_topic_check check (topic in ('principal-observation', 'writing-check'));
