import type { CodeSetId } from '../vocabulary/contract.ts';
import { type CodeSet, codeSets } from './contract.ts';

/** Codes as typed or copied, between spaces, commas or line ends; what the set does not know stands apart. */
export const readCodes = (text: string, setId: CodeSetId): { codes: string[]; unknown: string[] } => {
  const known = new Set(codeSets[setId].codes.map(({ code }) => code));
  const parts = text.split(/[\s,，、;；|]+/).filter((part) => part !== '');
  return {
    codes: parts.filter((part) => known.has(part)),
    unknown: [...new Set(parts.filter((part) => !known.has(part)))],
  };
};

/** Row and column 0 stand for category 1. */
export type Matrix = readonly (readonly number[])[];

/**
 * Counts each pair of neighbours, with the category of silence put before the first and after the last code,
 * so that a category's row and column have the same total and all cells sum to codes + 1.
 */
export const matrixOf = (codes: readonly string[], setId: CodeSetId): Matrix => {
  const { categories, boundary, codes: known } = codeSets[setId];
  const matrix = Array.from({ length: categories }, () => Array.from({ length: categories }, () => 0));
  const categoryOf = new Map(known.map(({ code, category }) => [code, category]));
  const chain = [boundary, ...codes.flatMap((code) => categoryOf.get(code) ?? []), boundary];
  for (const [index, category] of chain.slice(0, -1).entries()) {
    const row = matrix[category - 1];
    const column = (chain[index + 1] ?? boundary) - 1;
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return matrix;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

export const rowTotals = (matrix: Matrix): number[] => matrix.map((row) => sum(row));
export const columnTotals = (matrix: Matrix): number[] =>
  matrix.map((_, column) => sum(matrix.map((row) => row[column] ?? 0)));

export const ratioKeys = [
  'teacher-talk',
  'pupil-talk',
  'silence',
  'indirect-direct',
  'positive-negative',
  'teacher-response',
  'teacher-question',
  'pupil-initiation',
  'instant-response',
  'instant-question',
  'content-cross',
  'steady-state',
  'pupil-steady-state',
  'warm-exchange',
  'strained-exchange',
  'technology',
  'open-question',
] as const;
export type RatioKey = (typeof ratioKeys)[number];

/** Null where the divisor is 0, or where the code set does not have it. */
export type Ratios = Readonly<Record<RatioKey, number | null>>;

const over = (above: number, below: number): number | null => (below === 0 ? null : above / below);

const teacherTalk = [1, 2, 3, 4, 5, 6, 7];
const indirect = [1, 2, 3, 4];
const direct = [5, 6, 7];
const positive = [1, 2, 3];
const negative = [6, 7];
const pupilSpeech = [8, 9];
const content = [4, 5];

export const ratiosOf = (codes: readonly string[], setId: CodeSetId): Ratios => {
  const set: CodeSet = codeSets[setId];
  const matrix = matrixOf(codes, setId);
  const totals = columnTotals(matrix);
  const n = sum(totals);
  const of = (categories: readonly number[]): number =>
    sum(categories.map((category) => totals[category - 1] ?? 0));
  const cells = (rows: readonly number[], columns: readonly number[]): number =>
    sum(rows.flatMap((row) => columns.map((column) => matrix[row - 1]?.[column - 1] ?? 0)));
  const entered = (code: string): number => codes.filter((one) => one === code).length;
  const all = matrix.map((_, index) => index + 1);
  const besideContent = all.filter((category) => !content.includes(category));
  return {
    'teacher-talk': over(of(teacherTalk), n),
    'pupil-talk': over(of(set.pupilTalk), n),
    silence: over(of(set.silence), n),
    'indirect-direct': over(of(indirect), of(direct)),
    'positive-negative': over(of(positive), of(negative)),
    'teacher-response': over(of(positive), of(positive) + of(negative)),
    'teacher-question': over(of([4]), of([4]) + of([5])),
    'pupil-initiation': over(of([9]), of(pupilSpeech)),
    'instant-response': over(
      cells(pupilSpeech, positive),
      cells(pupilSpeech, positive) + cells(pupilSpeech, negative),
    ),
    'instant-question': over(cells(pupilSpeech, [4]), cells(pupilSpeech, content)),
    'content-cross': over(cells(content, all) + cells(besideContent, content), n),
    'steady-state': over(sum(all.map((category) => cells([category], [category]))), n),
    'pupil-steady-state': over(cells([8], [8]) + cells([9], [9]), of(pupilSpeech)),
    'warm-exchange': over(cells(positive, positive), n),
    'strained-exchange': over(cells([7, 8], [6, 7]), n),
    technology: set.technology.length === 0 ? null : over(of(set.technology), n),
    'open-question': over(entered('4.1'), entered('4.1') + entered('4.2')),
  };
};

interface RatioText {
  readonly label: string;
  readonly formula: string;
  /** The value in circulation, in per cent; from American classrooms around 1970. */
  readonly norm?: string;
  /** How many times, where the others are shares. */
  readonly isTimes?: boolean;
  readonly onlyIn?: CodeSetId;
}

export const ratioTexts: Readonly<Record<RatioKey, RatioText>> = {
  'teacher-talk': { label: '教师语言比率', formula: '1—7 类 ÷ 总数', norm: '68' },
  'pupil-talk': { label: '学生语言比率', formula: '学生说话各类 ÷ 总数', norm: '20' },
  silence: { label: '安静比率', formula: '安静或混乱 ÷ 总数', norm: '11—12' },
  'indirect-direct': { label: '间接与直接影响之比', formula: '1—4 类 ÷ 5—7 类', isTimes: true },
  'positive-negative': { label: '积极与消极强化之比', formula: '1—3 类 ÷ 6—7 类', isTimes: true },
  'teacher-response': { label: '教师回应比率', formula: '1—3 类 ÷（1—3 类 + 6—7 类）', norm: '42' },
  'teacher-question': { label: '教师提问比率', formula: '4 类 ÷（4 类 + 5 类）', norm: '26' },
  'pupil-initiation': { label: '学生主动说话比率', formula: '9 类 ÷（8 类 + 9 类）', norm: '34' },
  'instant-response': {
    label: '教师即时回应比率',
    formula: '学生说话之后：1—3 类 ÷（1—3 类 + 6—7 类）',
    norm: '60',
  },
  'instant-question': {
    label: '教师即时提问比率',
    formula: '学生说话之后：4 类 ÷（4 类 + 5 类）',
    norm: '44',
  },
  'content-cross': { label: '内容交叉比率', formula: '第 4、5 行和列各格 ÷ 总数', norm: '55' },
  'steady-state': { label: '稳定状态比率', formula: '对角线各格 ÷ 总数', norm: '50' },
  'pupil-steady-state': {
    label: '学生稳定状态比率',
    formula: '(8,8)、(9,9) 两格 ÷（8 类 + 9 类）',
    norm: '35—40',
  },
  'warm-exchange': { label: '积极整合格', formula: '1—3 行 × 1—3 列 ÷ 总数' },
  'strained-exchange': { label: '缺陷格', formula: '7—8 行 × 6—7 列 ÷ 总数' },
  technology: { label: '技术使用比率', formula: '13、14 类 ÷ 总数', onlyIn: 'ifias-1' },
  'open-question': { label: '开放性提问比率', formula: '4.1 ÷（4.1 + 4.2）', onlyIn: 'ifias-1' },
};
