import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';

/** How a column of a table with fixed columns is filled in. */
export type Column =
  | { readonly key: string; readonly label: string; readonly type: 'text'; readonly wide?: true }
  | {
      readonly key: string;
      readonly label: string;
      readonly type: 'number';
      readonly unit: string;
      readonly max: number;
    }
  | {
      readonly key: string;
      readonly label: string;
      readonly type: 'choice';
      readonly options: Readonly<Record<string, string>>;
    }
  /** One of the subject's 核心素养, by name. */
  | { readonly key: string; readonly label: string; readonly type: 'competency' }
  /** Rows of another section of the same design, by id. */
  | { readonly key: string; readonly label: string; readonly type: 'references'; readonly section: string }
  /** A unit or lesson of the textbook, by id. */
  | { readonly key: string; readonly label: string; readonly type: 'textbook' }
  /** Which version of which item of the library the row was taken from; kept by the server, filled in by nobody. */
  | { readonly key: string; readonly label: string; readonly type: 'origin' };

export interface SectionTemplate {
  readonly key: string;
  readonly title: string;
  /** Other names under which Word files call it. */
  readonly aliases: readonly string[];
  readonly hint: string;
  /** A table with these columns; without them, free text. */
  readonly columns?: readonly Column[];
}

export const levels = {
  know: '了解',
  understand: '理解',
  apply: '应用',
  analyse: '分析',
  evaluate: '评价',
  create: '创造',
};

const goalColumns: readonly Column[] = [
  { key: 'goal', label: '目标', type: 'text', wide: true },
  { key: 'competency', label: '核心素养', type: 'competency' },
  { key: 'level', label: '水平', type: 'choice', options: levels },
];
const goals: SectionTemplate = {
  key: 'goals',
  title: '教学目标',
  aliases: ['学习目标', '单元目标', '课时目标', '素养目标', '目标'],
  hint: '每条写学生学完能做到什么，可观察、可检测。',
  columns: goalColumns,
};
const servedGoals: Column = { key: 'goals', label: '对应目标', type: 'references', section: 'goals' };
const tasks: SectionTemplate = {
  key: 'tasks',
  title: '评价任务',
  aliases: ['评价设计', '评价任务与标准', '评估证据', '达成评价'],
  hint: '每个目标至少有一项评价任务，写清标准和证据。',
  columns: [
    { key: 'task', label: '评价任务', type: 'text', wide: true },
    { key: 'criteria', label: '评价标准', type: 'text', wide: true },
    { key: 'evidence', label: '证据', type: 'text' },
    servedGoals,
  ],
};
const basis: SectionTemplate = {
  key: 'basis',
  title: '课标依据',
  aliases: ['课程标准', '课标要求', '设计依据', '课标分析'],
  hint: '摘录课程标准中与本内容有关的要求。',
};
const contentAnalysis: SectionTemplate = {
  key: 'content-analysis',
  title: '教材分析',
  aliases: ['内容分析', '教学内容分析', '教学内容', '单元内容分析'],
  hint: '这部分内容的结构、价值和前后联系。',
};
const learners: SectionTemplate = {
  key: 'learners',
  title: '学情分析',
  aliases: ['学生分析', '学习者分析', '学情'],
  hint: '学生已经会什么、难在哪里，有数据最好。',
};
/** A design is tagged by what stands in it (notice 四(三)4, S6). */
const lifeContext: SectionTemplate = {
  key: 'life-context',
  title: '生活情境',
  aliases: ['真实情境', '生活联系', '与生活的联系', '联系生活'],
  hint: '用一句话写明所学知识与学生生活怎样联系；没有就空着。',
};
const keyPoints: SectionTemplate = {
  key: 'key-points',
  title: '教学重点与难点',
  aliases: ['教学重难点', '重点难点', '重难点', '教学重点', '教学难点'],
  hint: '重点、难点各写一两条。',
};
const homeworkItems: SectionTemplate = {
  key: 'homework',
  title: '作业设计',
  aliases: ['作业', '课后作业', '分层作业', '作业布置'],
  hint: '每题写明对应目标、层次、类型和预计时间；一、二年级不布置书面家庭作业。',
  columns: [
    { key: 'item', label: '题目', type: 'text', wide: true },
    servedGoals,
    {
      key: 'type',
      label: '类型',
      type: 'choice',
      options: { written: '书面', oral: '口头', practical: '实践', reading: '阅读', theme: '跨学科' },
    },
    {
      key: 'layer',
      label: '层次',
      type: 'choice',
      options: { basic: '基础', extended: '拓展', free: '自选' },
    },
    { key: 'level', label: '学习水平', type: 'choice', options: levels },
    { key: 'difficulty', label: '难度', type: 'choice', options: { easy: '易', medium: '中', hard: '难' } },
    { key: 'minutes', label: '预计时间', type: 'number', unit: '分钟', max: 120 },
    {
      key: 'source',
      label: '来源',
      type: 'choice',
      options: { original: '原创', adapted: '改编', quoted: '引用' },
    },
    { key: 'sourceNote', label: '出处', type: 'text' },
    { key: 'answer', label: '答案与批改说明', type: 'text', wide: true },
  ],
};
const reflection: SectionTemplate = {
  key: 'reflection',
  title: '教学反思',
  aliases: ['课后反思', '反思'],
  hint: '价值、关系、内容、过程、媒介、课堂质量评价，有感则写。',
};
const resources: SectionTemplate = {
  key: 'resources',
  title: '教学准备与资源',
  aliases: ['教学准备', '课前准备', '教学资源', '学习资源', '教具', '教具准备'],
  hint: '教具、实验器材、学习单、课件。',
};

const paperItemColumns: readonly Column[] = [
  { key: 'number', label: '题号', type: 'text' },
  {
    key: 'type',
    label: '题型',
    type: 'choice',
    options: {
      choice: '选择',
      blank: '填空',
      judge: '判断',
      short: '简答',
      compute: '计算',
      explore: '探究',
      write: '写作',
      other: '其他',
    },
  },
  { key: 'stem', label: '题目', type: 'text', wide: true },
  { key: 'answer', label: '答案', type: 'text', wide: true },
  { key: 'points', label: '分值', type: 'number', unit: '分', max: 150 },
  { key: 'content', label: '考查内容', type: 'textbook' },
  { key: 'competency', label: '核心素养', type: 'competency' },
  { key: 'level', label: '水平', type: 'choice', options: levels },
  { key: 'difficulty', label: '预估难度', type: 'choice', options: { easy: '易', medium: '中', hard: '难' } },
  {
    key: 'source',
    label: '来源',
    type: 'choice',
    options: { original: '原创', adapted: '改编', quoted: '引用' },
  },
  { key: 'sourceNote', label: '出处', type: 'text' },
  { key: 'author', label: '命题人', type: 'text' },
  { key: 'chooser', label: '选题人', type: 'text' },
  { key: 'reviewer', label: '审题人', type: 'text' },
  { key: 'purchased', label: '是否购买', type: 'choice', options: { no: '否', yes: '是' } },
];

/** In a paper an item may come from the library (选题). */
const pickedColumn: Column = { key: 'picked', label: '选自题库', type: 'origin' };

/** The sections of each kind's own form, in order (domain.md 3.6). */
export const templates: Readonly<Record<ItemKind, readonly SectionTemplate[]>> = {
  'pacing-guide': [
    {
      key: 'pacing',
      title: '课时进度',
      aliases: ['教学进度', '进度安排', '教学进度表'],
      hint: '一行一个教学周或一个内容，写清课时数。',
      columns: [
        { key: 'week', label: '周次', type: 'number', unit: '周', max: 25 },
        { key: 'content', label: '教学内容', type: 'textbook' },
        { key: 'topic', label: '内容说明', type: 'text', wide: true },
        { key: 'hours', label: '课时', type: 'number', unit: '课时', max: 30 },
        { key: 'note', label: '备注', type: 'text' },
      ],
    },
    { key: 'notes', title: '说明', aliases: ['备注', '编写说明'], hint: '假期、考试、机动周怎样安排。' },
  ],
  'unit-design': [
    basis,
    {
      key: 'big-idea',
      title: '大概念与基本问题',
      aliases: ['单元主题', '大概念', '核心概念', '基本问题', '单元大概念', '单元主题分析'],
      hint: '学生将理解什么；引导全单元的问题是什么。',
    },
    contentAnalysis,
    learners,
    lifeContext,
    { ...goals, title: '单元教学目标' },
    tasks,
    {
      key: 'lessons',
      title: '课时安排',
      aliases: ['课时规划', '学习进程', '教学过程', '课时划分', '单元教学过程'],
      hint: '每课时的目标、主要活动、证据和时间。',
      columns: [
        { key: 'hour', label: '第几课时', type: 'text' },
        { key: 'topic', label: '课题', type: 'text' },
        servedGoals,
        { key: 'activity', label: '主要活动', type: 'text', wide: true },
        { key: 'evidence', label: '学习证据', type: 'text' },
        { key: 'minutes', label: '时间', type: 'number', unit: '分钟', max: 400 },
      ],
    },
    homeworkItems,
    resources,
    reflection,
  ],
  'lesson-design': [
    basis,
    contentAnalysis,
    learners,
    lifeContext,
    goals,
    keyPoints,
    tasks,
    resources,
    {
      key: 'process',
      title: '教学过程',
      aliases: ['教学流程', '学习过程', '教学环节', '教学活动', '教学设计过程'],
      hint: '一行一个环节。',
      columns: [
        { key: 'phase', label: '环节', type: 'text' },
        { key: 'minutes', label: '时间', type: 'number', unit: '分钟', max: 90 },
        { key: 'teacher', label: '教师活动', type: 'text', wide: true },
        { key: 'pupils', label: '学生活动', type: 'text', wide: true },
        { key: 'intention', label: '设计意图', type: 'text', wide: true },
        { key: 'evaluation', label: '评价', type: 'text' },
        servedGoals,
      ],
    },
    { key: 'board', title: '板书设计', aliases: ['板书'], hint: '板书的文字或图片。' },
    homeworkItems,
    reflection,
  ],
  'homework-design': [
    { ...goals, title: '作业目标' },
    homeworkItems,
    { key: 'notes', title: '使用说明', aliases: ['设计说明', '作业说明'], hint: '布置、批改和讲评的建议。' },
  ],
  'unit-assessment': [
    { ...goals, title: '评价目标' },
    tasks,
    {
      key: 'self-check',
      title: '学生自评',
      aliases: ['自我评价', '学生自我检查'],
      hint: '学生自己怎样知道学会了。',
    },
    {
      key: 'next-step',
      title: '教师改进',
      aliases: ['后续改进', '教学改进'],
      hint: '根据证据，下一步怎么教。不打分，不统一测试。',
    },
  ],
  'strategy-guide': [
    { key: 'problem', title: '教学疑难', aliases: ['疑难问题', '问题'], hint: '教这一单元最难的地方。' },
    { key: 'strategy', title: '教法策略', aliases: ['策略', '教学建议'], hint: '怎样教，为什么这样教。' },
    { key: 'examples', title: '课堂举例', aliases: ['案例', '举例'], hint: '一两个可以直接用的例子。' },
  ],
  'model-lesson': [
    {
      key: 'lesson',
      title: '课例说明',
      aliases: ['课例简介', '说明'],
      hint: '执教者所在学校、班级、课题，看点在哪里。录像和材料放在附件中。',
    },
    { key: 'points', title: '学习要点', aliases: ['看点', '亮点'], hint: '看的人可以学到什么。' },
  ],
  'professional-training': [
    { key: 'plan', title: '培训安排', aliases: ['安排', '方案'], hint: '对象、时间、地点、主讲、内容。' },
  ],
  showcase: [{ key: 'plan', title: '活动安排', aliases: ['安排', '方案'], hint: '对象、时间、地点、内容。' }],
  'test-item': [
    {
      key: 'items',
      title: '试题',
      aliases: [],
      hint: '写明来源、命题人、选题人和审题人；不得使用购买的试题。',
      columns: paperItemColumns,
    },
  ],
  'test-paper': [
    {
      key: 'facts',
      title: '试卷信息',
      aliases: ['考试信息'],
      hint: '只填一行。小学只有期末考试；七、八年级可加一次期中；模拟考试只在毕业年级。',
      columns: [
        {
          key: 'purpose',
          label: '用途',
          type: 'choice',
          options: { practice: '课堂练习', final: '期末考试', midterm: '期中考试', mock: '毕业年级模拟' },
        },
        { key: 'fullMarks', label: '满分', type: 'number', unit: '分', max: 150 },
        { key: 'minutes', label: '时间', type: 'number', unit: '分钟', max: 180 },
      ],
    },
    {
      key: 'instructions',
      title: '试卷说明',
      aliases: ['说明', '命题说明'],
      hint: '年级、时间、满分、适用范围。',
    },
    {
      key: 'items',
      title: '试题',
      aliases: ['试卷'],
      hint: '写明来源、命题人、选题人和审题人；不得使用购买的试题。',
      columns: [...paperItemColumns, pickedColumn],
    },
  ],
  'theme-case': [
    {
      key: 'theme',
      title: '主题与真实问题',
      aliases: ['主题', '活动主题', '真实问题'],
      hint: '来自学生生活的什么问题。',
    },
    {
      key: 'subjects',
      title: '学科与课时',
      aliases: ['关联学科', '涉及学科'],
      hint: '一行一个学科。主导学科只有一个，课例按它计数；写明各用几课时。',
      columns: [
        { key: 'subject', label: '学科', type: 'choice', options: subjectLabels },
        { key: 'part', label: '作用', type: 'choice', options: { lead: '主导', linked: '关联' } },
        { key: 'hours', label: '课时', type: 'number', unit: '课时', max: 30 },
        { key: 'use', label: '用到的知识和方法', type: 'text' },
      ],
    },
    goals,
    tasks,
    {
      key: 'activities',
      title: '学习活动',
      aliases: ['活动过程', '活动设计', '学习过程'],
      hint: '一行一个活动，写明主要用到的学科。',
      columns: [
        { key: 'activity', label: '活动', type: 'text', wide: true },
        { key: 'subjects', label: '关联学科', type: 'text' },
        { key: 'hours', label: '课时', type: 'number', unit: '课时', max: 30 },
        servedGoals,
      ],
    },
    { key: 'results', title: '学习成果', aliases: ['成果', '成果展示'], hint: '学生做出了什么。' },
    reflection,
  ],
};
