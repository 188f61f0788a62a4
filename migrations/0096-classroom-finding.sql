-- 问题整改: what was found, and every act upon it. The finding's own row carries what follows from the acts, so that
-- lists and figures can be asked for; the application's role may write those columns anew and nothing else.
create table classroom.finding (
  id uuid primary key,
  -- 'district': from the district to a school; 'school': inside a school, unknown above it.
  kind text not null check (kind in ('district', 'school')),
  source text not null check (source in
    ('research-visit', 'patrol', 'observation', 'handwriting-check', 'homework-check', 'other')),
  source_id uuid,
  school_id uuid not null references organisation.school,
  subject text,
  grade smallint check (grade between 1 and 9),
  place text not null default '',
  type text not null check (type in ('unclear-ideas', 'wrong-methods', 'untrue-evaluation', 'routine', 'safety',
    'handwriting', 'course-opening', 'homework', 'study-aids')),
  description text not null check (description <> ''),
  advice text not null default '',
  repeats_id uuid references classroom.finding,
  found_by uuid not null references organisation.person,
  found_on date not null,
  -- From here on: what follows from the acts.
  state text not null check (state in ('found', 'registered', 'handed-over', 'accepted', 'planned', 'done', 'recheck',
    'sent-back', 'closed', 'cancelled')),
  -- The number of the latest act.
  version integer not null check (version > 0),
  deadline_on date,
  responsible_post text check (responsible_post in ('principal', 'vice-principal', 'dean')),
  responsible_id uuid references organisation.person,
  checker_id uuid references organisation.person,
  handed_over_by uuid references organisation.person,
  handed_over_on date,
  -- The last day on which the school may answer before the finding counts in the district's figures.
  answer_until date,
  accepted_on date,
  done_on date,
  closed_on date,
  sent_back smallint not null default 0,
  -- A later deadline that was asked for and is not decided yet.
  extension_on date,
  answer_open boolean not null default false,
  check (repeats_id <> id),
  check (kind = 'school' or responsible_id is null),
  check (checker_id <> responsible_id),
  check ((handed_over_on is null) = (num_nonnulls(responsible_post, responsible_id) = 0)),
  check (num_nonnulls(handed_over_on, handed_over_by, deadline_on, checker_id, answer_until) in (0, 5)),
  check ((state in ('found', 'registered')) <= (handed_over_on is null)),
  check ((state in ('handed-over', 'accepted', 'planned', 'done', 'recheck', 'sent-back', 'closed'))
    <= (handed_over_on is not null)),
  check ((closed_on is not null) = (state = 'closed'))
);
create index finding_by_school on classroom.finding (school_id, found_on desc, id desc);
create index finding_by_day on classroom.finding (found_on desc, id desc);
create index finding_by_source on classroom.finding (source_id) where source_id is not null;
create index finding_by_responsible on classroom.finding (responsible_id) where responsible_id is not null;
create index finding_by_checker on classroom.finding (checker_id) where checker_id is not null;

create table classroom.finding_event (
  finding_id uuid not null references classroom.finding,
  number integer not null check (number > 0),
  act text not null check (act in ('find', 'register', 'hand-over', 'accept', 'plan', 'report-done', 'recheck', 'close',
    'send-back', 'cancel', 'answer', 'reply', 'ask-extension', 'grant-extension', 'refuse-extension',
    'change-checker')),
  person_id uuid not null references organisation.person,
  -- In which capacity and for which side, as it was then.
  role text not null,
  side text not null check (side in ('district', 'school')),
  text text not null default '',
  -- The deadline given or asked for.
  day_on date,
  responsible_post text,
  responsible_id uuid references organisation.person,
  checker_id uuid references organisation.person,
  answer_until date,
  done_on date not null,
  at timestamptz not null default clock_timestamp(),
  primary key (finding_id, number)
);

grant select, insert on classroom.finding, classroom.finding_event to yanxun_app;
grant update (state, version, deadline_on, responsible_post, responsible_id, checker_id, handed_over_by, handed_over_on,
  answer_until, accepted_on, done_on, closed_on, sent_back, extension_on, answer_open)
  on classroom.finding to yanxun_app;

insert into platform.setting (id, key, value, from_on, clause) values
  ('018d4200-0000-7000-8000-000000000081', 'finding.answer-days', '5', '2024-01-26',
   '丰教研字〔2024〕16号 三(一)2；天数由领导小组确定'),
  ('018d4200-0000-7000-8000-000000000082', 'finding.deadline-days', '14', '2024-01-26',
   '丰教研字〔2024〕16号 三(一)2；天数由领导小组确定');
