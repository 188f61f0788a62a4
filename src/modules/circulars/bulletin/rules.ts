import { type PlaceGroup, percent, type Totals } from '#modules/evaluation/observing/rules.ts';
import { type Stage, stageLabels } from '#modules/organisation/vocabulary/contract.ts';
import { paceSentence } from '#modules/plans/rules.ts';
import { chineseDate, type Day } from '#platform/dates.ts';
import { type Block, type BulletinTopic, bulletinTopicLabels } from '../contract.ts';

export interface CriterionCounts {
  readonly code: string;
  readonly label: string;
  readonly seenWell: number;
  readonly partly: number;
  readonly notSeen: number;
}

/** What a month's bulletin is written from: counts alone, no school's and no teacher's name. */
export interface ObservingFigures {
  readonly from: Day;
  readonly to: Day;
  readonly termName: string;
  readonly elapsedTeachingDays: number;
  readonly totalTeachingDays: number;
  readonly units: number;
  /** Of these, units whose principal is not on record. */
  readonly unitsWithoutHead: number;
  /** What the units' principals owe in the term, together. */
  readonly amount: number;
  readonly month: Totals;
  readonly term: Totals;
  readonly stages: readonly (PlaceGroup<Stage> & { readonly termLessons: number })[];
  readonly consortia: readonly (PlaceGroup<string> & {
    readonly name: string;
    readonly stage: Stage;
    readonly termLessons: number;
  })[];
  readonly criteria: readonly CriterionCounts[];
  readonly rule: string;
  /** China day and clock, as printed. */
  readonly asOf: string;
}

/** Fewer judgements of a criterion than this say nothing about a district. */
export const minimumJudgements = 10;
const mostNamed = 3;

const judgements = ({ seenWell, partly, notSeen }: CriterionCounts): number => seenWell + partly + notSeen;

export interface Share {
  readonly code: string;
  readonly label: string;
  readonly part: number;
  readonly whole: number;
}

const topShares = (
  criteria: readonly CriterionCounts[],
  partOf: (criterion: CriterionCounts) => number,
): Share[] =>
  criteria
    .filter((one) => judgements(one) >= minimumJudgements && partOf(one) > 0)
    .map((one) => ({ code: one.code, label: one.label, part: partOf(one), whole: judgements(one) }))
    .toSorted(
      (a, b) => b.part / b.whole - a.part / a.whole || a.code.localeCompare(b.code, 'en', { numeric: true }),
    )
    .slice(0, mostNamed);

/** The criteria most often only partly or not seen. */
export const typicalProblems = (criteria: readonly CriterionCounts[]): Share[] =>
  topShares(criteria, ({ partly, notSeen }) => partly + notSeen);

/** The criteria most often seen well; what is named as a problem is not praised as well. */
export const goodPractice = (criteria: readonly CriterionCounts[]): Share[] => {
  const problems = new Set(typicalProblems(criteria).map(({ code }) => code));
  return topShares(
    criteria.filter(({ code }) => !problems.has(code)),
    ({ seenWell }) => seenWell,
  );
};

/** What to do about a criterion, in the words of the notice's own standard, 五(二). */
const advice: Readonly<Record<string, string>> = {
  K1: '多用“我向语言”，少用“你向语言”，尊重、接纳、信任、激励学生',
  K2: '课前把教学目标写清楚，让课堂氛围、学习方式与目标相匹配，板书随师生互动动态生成',
  K3: '教学内容问题（任务）化，问题情境化，情境生活化，提升学生的高阶思维',
  K4: '做到精讲，把课堂还给学生，少问是什么，多问为什么，用追问弄清知识的来龙去脉',
  K5: '布置学习任务时把要求和方法讲清楚，加强自主、合作、讲述、交流、探究能力的培养',
  K6: '走下讲台到学生中间去，用“问题任务、学习时间、实时评价”等方法调控课堂',
  K7: '对学生的评价指向学习的态度、行为、方法和质量，用增量评价促进学生发展',
  K8: '学习活动的难度和节奏要对多数同学构成适度紧张',
  K9: '关注全体学生，答错后给再答的机会，让每一个学生都没有遗憾地坐下',
  K10: '把研读教材的方法交给学生，指导学生学会使用教材',
};

const heading = (title: string): Block => ({ kind: 'heading', level: 1, title, text: '' });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const shareText = (part: number, whole: number): string => {
  const share = percent(part, whole);
  return share === null ? '—' : `${share}%`;
};

const named = (shares: readonly Share[]): string =>
  shares
    .map(({ code, label, part, whole }) => `“${label}”（第${code.slice(1)}条，${shareText(part, whole)}）`)
    .join('、');

const unitsText = ({ units, unitsWithoutHead }: ObservingFigures): string =>
  `全区${units}个单位${unitsWithoutHead === 0 ? '' : `（其中${unitsWithoutHead}个单位尚未登记校长）`}`;

const countParagraphs = (figures: ObservingFigures): Block[] => {
  const { month, term, amount } = figures;
  const units = unitsText(figures);
  const pace = paceSentence({
    done: term.lessons,
    amount,
    elapsedTeachingDays: figures.elapsedTeachingDays,
    totalTeachingDays: figures.totalTeachingDays,
  }).replaceAll(' ', '');
  const days = `${figures.termName}已过教学日${figures.elapsedTeachingDays}天（全学期${figures.totalTeachingDays}天）`;
  return [
    paragraph(
      month.records === 0
        ? `${chineseDate(figures.from)}至${chineseDate(figures.to)}，${units}没有已完成的校长听课记录。`
        : `${chineseDate(figures.from)}至${chineseDate(figures.to)}，${units}的校长共完成听课${month.lessons}节，` +
            `形成听课记录${month.records}份，其中已向授课教师反馈${month.fedBack}份，占${shareText(month.fedBack, month.records)}。`,
    ),
    paragraph(
      amount === 0
        ? `${days}，累计听课${term.lessons}节。`
        : `${days}，累计听课${term.lessons}节，全学期应完成${amount}节。全区${pace}`,
    ),
  ];
};

const tables = (figures: ObservingFigures): Block[] => [
  {
    kind: 'table',
    heading: '各学段校长听课情况',
    columns: [
      { title: '学段', align: 'left' },
      { title: '单位数', align: 'right' },
      { title: '本期节数', align: 'right' },
      { title: '本学期累计', align: 'right' },
      { title: '已反馈', align: 'right' },
    ],
    rows: figures.stages.map(({ key, units, totals, termLessons }) => [
      stageLabels[key],
      String(units),
      String(totals.lessons),
      String(termLessons),
      shareText(totals.fedBack, totals.records),
    ]),
  },
  {
    kind: 'table',
    heading: '各学区级研训联合体校长听课情况',
    columns: [
      { title: '学段', align: 'left' },
      { title: '联合体', align: 'left' },
      { title: '单位数', align: 'right' },
      { title: '本期节数', align: 'right' },
      { title: '本学期累计', align: 'right' },
      { title: '已反馈', align: 'right' },
    ],
    rows: figures.consortia.map(({ stage, name, units, totals, termLessons }) => [
      stageLabels[stage],
      name,
      String(units),
      String(totals.lessons),
      String(termLessons),
      shareText(totals.fedBack, totals.records),
    ]),
  },
  paragraph('表中联合体按附件2的次序排列，不分先后。九年一贯制学校按所听课的年级计入学段。'),
];

const adviceBlocks = (figures: ObservingFigures, problems: readonly Share[]): Block[] => {
  const advices = problems.flatMap(({ code, label }) => {
    const text = advice[code];
    return text === undefined ? [] : [`针对“${label}”：${text}。`];
  });
  const unfed = figures.month.records - figures.month.fedBack;
  return [
    ...advices,
    ...(unfed > 0
      ? [`听后及时交流：尚有${unfed}份记录没有反馈给授课教师，请先听教师说，再商定一处改变，下次听课时回访。`]
      : []),
    '听课尽量兼顾各年级、各学科和不同发展阶段的教师，当天一段听课可连续记录，每节简要写清优点和建议即可。',
  ].map((text) => paragraph(text));
};

/** The draft of a month's bulletin; people edit it before it goes further. */
export const composeBulletin = (figures: ObservingFigures): Block[] => {
  const problems = typicalProblems(figures.criteria);
  const good = goodPractice(figures.criteria);
  const tooFew = `本期按“高质量课堂评价标准”逐条记录的不足${minimumJudgements}次，暂不作概括。`;
  return [
    paragraph(
      '按照《关于中小学研训中心组推进工作的实施方案》建立“校长听课分析指导”定期通报制度的要求，现将本期情况通报如下。',
    ),
    heading('基本情况'),
    ...countParagraphs(figures),
    ...tables(figures),
    heading('值得推广的做法'),
    paragraph(
      good.length === 0
        ? tooFew
        : `对照“高质量课堂评价标准”，校长在课堂上看到“做得好”比例较高的是${named(good)}。`,
    ),
    heading('典型问题'),
    paragraph(
      problems.length === 0
        ? tooFew
        : `“部分做到”或“未看到”比例较高的是${named(problems)}。括号内为占该条有效记录的比例。`,
    ),
    heading('改进建议'),
    ...adviceBlocks(figures, problems),
    heading('数据说明'),
    paragraph(
      `${figures.rule}数据截至${figures.asOf}，取自研训平台的听课记录。本通报只用于改进教学，不作排名。`,
    ),
  ];
};

/** `2024-03` in words. */
export const monthName = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return `${year}年${number}月`;
};

/** `丰南区教育局关于2024年3月校长听课分析指导情况的通报`; the period in words. */
export const bulletinTitle = (issuer: string, period: string, topic: BulletinTopic): string =>
  `${issuer}关于${period}${bulletinTopicLabels[topic]}情况的通报`;
