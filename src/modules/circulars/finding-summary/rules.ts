import type { FindingFigures } from '#modules/classroom/finding/contract.ts';
import { type FindingType, findingTypeLabels } from '#modules/classroom/finding/vocabulary/contract.ts';
import { chineseDate, type Day } from '#platform/dates.ts';
import type { Block } from '../contract.ts';

export interface TypeFigures extends FindingFigures {
  readonly type: FindingType;
}

/** What a bulletin on findings is written from: counts alone; schools in their usual order, nobody's name. */
export interface FindingSummary {
  readonly from: Day;
  readonly to: Day;
  readonly all: FindingFigures;
  /** In the order of the vocabulary. */
  readonly types: readonly TypeFigures[];
  /** All units, in the order of appendix 2; after them schools with findings that are units no more. */
  readonly schools: readonly (FindingFigures & { readonly schoolName: string })[];
  /** Letters issued in the period that stand. */
  readonly letters: number;
  readonly answerDays: number;
  /** China day and clock, as printed. */
  readonly asOf: string;
}

/** What each figure counts; the answer days are a setting. */
export const figureRules = (answerDays: number): string[] => [
  `问题：统计期内发现、由区级交办给学校的问题，学校已经认领，或者${answerDays}天说明期已满；学校内部的问题和已撤销的不计。`,
  '已销号：回头看以后予以销号。未销号：已交办而尚未销号。',
  '逾期：未销号，且到整改期限还没有报整改完成；按期报了、等待回头看的不算。',
  '销号用时：从交办到销号的天数，取中位数。',
  '退回：回头看以后退回过一次以上；占比为退回过的占回头看过的（已销号或退回过）的比例。',
  '重复发生：登记时注明学校以前发生过。',
];

export const summaryRule = (answerDays: number): string => figureRules(answerDays).join('');

/** Fewer findings than this say nothing about a district. */
export const minimumFindings = 5;
const mostNamed = 3;

/** The types found most often. */
export const typicalTypes = (types: readonly TypeFigures[]): TypeFigures[] =>
  types
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total)
    .slice(0, mostNamed);

/** Types of which several were closed, none was sent back and none is overdue. */
export const wellPutRight = (types: readonly TypeFigures[]): TypeFigures[] =>
  types
    .filter(({ closed, sentBack, overdue, repeated }) => closed >= 2 && sentBack + overdue + repeated === 0)
    .toSorted((a, b) => b.closed - a.closed)
    .slice(0, mostNamed);

/** What to do about a type, in the words of the notice where it has some. */
const advice: Readonly<Record<FindingType, string>> = {
  'unclear-ideas': '从“教师的教、学生的学及学业质量评价”的一致性入手，对照课程标准学一次、议一次、改一次',
  'wrong-methods': '把课堂还给学生，做到精讲，由备课组拿出修改后的设计，再听一节',
  'untrue-evaluation': '评价指向学习的态度、行为、方法和质量，用增量评价促进学生发展',
  routine: '加强课堂教学管理，教师在“研、备、上、辅、评”等环节全程落实课改精神',
  safety: '当日排查、当日处置，专人负责，处置结果及时报告',
  handwriting: '各学科教师都要加强对学生书写规范的要求和指导，从坐姿、执笔做起',
  'course-opening': '开齐、开足、开好课程，不挪用、不挤占，调课有记录',
  homework: '落实“双减”政策，由年级组统筹各科作业，以每班每天合计分钟数控制总量',
  'study-aids': '对照备案目录逐一清理，坚持自愿，不组织、不推荐目录以外的教辅',
};

const heading = (title: string): Block => ({ kind: 'heading', level: 1, title, text: '' });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

const shareText = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((part / whole) * 100)}%`;
const daysText = (days: number | null): string => (days === null ? '—' : `${Math.round(days * 10) / 10}天`);
const quoted = (type: FindingType): string => `“${findingTypeLabels[type]}”`;

const columns = (titles: readonly string[]) =>
  titles.map((title, index) => ({ title, align: index === 0 ? ('left' as const) : ('right' as const) }));

const counts = (row: FindingFigures): string[] => [row.total, row.closed, row.open, row.overdue].map(String);
const withLooks = (row: FindingFigures): string[] => [
  ...counts(row),
  ...[row.sentBack, row.repeated].map(String),
];

const span = ({ from, to }: FindingSummary): string => `${chineseDate(from)}至${chineseDate(to)}`;

const basics = (summary: FindingSummary): Block[] => {
  const { all, types, schools, letters } = summary;
  if (all.total === 0) return [paragraph(`${span(summary)}，没有计入统计的问题。`)];
  const touched = schools.filter(({ total }) => total > 0).length;
  const recheck =
    all.rechecked === 0
      ? '还没有回头看过的。'
      : `已回头看${all.rechecked}个，其中退回过${all.sentBack}个，占${shareText(all.sentBack, all.rechecked)}。`;
  return [
    paragraph(
      `${span(summary)}，共发现问题${all.total}个，涉及${touched}所学校。已销号${all.closed}个，未销号${all.open}个，其中逾期${all.overdue}个。` +
        (all.medianDays === null ? '' : `销号用时的中位数为${daysText(all.medianDays)}。`) +
        recheck +
        `重复发生${all.repeated}个。` +
        (letters === 0 ? '' : `期内印发整改通知书${letters}份。`),
    ),
    {
      kind: 'table',
      heading: '各类问题整改情况',
      columns: columns(['类型', '问题', '已销号', '未销号', '逾期', '退回过', '重复发生']),
      rows: [
        ...types
          .filter(({ total }) => total > 0)
          .map((row) => [findingTypeLabels[row.type], ...withLooks(row)]),
        ['合计', ...withLooks(all)],
      ],
    },
    {
      kind: 'table',
      heading: '各校问题整改情况',
      columns: columns(['学校', '问题', '已销号', '未销号', '逾期']),
      rows: schools.map((row) => [row.schoolName, ...counts(row)]),
    },
    paragraph('表中学校按附件2的次序排列，不分先后，不作排名。问题多少与检查次数有关，不作学校之间的比较。'),
  ];
};

const good = ({ all, types }: FindingSummary): string => {
  const found = wellPutRight(types);
  if (all.total < minimumFindings) return `本期计入统计的问题不足${minimumFindings}个，暂不作概括。`;
  if (found.length === 0) return '本期没有哪一类问题全部一次改好，请各校把措施落到具体的人、具体的课上。';
  return `${found.map(({ type, closed }) => `${quoted(type)}类问题已销号${closed}个`).join('，')}，都没有退回、没有逾期、没有重复发生。请各校把这些措施写进常规坚持下去。`;
};

const typical = ({ all, types }: FindingSummary): Block[] => {
  if (all.total < minimumFindings)
    return [paragraph(`本期计入统计的问题不足${minimumFindings}个，暂不作概括。`)];
  const again = types.filter(({ repeated }) => repeated > 0);
  return [
    paragraph(
      `发现较多的是${typicalTypes(types)
        .map(({ type, total }) => `${quoted(type)}（${total}个，占${shareText(total, all.total)}）`)
        .join('、')}。`,
    ),
    ...(again.length === 0
      ? []
      : [
          paragraph(
            `改过以后又发生的有${again.map(({ type, repeated }) => `${quoted(type)}（${repeated}个）`).join('、')}，说明原因还没有找准。`,
          ),
        ]),
  ];
};

/** The draft; people edit it before it goes further. */
export const composeFindingSummary = (summary: FindingSummary): Block[] => {
  const { all, types } = summary;
  return [
    paragraph(
      '按照《关于中小学研训中心组推进工作的实施方案》建立常规巡研、巡课制度的要求，现将本期问题整改情况通报如下。',
    ),
    heading('基本情况'),
    ...basics(summary),
    heading('值得推广的做法'),
    paragraph(good(summary)),
    heading('典型问题'),
    ...typical(summary),
    heading('改进建议'),
    ...typicalTypes(types).map(({ type }) => paragraph(`针对${quoted(type)}：${advice[type]}。`)),
    ...(all.overdue > 0
      ? [paragraph(`尚有${all.overdue}个问题超过整改期限，请有关学校抓紧办理；确需延期的，写明原因和日期。`)]
      : []),
    ...(all.sentBack > 0
      ? [paragraph('报整改完成以前，请学校自己先看一遍：措施是否落实到课上，同类的班级、学科是否也有。')]
      : []),
    paragraph('请各校举一反三，对照典型问题自查自改，不另报材料。'),
    heading('数据说明'),
    ...figureRules(summary.answerDays).map(paragraph),
    paragraph(
      `数据截至${summary.asOf}，取自研训平台的问题整改记录。本通报只用于改进教学，不列个人，不作排名。`,
    ),
  ];
};
