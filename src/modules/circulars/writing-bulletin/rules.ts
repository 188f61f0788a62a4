import type { WritingTotals } from '#modules/classroom/writing-check/contract.ts';
import { shareOf, shareText, weakestAspects } from '#modules/classroom/writing-check/rules.ts';
import {
  type Aspect,
  aspectLabels,
  aspects,
  type Fault,
  faultLabels,
  leastSample,
} from '#modules/classroom/writing-check/vocabulary/contract.ts';
import { type Stage, stageLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate, type Day } from '#platform/dates.ts';
import type { Block } from '../contract.ts';

/** What a bulletin on handwriting is written from: counts alone, nobody's and no school's name. */
export interface WritingFigures {
  readonly from: Day;
  readonly to: Day;
  readonly schools: number;
  readonly byDistrict: number;
  readonly total: WritingTotals;
  readonly stages: readonly (WritingTotals & { readonly stage: Stage })[];
  readonly faults: readonly { readonly fault: Fault; readonly checks: number }[];
  /** China day and clock, as printed. */
  readonly asOf: string;
}

export const writingRule =
  '统计期内未撤回的书写检查，含学校自查和入校巡查；比例为合格人数占抽查人数之和，抽查不足10人的不计比例。';

const mostNamed = 5;

/** What to do about each of the four, in the words of the notice, 五(一)10. */
const advice: Readonly<Record<Aspect, string>> = {
  posture: '重视学生书写坐姿不端现象，书写前提醒眼离书本一尺、胸离桌沿一拳',
  grip: '重视执笔方法不正现象，从低年级起示范手指离笔尖一寸，随时纠正',
  form: '重视字体不规范现象，课堂板书作出示范，重视笔顺和间架结构',
  neat: '提升作业、试卷上文字和符号的规范程度，各学科统一书写格式',
};

const heading = (title: string): Block => ({ kind: 'heading', level: 1, title, text: '' });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

const table = (rows: readonly (readonly [label: string, counts: WritingTotals])[]): Block => ({
  kind: 'table',
  heading: '书写检查情况',
  columns: [
    { title: '学段', align: 'left' },
    { title: '检查次数', align: 'right' },
    { title: '抽查人数', align: 'right' },
    ...aspects.map((aspect) => ({ title: aspectLabels[aspect], align: 'right' as const })),
  ],
  rows: rows.map(([label, counts]) => [
    label,
    String(counts.checks),
    String(counts.sample),
    ...aspects.map((aspect) => shareText(counts[aspect], counts.sample)),
  ]),
});

/** The draft; people edit it before it goes further. */
export const composeWritingBulletin = (figures: WritingFigures): Block[] => {
  const { total, stages, faults } = figures;
  const ordered = weakestAspects(total);
  const shareOfAspect = (aspect: Aspect): string =>
    `“${aspectLabels[aspect]}”（${shareOf(total[aspect], total.sample) ?? 0}%）`;
  const tooFew = `本期抽查不足${leastSample}人，暂不作概括。`;
  const span = `${chineseDate(figures.from)}至${chineseDate(figures.to)}`;
  return [
    paragraph(
      '按照《关于中小学研训中心组推进工作的实施方案》“通过入校作业巡查和网上阅卷评估进行定期通报”的要求，现将本期规范书写情况通报如下。',
    ),
    heading('基本情况'),
    paragraph(
      total.checks === 0
        ? `${span}，没有书写检查记录。`
        : `${span}，在${figures.schools}所学校开展书写检查${total.checks}次，其中入校巡查${figures.byDistrict}次，共抽查学生${total.sample}人次。`,
    ),
    ...(total.checks === 0
      ? []
      : [table([...stages.map((one) => [stageLabels[one.stage], one] as const), ['合计', total]])]),
    heading('值得推广的做法'),
    paragraph(
      ordered.length === 0
        ? tooFew
        : `四项中合格比例较高的是${ordered.toReversed().slice(0, 2).map(shareOfAspect).join('、')}，请各校把已有的做法坚持下去。`,
    ),
    heading('典型问题'),
    paragraph(
      ordered.length === 0
        ? tooFew
        : `四项中合格比例较低的是${ordered.slice(0, 2).map(shareOfAspect).join('、')}。`,
    ),
    ...(faults.length === 0
      ? []
      : [
          paragraph(
            `检查中提到较多的现象是${faults
              .slice(0, mostNamed)
              .map(({ fault, checks }) => `${faultLabels[fault]}（${checks}次）`)
              .join('、')}。`,
          ),
        ]),
    heading('改进建议'),
    ...(ordered.length === 0 ? aspects : ordered.slice(0, 2)).map((aspect) =>
      paragraph(`针对“${aspectLabels[aspect]}”：${advice[aspect]}。`),
    ),
    paragraph('各学科教师都要加强对学生书写规范的要求和指导。'),
    heading('数据说明'),
    paragraph(
      `${writingRule}数据截至${figures.asOf}，取自研训平台的书写检查记录。本通报只用于改进教学，不列学校、班级和学生，不作排名。`,
    ),
  ];
};
