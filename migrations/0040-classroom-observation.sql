create schema classroom;
grant usage on schema classroom to yanxun_app;

-- 高质量课堂评价标准: a record keeps the edition it was written by.
create table classroom.rubric (
  id uuid primary key,
  name text not null,
  edition smallint not null,
  clause text not null,
  active_from date not null,
  unique (name, edition)
);

create table classroom.rubric_criterion (
  rubric_id uuid not null references classroom.rubric,
  code text not null,
  position smallint not null,
  label text not null,
  wording text not null,
  primary key (rubric_id, code),
  unique (rubric_id, position)
);

insert into classroom.rubric (id, name, edition, clause, active_from) values
  ('018d4200-0000-7000-8000-000000000010', '高质量课堂评价标准', 1, '丰教研字〔2024〕16号 五(二)', '2024-01-26');
insert into classroom.rubric_criterion (rubric_id, code, position, label, wording) values
  ('018d4200-0000-7000-8000-000000000010', 'K1', 1, '师生关系', '建设良好教学关系，尊重学生，接纳学生，信任学生，激励学生。师生关系就是教育的质量，多用“我向语言，少用你向语言”来缩小心理上的距离。'),
  ('018d4200-0000-7000-8000-000000000010', 'K2', 2, '目标与板书', '有清晰明确的教学目标。课堂氛围、学习方式与教学目标的实现相匹配。根据师生互动对话中生成的各种资源，及时凝练，整合动态生成板书。'),
  ('018d4200-0000-7000-8000-000000000010', 'K3', 3, '内容与任务', '教学内容具有递进性、结构性、发展性。教学内容问题(任务)化，问题情境化，情境生活化。培养学生用所学知识解决实际问题的能力，提升学生的高阶思维。'),
  ('018d4200-0000-7000-8000-000000000010', 'K4', 4, '精讲与追问', '教师做到精讲，把课堂还给学生，教师应关注学生的参与度、学习状态和学习效果。少问是什么，多问为什么，用追问弄清知识的来龙去脉，提升学科素养。'),
  ('018d4200-0000-7000-8000-000000000010', 'K5', 5, '学法与要求', '对学生学习任务的要求、方法清楚明白。加强学生自主、合作、讲述、交流、探究等能力的培养。'),
  ('018d4200-0000-7000-8000-000000000010', 'K6', 6, '走下讲台', '倡导教师走下讲台到学生中间中去，用“问题任务、学习时间、实时评价”等方法调控课堂，提升课堂管理效能。'),
  ('018d4200-0000-7000-8000-000000000010', 'K7', 7, '增量评价', '教师对学生的评价指向学习的态度、行为、方法和质量。用增量评价促进学生发展。'),
  ('018d4200-0000-7000-8000-000000000010', 'K8', 8, '适度紧张', '学习活动对多数同学构成适度紧张(智力或体力)。'),
  ('018d4200-0000-7000-8000-000000000010', 'K9', 9, '面向全体', '关注全体学生的发展，让学生有审视和感受自己成长变化的机会，让每一个学生都没有遗憾的坐下。'),
  ('018d4200-0000-7000-8000-000000000010', 'K10', 10, '学会读书', '我们要把研读教材的方法交给学生，并指导学生学会使用教材。学生什么时候学会阅读教材了，也就学会学习了。');

create table classroom.observation (
  -- Made by the observer's phone, so that a repeated save finds the same record.
  id uuid primary key,
  observer_id uuid not null references organisation.person,
  capacity text not null check (capacity in
    ('principal', 'vice-principal', 'dean', 'subject-lead', 'research-officer', 'head', 'deputy', 'teacher')),
  -- The school whose post the observer acted in; null for officers of the district.
  observer_school_id uuid references organisation.school,
  rubric_id uuid not null references classroom.rubric,
  term_id uuid references organisation.term,
  day_on date not null,
  slot_from smallint check (slot_from between 1 and 12),
  slot_to smallint check (slot_to between 1 and 12),
  lessons smallint generated always as (slot_to - slot_from + 1) stored,
  school_id uuid references organisation.school,
  class_id uuid references organisation.school_class,
  class_label text not null default '',
  grade smallint check (grade between 1 and 9),
  subject text,
  -- Null when a substitute outside the roster was typed in by name.
  teacher_id uuid references organisation.person,
  teacher_name text not null default '',
  topic text not null default '',
  lesson_type text check (lesson_type in ('new-lesson', 'revision', 'practice', 'review', 'experiment', 'integrated')),
  occasion text not null default 'ordinary' check (occasion in
    ('ordinary', 'open-lesson', 'model-lesson', 'seminar-lesson', 'showcase-lesson')),
  announced boolean not null default false,
  mode text not null default 'live' check (mode in ('live', 'video')),
  off_day_reason text not null default '',
  strengths text not null default '',
  to_improve text not null default '',
  suggestion text not null default '',
  agreed_change text not null default '',
  state text not null default 'draft' check (state in ('draft', 'finalised', 'fed-back', 'replied')),
  late boolean not null default false,
  -- At a school other than the observer's own.
  away boolean not null default false,
  version integer not null default 1,
  content_number smallint not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  saved_at timestamptz not null default clock_timestamp(),
  finalised_at timestamptz,
  fed_back_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid references organisation.person,
  withdrawn_reason text,
  check (lessons between 1 and 4),
  check (teacher_id <> observer_id),
  check ((finalised_at is null) = (state = 'draft')),
  check ((fed_back_at is null) = (state in ('draft', 'finalised'))),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null)),
  check (state = 'draft' or (slot_from is not null and slot_to is not null
    and school_id is not null and grade is not null and subject is not null and lesson_type is not null
    and teacher_name <> '' and topic <> '')),
  constraint observation_overlap exclude using gist
    (observer_id with =, day_on with =, int4range(slot_from, slot_to, '[]') with &&)
    where (finalised_at is not null and withdrawn_at is null)
);
create index observation_by_observer on classroom.observation (observer_id, day_on desc, id desc);
create index observation_by_school on classroom.observation (school_id, day_on desc, id desc)
  where finalised_at is not null and withdrawn_at is null;
create index observation_by_teacher on classroom.observation (teacher_id, day_on desc, id desc)
  where fed_back_at is not null and withdrawn_at is null;
create index observation_by_subject on classroom.observation (subject, day_on desc, id desc)
  where finalised_at is not null and withdrawn_at is null;
create index observation_by_day on classroom.observation (day_on, observer_id)
  where finalised_at is not null and withdrawn_at is null;

create table classroom.observation_criterion (
  observation_id uuid not null references classroom.observation,
  code text not null,
  -- Null once the observer takes a step back: not looked at.
  step text check (step in ('seen-well', 'partly', 'not-seen', 'not-applicable')),
  evidence text not null default '',
  primary key (observation_id, code)
);

-- Every finalised content of a record, the first and each correction.
create table classroom.observation_version (
  observation_id uuid not null references classroom.observation,
  number smallint not null,
  content jsonb not null,
  reason text not null,
  made_by uuid not null references organisation.person,
  made_at timestamptz not null default clock_timestamp(),
  primary key (observation_id, number)
);

create table classroom.observation_reply (
  id uuid primary key,
  observation_id uuid not null references classroom.observation,
  person_id uuid not null references organisation.person,
  text text not null check (text <> ''),
  at timestamptz not null default clock_timestamp()
);
create index observation_reply_by_observation on classroom.observation_reply (observation_id, id);

grant select on classroom.rubric, classroom.rubric_criterion to yanxun_app;
grant select, insert, update on classroom.observation, classroom.observation_criterion to yanxun_app;
grant select, insert on classroom.observation_version, classroom.observation_reply to yanxun_app;
