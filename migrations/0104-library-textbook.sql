create schema library;
grant usage on schema library to yanxun_app;

-- 教材版本: a publisher's books for a subject and stage in one revision (修订年). A withdrawn one is marked, never removed.
create table library.edition (
  id uuid primary key,
  subject text not null,
  stage text not null check (stage in ('primary', 'junior')),
  publisher text not null check (publisher <> ''),
  revision_year smallint not null check (revision_year between 1950 and 2100),
  withdrawn_on date,
  withdrawn_reason text,
  version integer not null default 1,
  unique (subject, stage, publisher, revision_year),
  check ((withdrawn_on is null) = (withdrawn_reason is null))
);

-- 册: of one grade, for the first term (上册), the second (下册) or both (全一册).
create table library.volume (
  id uuid primary key,
  edition_id uuid not null references library.edition,
  grade smallint not null check (grade between 1 and 9),
  part text not null check (part in ('first', 'second', 'whole')),
  unique (edition_id, grade, part)
);

-- 单元. The number is the book's own; what has none (整理和复习) stands by its position alone.
create table library.unit (
  id uuid primary key,
  volume_id uuid not null references library.volume,
  number smallint check (number between 1 and 200),
  title text not null check (title <> ''),
  -- Null: what its lessons add up to.
  planned_hours smallint check (planned_hours between 0 and 400),
  position smallint not null,
  withdrawn_on date,
  withdrawn_reason text,
  check ((withdrawn_on is null) = (withdrawn_reason is null)),
  exclude using btree (volume_id with =, number with =) where (withdrawn_on is null) deferrable initially deferred
);
create index unit_by_volume on library.unit (volume_id, position);

-- 课
create table library.lesson (
  id uuid primary key,
  unit_id uuid not null references library.unit,
  number smallint check (number between 1 and 200),
  title text not null check (title <> ''),
  planned_hours smallint check (planned_hours between 0 and 400),
  position smallint not null,
  withdrawn_on date,
  withdrawn_reason text,
  check ((withdrawn_on is null) = (withdrawn_reason is null)),
  exclude using btree (unit_id with =, number with =) where (withdrawn_on is null) deferrable initially deferred
);
create index lesson_by_unit on library.lesson (unit_id, position);

-- The edition in use of a subject in a grade and school year: the highest version counts, null takes a choice back.
create table library.edition_choice (
  school_year smallint not null check (school_year between 2000 and 2100),
  subject text not null,
  grade smallint not null check (grade between 1 and 9),
  version integer not null check (version > 0),
  edition_id uuid references library.edition,
  chosen_by text not null,
  chosen_at timestamptz not null default clock_timestamp(),
  primary key (school_year, subject, grade, version)
);

-- A list of textbooks as it was brought: what was read of the file, kept until it is applied or dropped.
create table library.textbook_import (
  id uuid primary key,
  title text not null,
  brought_account uuid not null,
  brought_by text not null,
  brought_at timestamptz not null default clock_timestamp(),
  -- Null once it is of no use any more.
  written jsonb,
  decisions jsonb not null default '{}',
  applied jsonb,
  applied_at timestamptz,
  applied_by text,
  version integer not null default 1
);
create index textbook_import_by_account on library.textbook_import (brought_account, id);

-- 课程标准's 核心素养, versioned: a later standard stands beside the earlier one.
create table library.competency_standard (
  id uuid primary key,
  subject text not null,
  year smallint not null check (year between 1950 and 2100),
  title text not null check (title <> ''),
  added_by text,
  added_at timestamptz not null default clock_timestamp(),
  unique (subject, year)
);
create table library.competency (
  id uuid primary key,
  standard_id uuid not null references library.competency_standard,
  -- 表现: how the competencies show in a stage; only mathematics lists them apart.
  kind text not null check (kind in ('competency', 'manifestation')),
  stage text check (stage in ('primary', 'junior')),
  number smallint not null check (number > 0),
  name text not null check (name <> ''),
  aliases text[] not null default '{}',
  check ((kind = 'manifestation') = (stage is not null)),
  unique nulls not distinct (standard_id, stage, number)
);

insert into library.competency_standard (id, subject, year, title)
select ('01900000-0000-7000-8104-' || lpad(place::text, 12, '0'))::uuid, subject, 2022,
  '义务教育' || label || '课程标准（2022年版）'
from (values
  (1, 'chinese', '语文'), (2, 'mathematics', '数学'), (3, 'english', '英语'), (4, 'ethics-and-law', '道德与法治'),
  (5, 'history', '历史'), (6, 'geography', '地理'), (7, 'science', '科学'), (8, 'physics', '物理'),
  (9, 'chemistry', '化学'), (10, 'biology', '生物学'), (11, 'information-technology', '信息科技'),
  (12, 'physical-education', '体育与健康'), (13, 'arts', '艺术'), (14, 'labour', '劳动')
) as standard (place, subject, label);

insert into library.competency (id, standard_id, kind, stage, number, name, aliases)
select ('01900000-0000-7000-8105-' || lpad((place * 1000 + case stage when 'primary' then 100 when 'junior' then 200
    else 0 end + number)::text, 12, '0'))::uuid,
  ('01900000-0000-7000-8104-' || lpad(place::text, 12, '0'))::uuid,
  case when stage is null then 'competency' else 'manifestation' end, stage, number, name,
  case name
    when '会用数学的眼光观察现实世界' then array['数学眼光', '会用数学的眼光']
    when '会用数学的思维思考现实世界' then array['数学思维', '会用数学的思维']
    when '会用数学的语言表达现实世界' then array['数学语言', '会用数学的语言']
    else '{}' end
from (values
  (1, null, '文化自信 语言运用 思维能力 审美创造'),
  (2, null, '会用数学的眼光观察现实世界 会用数学的思维思考现实世界 会用数学的语言表达现实世界'),
  (2, 'primary', '数感 量感 符号意识 运算能力 几何直观 空间观念 推理意识 数据意识 模型意识 应用意识 创新意识'),
  (2, 'junior', '抽象能力 运算能力 几何直观 空间观念 推理能力 数据观念 模型观念 应用意识 创新意识'),
  (3, null, '语言能力 文化意识 思维品质 学习能力'),
  (4, null, '政治认同 道德修养 法治观念 健全人格 责任意识'),
  (5, null, '唯物史观 时空观念 史料实证 历史解释 家国情怀'),
  (6, null, '人地协调观 综合思维 区域认知 地理实践力'),
  (7, null, '科学观念 科学思维 探究实践 态度责任'),
  (8, null, '物理观念 科学思维 科学探究 科学态度与责任'),
  (9, null, '化学观念 科学思维 科学探究与实践 科学态度与责任'),
  (10, null, '生命观念 科学思维 探究实践 态度责任'),
  (11, null, '信息意识 计算思维 数字化学习与创新 信息社会责任'),
  (12, null, '运动能力 健康行为 体育品德'),
  (13, null, '审美感知 艺术表现 创意实践 文化理解'),
  (14, null, '劳动观念 劳动能力 劳动习惯和品质 劳动精神')
) as listed (place, stage, names),
lateral regexp_split_to_table(names, ' ') with ordinality as one (name, number);

grant select, insert on library.edition, library.volume, library.unit, library.lesson, library.edition_choice,
  library.competency_standard, library.competency to yanxun_app;
grant update (withdrawn_on, withdrawn_reason, version) on library.edition to yanxun_app;
grant update (number, title, planned_hours, position, withdrawn_on, withdrawn_reason)
  on library.unit, library.lesson to yanxun_app;
grant select, insert, update, delete on library.textbook_import to yanxun_app;
