import type { WordInline, WordParagraph } from '#platform/word/document.ts';
import { wordText } from '#platform/word/document.ts';
import type { Column, SectionTemplate } from '../../template/contract.ts';
import type { HintName } from '../contract.ts';

/** How a line shows that it is a heading. */
export type HeadingStyle =
  | 'outline'
  | 'brackets'
  | 'chinese'
  | 'chinese-bracket'
  | 'arabic'
  | 'bold'
  | 'plain'
  | 'cell';

export interface HeadingLine {
  style: HeadingStyle;
  /** The heading level of Word; 0 where the style is not `outline`. */
  level: number;
  /** 三 in 三、教学过程. */
  ordinal: number | null;
  title: string;
  /** What follows the label in the same line. */
  rest: WordInline[];
}

const chineseDigits = '一二三四五六七八九';
const chineseNumber = (text: string): number => {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['0', text];
  const digit = (sign: string): number => chineseDigits.indexOf(sign) + 1;
  return (text.includes('十') ? (tens === '' ? 1 : digit(tens)) * 10 : 0) + (ones === '' ? 0 : digit(ones));
};

const numberings: readonly (readonly [HeadingStyle, RegExp])[] = [
  ['chinese', /^([一二三四五六七八九十]{1,3})\s*[、．.，,：:]\s*/u],
  ['chinese-bracket', /^[（(]\s*([一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?\s*/u],
  ['arabic', /^(\d{1,2})\s*[.．、](?!\d)\s*/u],
  ['arabic', /^[（(]\s*(\d{1,2})\s*[)）]\s*[、.．]?\s*/u],
  ['arabic', /^(\d{1,2})\s*[)）]\s*/u],
  ['arabic', /^([①-⑳])\s*[、.．]?\s*/u],
];

export interface Numbered {
  style: HeadingStyle;
  ordinal: number;
  /** How many characters the number takes. */
  length: number;
}

/** The number a text begins with: 一、（一）1. 1、（1）①. */
export const numberAt = (text: string): Numbered | null => {
  for (const [style, pattern] of numberings) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [whole, sign = ''] = match;
    const circled = sign.charCodeAt(0) - 0x245f;
    const ordinal = /^\d/u.test(sign)
      ? Number(sign)
      : circled >= 1 && circled <= 20
        ? circled
        : chineseNumber(sign);
    return { style, ordinal, length: whole.length };
  }
  return null;
};

/** The text with a sign for every formula and picture, so that no label reaches over one. */
export const markedText = (content: readonly WordInline[]): string =>
  content
    .map((inline) => (inline.kind === 'text' ? inline.text : inline.kind === 'break' ? '\n' : '\ufffc'))
    .join('');

/** The inlines without their first characters of text. */
export const afterCharacters = (content: readonly WordInline[], count: number): WordInline[] => {
  const out: WordInline[] = [];
  let left = count;
  for (const inline of content) {
    if (left > 0 && inline.kind === 'text') {
      const text = inline.text.slice(left);
      left = Math.max(0, left - inline.text.length);
      if (text !== '') out.push({ ...inline, text });
    } else if (left > 0 && inline.kind === 'break') left -= 1;
    else out.push(inline);
  }
  const [first] = out;
  if (first?.kind === 'text') {
    const text = first.text.trimStart();
    if (text === '') out.shift();
    else out[0] = { ...first, text };
  }
  return out;
};

const longestTitle = 30;
const sentence = /[。；;？?！!]/u;

/** A paragraph as a heading, or as a label with its text behind a colon; null where it is neither. */
export const headingOf = (paragraph: WordParagraph): HeadingLine | null => {
  const { content, outline, label } = paragraph;
  const text = markedText(content);
  if (wordText(content).trim() === '') return null;
  const own = numberAt(text);
  const numbered = own ?? numberAt(label);
  const start = own?.length ?? 0;
  const body = text.slice(start);
  if (outline !== null && outline > 0)
    return {
      style: 'outline',
      level: outline,
      ordinal: numbered?.ordinal ?? null,
      title: body.trim(),
      rest: atoms(content),
    };
  const brackets = /^\s*[【[〔]([^】\]〕]{1,20})[】\]〕]\s*[:：]?\s*/u.exec(body);
  if (brackets !== null) {
    const [whole, title = ''] = brackets;
    const rest = afterCharacters(content, start + whole.length);
    return { style: 'brackets', level: 0, ordinal: numbered?.ordinal ?? null, title, rest };
  }
  const bold = content.every(
    (inline) => inline.kind !== 'text' || inline.text.trim() === '' || inline.marks.includes('bold'),
  );
  const style = numbered?.style ?? (bold ? 'bold' : 'plain');
  const shared = { style, level: 0, ordinal: numbered?.ordinal ?? null };
  const colon = /^([^:：\n\ufffc]{1,16})[:：]\s*/u.exec(body);
  if (colon !== null) {
    const [whole, title = ''] = colon;
    const rest = afterCharacters(content, start + whole.length);
    if (!sentence.test(title)) return { ...shared, title: title.trim(), rest };
  }
  if (content.some(({ kind }) => kind !== 'text')) return null;
  if (body.trim().length > longestTitle || sentence.test(body)) return null;
  return { ...shared, title: body.trim(), rest: [] };
};

/** Formulas and pictures of a heading, which its title does not hold. */
const atoms = (content: readonly WordInline[]): WordInline[] =>
  content.filter(({ kind }) => kind === 'formula' || kind === 'picture');

/** For comparing: no white space, no punctuation, no remark in brackets. */
export const bareLabel = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s\u200b]/gu, '')
    .replaceAll(/[([][^)\]]*[)\]]$/gu, '')
    .replaceAll(/[《》〈〉【】〔〕[\]“”"':、,.·。;—\-_*#()]/gu, '');

const prefixes = /^(?:本节课的?|本课的?|本单元的?|单元整体|单元|课时|本章|我的|主要)/u;
const suffixes = /(?:的?设计|的?分析|的?安排|的?确定|的?设定|的?制定|的?预设|的?解读)$/u;

/** Names of sections that no template lists, by the key they most often mean. */
const keywords: readonly (readonly [RegExp, string])[] = [
  [/重点|难点/u, 'key-points'],
  [/学情|学生情况|学习者/u, 'learners'],
  [/教材|内容分析|内容解析|文本解读|文本分析/u, 'content-analysis'],
  [/课标|课程标准|新课标/u, 'basis'],
  [/目标/u, 'goals'],
  [/准备|教具|学具|教学媒体|教学资源|教学工具/u, 'resources'],
  [/板书/u, 'board'],
  [/反思|后记|教后|札记/u, 'reflection'],
  [/作业|课后练习/u, 'homework'],
  [/过程|流程|教学环节|教学步骤/u, 'process'],
  [/过程|进程|课时.*安排|课时.*规划/u, 'lessons'],
  [/活动过程|活动设计|学习活动/u, 'activities'],
  [/评价|评估/u, 'tasks'],
  [/进度/u, 'pacing'],
];

export interface SectionMatch {
  section: SectionTemplate;
  sure: boolean;
}

/** The section a label names: by its title or an alias surely, by what it contains as a guess. */
export const matchSection = (
  label: string,
  template: readonly SectionTemplate[],
  guessing: boolean,
): SectionMatch | null => {
  const bare = bareLabel(label);
  if (bare === '' || bare.length > 24) return null;
  const named = (name: string): SectionTemplate | undefined =>
    template.find(({ title }) => bareLabel(title) === name) ??
    template.find(({ aliases }) => aliases.some((alias) => bareLabel(alias) === name));
  const exact = named(bare);
  if (exact !== undefined) return { section: exact, sure: true };
  const stripped = bare.replace(prefixes, '');
  const near = named(stripped) ?? named(stripped.replace(suffixes, '')) ?? named(`教学${stripped}`);
  if (near !== undefined) return { section: near, sure: stripped.length >= 4 };
  if (!guessing || bare.length > 14) return null;
  for (const [pattern, key] of keywords) {
    const section = template.find((candidate) => candidate.key === key);
    if (section !== undefined && pattern.test(bare)) return { section, sure: false };
  }
  return null;
};

const factNames: Readonly<Record<string, readonly string[]>> = {
  title: [
    '课题',
    '课题名称',
    '教学课题',
    '学习课题',
    '课文',
    '课名',
    '授课内容',
    '授课课题',
    '课程名称',
    '名称',
  ],
  subject: ['学科', '科目', '任教学科', '学科领域'],
  grade: ['年级', '授课年级', '年级班级', '年级学期', '学段', '适用年级'],
  edition: ['教材版本', '版本', '使用教材', '教科书版本', '教材'],
  unit: ['单元', '所属单元', '单元名称', '教学单元', '章节', '所在单元'],
  lessonHour: ['课时', '总课时', '课时数', '第几课时', '授课课时', '计划课时', '所需课时'],
  other: [
    '班级',
    '授课班级',
    '教师',
    '授课教师',
    '任课教师',
    '执教',
    '执教者',
    '执教教师',
    '设计者',
    '设计教师',
    '主备人',
    '主备教师',
    '主备',
    '备课人',
    '备课教师',
    '作者',
    '参备人',
    '参与教师',
    '学校',
    '单位',
    '日期',
    '授课日期',
    '授课时间',
    '备课时间',
    '上课时间',
    '使用时间',
    '课型',
    '周次',
    '审核人',
    '审核',
    '教研组长',
    '时间',
    '册次',
    '册别',
    '版次',
    '副标题',
    '姓名',
    '考号',
    '满分',
    '类型',
    '编号',
    '地点',
    '课次',
  ],
};
const hintNames: readonly HintName[] = ['title', 'subject', 'grade', 'edition', 'unit', 'lessonHour'];

/** The fact of the head that a label names. */
export const matchFact = (label: string): HintName | 'other' | null => {
  const bare = bareLabel(label);
  for (const name of [...hintNames, 'other' as const])
    if (factNames[name]?.includes(bare) === true) return name;
  return null;
};

/** Other names of columns, by their key. */
const columnNames: Readonly<Record<string, readonly string[]>> = {
  phase: [
    '教学环节',
    '活动环节',
    '学习环节',
    '步骤',
    '教学步骤',
    '流程',
    '教学流程',
    '阶段',
    '教学阶段',
    '环节名称',
    '程序',
    '教学程序',
    '任务',
  ],
  minutes: ['用时', '时长', '预计时间', '时间分配', '分钟', '时间预设', '预计用时', '预计时长'],
  teacher: [
    '教师行为',
    '教师',
    '教的活动',
    '教师导学',
    '教师引导',
    '师生活动',
    '教学活动',
    '教学内容',
    '教师的活动',
    '教师组织',
    '活动内容',
    '教学过程',
    '教师活动预设',
    '导学活动',
    '过程',
    '内容',
    '教与学活动',
  ],
  pupils: [
    '学生行为',
    '学生',
    '学的活动',
    '学习活动',
    '学生学习',
    '学生的活动',
    '学生活动预设',
    '学生学习活动',
  ],
  intention: ['意图', '目的', '设计说明', '活动意图', '设计目的'],
  evaluation: ['评价要点', '评价任务', '评价方式', '学习评价', '评价标准', '持续性评价'],
  goals: ['目标', '指向目标', '对应的目标', '对应学习目标', '学习目标', '教学目标'],
  goal: ['教学目标', '学习目标', '单元目标', '目标内容', '目标描述'],
  competency: ['素养', '学科核心素养', '指向素养', '核心素养表现'],
  level: ['学习水平', '水平层次', '认知水平', '水平', '目标水平'],
  task: ['任务', '评价内容', '学习任务'],
  criteria: ['标准', '评价指标', '评分标准'],
  evidence: ['学习证据', '评价证据', '依据'],
  item: ['作业内容', '内容', '作业', '题目内容', '作业题目'],
  type: ['作业类型', '题目类型', '形式', '作业形式'],
  layer: ['分层', '作业层次', '层级'],
  answer: ['参考答案', '答案与评分标准', '答案及评分标准', '答案', '批改说明'],
  sourceNote: ['出处说明', '来源说明'],
  hour: ['课时', '课次', '课时序号'],
  topic: ['内容', '教学内容', '课题名称', '教学课题', '进度内容', '学习内容', '课时内容', '主题'],
  activity: ['活动', '学习活动', '活动内容', '教学活动', '活动名称'],
  hours: ['课时数', '课时安排', '节数'],
  week: ['周', '周序', '教学周'],
  note: ['说明', '其他'],
  subjects: ['学科', '关联的学科', '融合学科', '涉及学科'],
  stem: ['试题', '题干', '试题内容', '题目内容'],
  points: ['分数', '得分', '满分'],
  number: ['序号', '编号'],
  author: ['命题教师', '出题人'],
};

/** The column of a section that the head of a table column names. */
export const matchColumn = (label: string, columns: readonly Column[]): Column | null => {
  const bare = bareLabel(label);
  if (bare === '' || bare.length > 14) return null;
  return (
    columns.find((column) => bareLabel(column.label) === bare) ??
    columns.find(({ key }) => columnNames[key]?.includes(bare) === true) ??
    null
  );
};
