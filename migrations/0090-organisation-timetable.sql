-- 单双周: odd and even weeks of the term (周次). A lesson of every week stands once.
alter table organisation.timetable_entry
  add column week_parity text not null default 'every' check (week_parity in ('every', 'odd', 'even')),
  -- True where somebody set the place on the page: an import lists it before it writes over it.
  add column by_hand boolean not null default false;
update organisation.timetable_entry set by_hand = true;

-- A school's timetable as it was brought: what was read of the file, kept until it is applied or dropped.
create table organisation.timetable_import (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  term_id uuid not null references organisation.term,
  title text not null,
  brought_by text not null,
  brought_at timestamptz not null default clock_timestamp(),
  -- What was read, cell by cell; null once it is of no use any more.
  written jsonb,
  -- Answers to the questions of the preview, by the question's key.
  decisions jsonb not null default '{}',
  -- The file holds the whole week of its classes (or teachers): what is missing in it falls away.
  complete boolean not null,
  applied jsonb,
  applied_at timestamptz,
  applied_by text,
  version integer not null default 1
);
create index timetable_import_by_school on organisation.timetable_import (school_id, id);

-- 代课、调课 of one day: who teaches what in a class's slot in place of what the timetable says.
create table organisation.substitution (
  id uuid primary key,
  school_id uuid not null references organisation.school,
  class_id uuid not null references organisation.school_class,
  day_on date not null,
  slot smallint not null check (slot between 1 and 12),
  person_id uuid not null references organisation.person,
  subject text not null,
  -- The two halves of an exchange share it.
  exchange_id uuid,
  reason text not null default '',
  entered_by uuid references organisation.person,
  entered_at timestamptz not null default clock_timestamp(),
  withdrawn_by uuid references organisation.person,
  withdrawn_at timestamptz
);
create unique index substitution_once on organisation.substitution (class_id, day_on, slot)
  where withdrawn_at is null;
create index substitution_by_school on organisation.substitution (school_id, day_on) where withdrawn_at is null;

grant select, insert, update, delete on organisation.timetable_import to yanxun_app;
grant select, insert, update on organisation.substitution to yanxun_app;
-- A substitution is withdrawn by a mark, so that any past day can be reprinted.
revoke delete on organisation.substitution from yanxun_app;
