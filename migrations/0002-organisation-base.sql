create schema organisation;
grant usage on schema organisation to yanxun_app;
alter default privileges in schema organisation grant select, insert, update, delete on tables to yanxun_app;

create table organisation.school (
  id uuid primary key,
  name text not null unique,
  kind text not null check (kind in ('primary', 'junior', 'nine-year', 'central', 'campus', 'teaching-point')),
  stages text[] not null check (stages <@ array['primary', 'junior'] and cardinality(stages) > 0),
  parent_id uuid references organisation.school,
  identifier_code text unique check (identifier_code ~ '^[0-9]{10}$'),
  active_from date not null,
  active_to date,
  -- True for rows a person edited: an import lists such a change and never makes it by itself.
  by_hand boolean not null default false,
  version integer not null default 1,
  check (active_to is null or active_to > active_from),
  check (parent_id <> id)
);

create table organisation.school_alias (
  id uuid primary key,
  alias text not null,
  stage text check (stage in ('primary', 'junior')),
  school_id uuid not null references organisation.school,
  status text not null check (status in ('confirmed', 'proposed')),
  source text not null,
  unique nulls not distinct (alias, stage)
);

create table organisation.person (
  id uuid primary key,
  name text not null,
  name_pinyin text not null,
  name_initials text not null,
  staff_number text unique,
  phone text,
  home_school_id uuid references organisation.school,
  subjects text[] not null default '{}',
  active_from date not null,
  active_to date,
  by_hand boolean not null default false,
  version integer not null default 1
);
create index person_by_name on organisation.person (name_pinyin, id);
create index person_by_school on organisation.person (home_school_id, name_pinyin, id);
create index person_name_trigram on organisation.person using gin (name gin_trgm_ops);
create index person_pinyin_trigram on organisation.person using gin (name_pinyin gin_trgm_ops);
create index person_initials on organisation.person (name_initials text_pattern_ops);
create index person_phone on organisation.person (phone);

-- Every body that people hold posts in, but schools.
create table organisation.body (
  id uuid primary key,
  kind text not null check (kind in
    ('leading-group', 'research-office', 'core-group', 'grade-team', 'consortium', 'subject-group')),
  name text not null,
  stage text check (stage in ('primary', 'junior')),
  subject text,
  parent_id uuid references organisation.body,
  grade_from smallint,
  grade_to smallint,
  -- The lesson a grade team exists for when it is not a grade's whole subject, e.g. 思维课.
  topic text,
  active_from date not null,
  active_to date,
  version integer not null default 1,
  unique nulls not distinct (kind, name, stage, subject, parent_id, active_from)
);
create index body_by_parent on organisation.body (parent_id);

-- A consortium's schools: each school stands in exactly one consortium per stage at a time.
create table organisation.consortium_school (
  id uuid primary key,
  consortium_id uuid not null references organisation.body,
  school_id uuid not null references organisation.school,
  stage text not null check (stage in ('primary', 'junior')),
  role text not null check (role in ('base', 'member')),
  active_from date not null,
  active_to date,
  constraint one_consortium_per_stage exclude using gist
    (school_id with =, stage with =, daterange(active_from, active_to) with &&)
);
create index consortium_school_by_consortium on organisation.consortium_school (consortium_id);

create table organisation.subject_base (
  id uuid primary key,
  stage text not null check (stage in ('primary', 'junior')),
  subject text not null,
  school_id uuid not null references organisation.school,
  active_from date not null,
  active_to date,
  unique (stage, subject, school_id, active_from)
);

-- person × body or school × post × scope × from–to; permissions come from these rows.
create table organisation.appointment (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  body_id uuid references organisation.body,
  -- The school of a school post; for a member of a consortium's subject group, the school represented.
  school_id uuid references organisation.school,
  post text not null check (post in (
    'head', 'deputy', 'member', 'lead', 'grade-lead', 'research-officer',
    'principal', 'vice-principal', 'dean', 'subject-lead', 'teacher')),
  stage text check (stage in ('primary', 'junior')),
  subject text,
  grade_from smallint,
  grade_to smallint,
  active_from date not null,
  active_to date,
  by_hand boolean not null default false,
  source text not null,
  version integer not null default 1,
  check (body_id is not null or school_id is not null),
  check (active_to is null or active_to > active_from)
);
create unique index appointment_once on organisation.appointment
  (person_id, body_id, school_id, post, stage, subject, grade_from, grade_to, active_from) nulls not distinct;
create index appointment_by_person on organisation.appointment (person_id);
create index appointment_by_body on organisation.appointment (body_id);
create index appointment_by_school on organisation.appointment (school_id, post);

create table organisation.honour (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  -- From an open list: master, backbone, master-plus, or what the district adds.
  kind text not null,
  field text,
  issuer text not null,
  level text not null check (level in ('school', 'consortium', 'district', 'city-and-above')),
  active_from date not null,
  active_to date
);
create index honour_by_person on organisation.honour (person_id);

create table organisation.subject_offer (
  grade smallint not null check (grade between 1 and 9),
  subject text not null,
  active_from date not null,
  active_to date,
  primary key (grade, subject, active_from)
);

create table organisation.term (
  id uuid primary key,
  school_year smallint not null,
  term smallint not null check (term in (1, 2)),
  starts_on date not null,
  ends_on date not null,
  version integer not null default 1,
  unique (school_year, term),
  check (ends_on > starts_on),
  exclude using gist (daterange(starts_on, ends_on, '[]') with &&)
);

-- Only the days that differ from Monday–Friday teaching: holidays, and make-up days after another weekday.
create table organisation.calendar_day (
  term_id uuid not null references organisation.term,
  day_on date not null,
  is_teaching_day boolean not null,
  follows_weekday smallint check (follows_weekday between 1 and 7),
  note text not null,
  primary key (term_id, day_on)
);

-- Rows without a school are the district's default table.
create table organisation.bell_slot (
  id uuid primary key,
  school_id uuid references organisation.school,
  stage text not null check (stage in ('primary', 'junior')),
  slot smallint not null check (slot between 1 and 12),
  starts_at time not null,
  ends_at time not null,
  unique nulls not distinct (school_id, stage, slot),
  check (ends_at > starts_at)
);

-- A class keeps its identity while its grade rises: the grade is computed from the year of entry.
create table organisation.school_class (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  stage text not null check (stage in ('primary', 'junior')),
  entry_year smallint not null,
  number smallint not null check (number between 1 and 60),
  unique (school_id, stage, entry_year, number)
);

create table organisation.teaching_assignment (
  id uuid primary key,
  person_id uuid not null references organisation.person,
  school_id uuid not null references organisation.school,
  term_id uuid not null references organisation.term,
  grade smallint not null check (grade between 1 and 9),
  subject text not null,
  class_id uuid references organisation.school_class,
  unique nulls not distinct (person_id, school_id, term_id, grade, subject, class_id)
);
create index teaching_assignment_by_school on organisation.teaching_assignment (school_id, term_id);
create index teaching_assignment_by_class on organisation.teaching_assignment (class_id);

create table organisation.timetable_entry (
  assignment_id uuid not null references organisation.teaching_assignment on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  slot smallint not null check (slot between 1 and 12),
  primary key (assignment_id, weekday, slot)
);

create table organisation.nomination (
  id uuid primary key,
  consortium_id uuid not null references organisation.body,
  school_id uuid not null references organisation.school,
  grade smallint not null check (grade between 1 and 9),
  subject text not null,
  person_id uuid not null references organisation.person,
  state text not null check (state in ('requested', 'accepted', 'declined', 'withdrawn')),
  requested_by uuid not null references organisation.person,
  requested_at timestamptz not null default clock_timestamp(),
  decided_by uuid references organisation.person,
  decided_at timestamptz,
  reason text,
  version integer not null default 1
);
create unique index nomination_open_once on organisation.nomination
  (consortium_id, school_id, grade, subject, person_id) where state = 'requested';

grant select, insert, update, delete on all tables in schema organisation to yanxun_app;
