export const phaseKinds = [
  'lead-in',
  'new-content',
  'practice',
  'discussion',
  'presentation',
  'summary',
  'other',
] as const;
/** 教学环节. */
export type PhaseKind = (typeof phaseKinds)[number];
export const phaseKindLabels: Readonly<Record<PhaseKind, string>> = {
  'lead-in': '导入',
  'new-content': '新授',
  practice: '练习',
  discussion: '讨论',
  presentation: '展示',
  summary: '小结',
  other: '其他',
};

export const questionTypes = ['what', 'why', 'how', 'what-if'] as const;
/** 四何, after 4MAT: fact, reason, method, changed conditions. */
export type QuestionType = (typeof questionTypes)[number];
export const questionTypeLabels: Readonly<Record<QuestionType, string>> = {
  what: '是何',
  why: '为何',
  how: '如何',
  'what-if': '若何',
};
export const questionTypeHints: Readonly<Record<QuestionType, string>> = {
  what: '事实',
  why: '原因',
  how: '方法',
  'what-if': '变化、创造',
};

export const followUpKinds = ['reason', 'evidence', 'another-way', 'transfer'] as const;
/** What a follow-up (追问) asks for. */
export type FollowUpKind = (typeof followUpKinds)[number];
export const followUpKindLabels: Readonly<Record<FollowUpKind, string>> = {
  reason: '问理由',
  evidence: '问依据',
  'another-way': '问别的方法',
  transfer: '问迁移',
};

export const stSymbols = ['T', 'S', 'D'] as const;
/** Teacher gives information; everything else; interaction of both (only in the variant that has it). */
export type StSymbol = (typeof stSymbols)[number];
export const stSymbolLabels: Readonly<Record<StSymbol, string>> = { T: '教师', S: '学生', D: '互动' };

export const stVariants = ['t-s', 't-s-d'] as const;
/** With interaction samples Rt = (Nt + ½Nd)/N; kept with the data, since figures of the two do not compare. */
export type StVariant = (typeof stVariants)[number];
export const stVariantLabels: Readonly<Record<StVariant, string>> = {
  't-s': '只分教师、学生（T、S）',
  't-s-d': '另记互动（T、S、D）',
};

export const stIntervals = [15, 20, 30] as const;
/** Seconds from one sample to the next. */
export type StInterval = (typeof stIntervals)[number];

export const stRegions = ['dialogue', 'lecture', 'practice', 'mixed'] as const;
export type StRegion = (typeof stRegions)[number];
/** Near, not in: the cut-offs are a convention that has been criticised. */
export const stRegionLabels: Readonly<Record<StRegion, string>> = {
  dialogue: '接近对话型',
  lecture: '接近讲授型',
  practice: '接近练习型',
  mixed: '接近混合型',
};

export const codeSetIds = ['fias-1', 'ifias-1'] as const;
export type CodeSetId = (typeof codeSetIds)[number];

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
