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
