import { gradeLabels, type Stage } from '#modules/organisation/vocabulary/contract.ts';
import { numberIn } from '../../content/cell-number/rules.ts';
import type { Content } from '../../content/contract.ts';
import { rowsOf } from '../../content/rules.ts';
import type { DesignLimits } from '../contract.ts';

/** 课时 in minutes (课程方案 2022; domain.md 1.4). */
export const lessonMinutes = (stage: Stage): number => (stage === 'primary' ? 40 : 45);

/** The dated limits that the district keeps for written homework, by the same key as the homework check. */
export const homeworkLimitsKey = 'homework.limits';

interface Band extends NonNullable<DesignLimits['homework']> {
  readonly gradeFrom: number;
  readonly gradeTo: number;
}
export interface HomeworkBands {
  readonly bands: readonly Band[];
}

export const limitOf = ({ bands }: HomeworkBands, grade: number): DesignLimits['homework'] => {
  const band = bands.find(({ gradeFrom, gradeTo }) => gradeFrom <= grade && grade <= gradeTo);
  return band === undefined ? null : { minutes: band.minutes, takeHome: band.takeHome, ground: band.ground };
};

export interface SumSentence {
  readonly fits: boolean;
  readonly sentence: string;
}

const sumOf = (content: Content, key: string, column: string): number =>
  rowsOf(content, key).reduce((sum, { cells }) => sum + numberIn(cells[column]), 0);

/** Minutes of a process against whole lessons; nothing where no minutes are written. */
const processSum = (content: Content, lesson: number): SumSentence[] => {
  const sum = sumOf(content, 'process', 'minutes');
  if (sum === 0) return [];
  const lessons = Math.max(1, Math.round(sum / lesson));
  const whole = lessons * lesson;
  const name = lessons === 1 ? `一课时${whole}分钟` : `${lessons}课时${whole}分钟`;
  if (sum === whole) return [{ fits: true, sentence: `教学过程合计${sum}分钟，正好${name}。` }];
  return [
    sum > whole
      ? {
          fits: false,
          sentence: `教学过程合计${sum}分钟，比${name}多${sum - whole}分钟。请减少环节或缩短时间。`,
        }
      : {
          fits: true,
          sentence: `教学过程合计${sum}分钟，比${name}少${whole - sum}分钟，可以留给练习或小结。`,
        },
  ];
};

/** Written homework that everybody does; what is free to choose is not counted. */
export const writtenHomework = (content: Content): { readonly items: number; readonly minutes: number } => {
  const counted = rowsOf(content, 'homework').filter(
    ({ cells }) => cells['type'] === 'written' && cells['layer'] !== 'free',
  );
  return {
    items: counted.length,
    minutes: counted.reduce((sum, { cells }) => sum + numberIn(cells['minutes']), 0),
  };
};

const homeworkSum = (content: Content, grade: number, limit: DesignLimits['homework']): SumSentence[] => {
  const label = gradeLabels[grade] ?? '';
  const written = rowsOf(content, 'homework').filter(({ cells }) => cells['type'] === 'written');
  if (limit === null || written.length === 0) return [];
  if (!limit.takeHome)
    return [
      {
        fits: false,
        sentence: `有${written.length}道书面作业；${label}不布置带回家的书面作业（${limit.ground}）。请改为在校完成，或换成口头、实践作业。`,
      },
    ];
  const { minutes } = writtenHomework(content);
  if (limit.minutes === null || minutes === 0) return [];
  const rule = `${label}各科书面作业合计每天不超过${limit.minutes}分钟`;
  return [
    minutes > limit.minutes
      ? {
          fits: false,
          sentence: `书面作业预计${minutes}分钟，${rule}，一天做不完。请减少题目，或注明分几天完成。依据：${limit.ground}。`,
        }
      : { fits: true, sentence: `书面作业预计${minutes}分钟；${rule}，其余时间留给其他学科。` },
  ];
};

export const designSums = (content: Content, grade: number, limits: DesignLimits): SumSentence[] => [
  ...processSum(content, limits.lessonMinutes),
  ...homeworkSum(content, grade, limits.homework),
];

/** Class hours of a pacing guide against those the textbook's units plan; null plan where none is entered. */
export const pacingSum = (content: Content, planned: number | null): SumSentence[] => {
  const sum = sumOf(content, 'pacing', 'hours');
  if (sum === 0) return [];
  if (planned === null)
    return [{ fits: true, sentence: `进度共${sum}课时。教材目录里没有课时数，无法核对。` }];
  if (sum === planned) return [{ fits: true, sentence: `进度共${sum}课时，与教材各单元计划的课时相同。` }];
  return [
    {
      fits: false,
      sentence: `进度共${sum}课时，教材各单元计划${planned}课时，${sum > planned ? `多${sum - planned}` : `少${planned - sum}`}课时。请核对有没有重复或漏排。`,
    },
  ];
};
