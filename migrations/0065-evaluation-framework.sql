create schema evaluation;
grant usage on schema evaluation to yanxun_app;

-- What schools are looked at by; a later edition is a new version, and a past term keeps its own.
create table evaluation.framework (
  id uuid primary key,
  key text not null,
  version integer not null,
  title text not null,
  clause text not null,
  note text not null,
  from_on date not null,
  to_on date,
  unique (key, version),
  constraint one_framework_at_a_time exclude using gist (key with =, daterange(from_on, to_on) with &&)
);

create table evaluation.criterion (
  framework_id uuid not null references evaluation.framework,
  code text not null,
  position smallint not null,
  name text not null,
  -- The notice's own words, letter for letter.
  text text not null,
  points numeric(3, 1) not null,
  -- Where a later rule limits what may be computed.
  limit_note text,
  primary key (framework_id, code),
  unique (framework_id, position)
);

create table evaluation.criterion_part (
  framework_id uuid not null,
  code text not null,
  letter text not null,
  text text not null,
  -- The record that doing the work leaves behind, and the work itself.
  evidence text not null,
  -- The count that is computed for this part; null while nothing is.
  measure text,
  primary key (framework_id, code, letter),
  foreign key (framework_id, code) references evaluation.criterion
);

grant select on all tables in schema evaluation to yanxun_app;

insert into evaluation.framework (id, key, version, title, clause, note, from_on) values
  ('018d4300-0000-7000-8000-0000000000e0', 'quality-school', 1, '中小学优质校评选条件', '五(一)', '每项工作 1 分', '2024-01-26');

insert into evaluation.criterion (framework_id, code, position, name, text, points, limit_note)
select '018d4300-0000-7000-8000-0000000000e0', code, position, name, text, 1, limit_note
from (values
  ('E1', 1, '端正思想', '全面贯彻党的教育方针，落实立德树人根本任务，促进学生“五育”融合发展。开齐、开足、开好课程。落实“双减”政策，无违规使用教辅等现象。', null),
  ('E2', 2, '科学规划', '制定切合实际的学年教研教改规划和考核评价制度，思路清晰，措施具体，责任明确，操作性强。有工作实施的过程资料。',
    '过程资料取自工作本身的记录，不要求另行上传；不以留痕材料、台账作为评价依据。'),
  ('E3', 3, '条件保障', '学校图书室、实验室、音乐室、美术室等硬件均达标，使用高效，使用记录规范。师资培训、教研等经费足额保障。',
    '使用情况取自日常使用登记，照片一律可不传；不以留痕材料、台账作为评价依据。'),
  ('E4', 4, '课改管理', '校长、教学副校长(主任)按照学期初制定课堂诊断计划，有效组织并参与观课、评课活动(校长学期听课170节)。推动学校浓厚课改氛围，管理方式符合课改精神，有实践成效。', null),
  ('E5', 5, '校本研修', '扎实有效的研讨落实区研训中心组制定的单元及课时教学方案，结合本校师情、学情，形成适合本校本学科的课时教学设计，并通过课堂教学实践反思，提出改进建议并反馈区研训中心组。落实好学区级研训联合体工作，通过联合教研，助力每个联合体成员校教研水平的整体提高，形成教研合力。探索和实践跨学科主题学习，学期每学科至少完成5--8个主题学习课例。学期至少承办一次学区级教学研讨活动。', null),
  ('E6', 6, '教师成长', '制定年度教师培养培训规划和教师结对帮扶计划，每年组织开展一次“走出去、请进来”培训活动。教师培养培训工作扎实、有效。重视名师、骨干教师队伍建设，形成名师、骨干教师队伍体系。', null),
  ('E7', 7, '课堂教学', '加强课堂教学管理，教师在“研、备、上、辅、评”等环节全程落实课改精神，课堂能体现“教师为主导、学生为主体”和“自主、合作、探究”的课堂教学改革基本理念。校长、教学副校长(主任)每学期面向全体教师进行一次“解决问题式”业务辅导培训，形成“人人参与、个个实践”的浓厚氛围。', null),
  ('E8', 8, '“第二课堂”', '积极开展以兴趣激发、特长培养等丰富多彩的“第二课堂”教育教学活动。组建社团并开展相关活动，有计划，有制度，有记录，有评价。', null),
  ('E9', 9, '教学质量', '学期末教学质量综合指标评价高(全区综合排名或提升幅度)。课堂教学、教师发展、学校管理、学生发展等方面形成校本特色。',
    '通知写有“全区综合排名”。此后教育部规定：不得按升学率、考试成绩给学校排名或据此奖惩学校和教师（2025年5月基础教育规范管理负面清单）。本系统因此不计算、不显示学校之间的排名，本项只看学校自身的发展，由人来评议。'),
  ('E10', 10, '规范书写', '学校要重视学生书写坐姿不端、执笔方法不正和字体不规范现象。各学科教师要加强对学生书写规范的要求和指导。提升作业、试卷上文字和符号的规范程度。通过入校作业巡查和网上阅卷评估进行定期通报。',
    '网上阅卷的数据只取自依法举行的考试；小学各年级和初中非毕业年级不组织区域性或跨校考试，也不作跨校比较。')
) as item (code, position, name, text, limit_note);

insert into evaluation.criterion_part (framework_id, code, letter, text, evidence, measure)
select '018d4300-0000-7000-8000-0000000000e0', code, letter, text, evidence, measure
from (values
  ('E1', 'a', '全面贯彻党的教育方针，落实立德树人根本任务', '学校学年规划中的任务及其完成情况', null),
  ('E1', 'b', '“五育”融合发展', '主题学习课例、社团、课例上的五育标注', null),
  ('E1', 'c', '开齐、开足、开好课程', '课程表与省定课时表逐年级逐学科核对', null),
  ('E1', 'd', '落实“双减”政策', '作业设计中的用时与班级每日作业总量', null),
  ('E1', 'e', '无违规使用教辅等现象', '教辅选用登记（一科一辅）与投诉处理记录', null),
  ('E2', 'a', '学年教研教改规划', '学年规划及其任务、责任人、时限', null),
  ('E2', 'b', '考核评价制度', '学校制度的现行版本', null),
  ('E2', 'c', '有工作实施的过程资料', '任务完成时自然形成的活动、课例、研讨记录', null),
  ('E3', 'a', '图书室、实验室、音乐室、美术室等硬件达标', '专用教室登记', null),
  ('E3', 'b', '使用高效，使用记录规范', '专用教室日常使用登记、实验开出情况', null),
  ('E3', 'c', '师资培训、教研等经费足额保障', '学校年度经费登记', null),
  ('E4', 'a', '按照学期初制定的课堂诊断计划组织观课、评课', '校长、教学副校长、教务主任的课堂诊断计划', null),
  ('E4', 'b', '校长学期听课170节', '定稿的现场听课记录', 'obs.principal.term'),
  ('E4', 'c', '参与评课：听后反馈', '听课记录的反馈与教师回应', 'obs.feedback.term'),
  ('E4', 'd', '浓厚课改氛围，有实践成效', '约定的一处改变及其回访', null),
  ('E5', 'a', '研讨落实区研训中心组制定的单元及课时教学方案', '集体备课记录', null),
  ('E5', 'b', '形成适合本校本学科的课时教学设计', '研训资源库条目的校本化版本', null),
  ('E5', 'c', '实践反思，提出改进建议并反馈区研训中心组', '教学反思与返回中心组的改进建议', null),
  ('E5', 'd', '落实好学区级研训联合体工作', '联合体活动的参与和承担记录', null),
  ('E5', 'e', '跨学科主题学习，学期每学科至少完成5--8个主题学习课例', '审核通过的主题学习课例（按主学科计）', null),
  ('E5', 'f', '学期至少承办一次学区级教学研讨活动', '本校承办并已举行的学区级活动', null),
  ('E6', 'a', '年度教师培养培训规划', '年度培养培训规划及其任务', null),
  ('E6', 'b', '教师结对帮扶计划', '结对帮扶协议与指导记录', null),
  ('E6', 'c', '每年一次“走出去、请进来”培训活动', '“走出去”“请进来”活动记录', null),
  ('E6', 'd', '教师培养培训工作扎实、有效', '教师培训学时与活动后的实践', null),
  ('E6', 'e', '名师、骨干教师队伍体系', '名师、骨干、名师+的认定记录', null),
  ('E7', 'a', '在“研、备、上、辅、评”等环节全程落实课改精神', '备课、课例、听课、反思记录', null),
  ('E7', 'b', '“教师为主导、学生为主体”和“自主、合作、探究”', '高质量课堂评价标准的听课记录（不记名的概貌）', null),
  ('E7', 'c', '校长、教学副校长(主任)每学期一次“解决问题式”业务辅导培训', '“解决问题式”业务辅导的活动记录', null),
  ('E8', 'a', '丰富多彩的“第二课堂”教育教学活动', '“第二课堂”活动记录', null),
  ('E8', 'b', '社团有计划，有制度，有记录，有评价', '社团登记与每次活动记录', null),
  ('E9', 'a', '课堂教学、教师发展、学校管理、学生发展等方面的校本特色', '学校的发展自述，由人评议', null),
  ('E9', 'b', '提升幅度', '学校自身前后对照的发展情况，不与其他学校比较', null),
  ('E10', 'a', '重视书写坐姿、执笔方法和字体规范', '规范书写巡查记录', null),
  ('E10', 'b', '各学科教师加强对学生书写规范的要求和指导', '各学科作业巡查记录', null),
  ('E10', 'c', '入校作业巡查和网上阅卷评估定期通报', '作业巡查、依法考试的阅卷评估与通报', null)
) as part (code, letter, text, evidence, measure);
