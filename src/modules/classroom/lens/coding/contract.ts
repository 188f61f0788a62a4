import type { CodeSetId } from '../vocabulary/contract.ts';

export interface CodeSet {
  readonly label: string;
  /** What may be entered, with its category (row and column of the matrix). */
  readonly codes: readonly { readonly code: string; readonly category: number; readonly label: string }[];
  readonly categories: number;
  /** The category put before the first and after the last code: silence. */
  readonly boundary: number;
  readonly pupilTalk: readonly number[];
  readonly silence: readonly number[];
  readonly technology: readonly number[];
}

/** An edition is never changed: another list of codes gets another id. */
export const codeSets: Readonly<Record<CodeSetId, CodeSet>> = {
  'fias-1': {
    label: '弗兰德斯（FIAS，10 类）',
    codes: [
      { code: '1', category: 1, label: '接纳情感' },
      { code: '2', category: 2, label: '表扬或鼓励' },
      { code: '3', category: 3, label: '接受或利用学生想法' },
      { code: '4', category: 4, label: '提问' },
      { code: '5', category: 5, label: '讲授' },
      { code: '6', category: 6, label: '指示' },
      { code: '7', category: 7, label: '批评或维护权威' },
      { code: '8', category: 8, label: '学生被动说话' },
      { code: '9', category: 9, label: '学生主动说话' },
      { code: '10', category: 10, label: '安静或混乱' },
    ],
    categories: 10,
    boundary: 10,
    pupilTalk: [8, 9],
    silence: [10],
    technology: [],
  },
  'ifias-1': {
    label: '改进型弗兰德斯（iFIAS，14 类）',
    codes: [
      { code: '1', category: 1, label: '接纳情感' },
      { code: '2', category: 2, label: '表扬或鼓励' },
      { code: '3', category: 3, label: '采纳学生意见' },
      { code: '4.1', category: 4, label: '开放性提问' },
      { code: '4.2', category: 4, label: '封闭性提问' },
      { code: '5', category: 5, label: '讲授' },
      { code: '6', category: 6, label: '指示' },
      { code: '7', category: 7, label: '批评' },
      { code: '8', category: 8, label: '学生被动应答' },
      { code: '9.1', category: 9, label: '学生主动应答' },
      { code: '9.2', category: 9, label: '学生主动提问' },
      { code: '10', category: 10, label: '与同伴讨论' },
      { code: '11', category: 11, label: '无助于教学的混乱' },
      { code: '12', category: 12, label: '有助于教学的沉寂' },
      { code: '13', category: 13, label: '教师操纵技术' },
      { code: '14', category: 14, label: '学生操纵技术' },
    ],
    categories: 14,
    // Its 10 is talk among pupils; the silence that FIAS pads with is its 12.
    boundary: 12,
    pupilTalk: [8, 9, 10],
    silence: [11, 12],
    technology: [13, 14],
  },
};

/** Seconds per code. */
export const codeEvery = 3;
