/** The nine parts of the district's teaching system, in the notice's order (四(一)2). */
export const nineParts = [
  'pacing-guide',
  'unit-design',
  'lesson-design',
  'homework-design',
  'unit-assessment',
  'strategy-guide',
  'model-lesson',
  'professional-training',
  'showcase',
] as const;

/** What an item of the library (研训资源库) is: one of the nine parts, a test resource (四(一)5), a theme case (五(一)5). */
export const itemKinds = [...nineParts, 'test-item', 'test-paper', 'theme-case'] as const;
export type ItemKind = (typeof itemKinds)[number];
export const itemKindLabels: Readonly<Record<ItemKind, string>> = {
  'pacing-guide': '教学课时进度',
  'unit-design': '单元教学设计',
  'lesson-design': '课时教学设计',
  'homework-design': '作业设计',
  'unit-assessment': '单元质量评价',
  'strategy-guide': '教法策略辅导',
  'model-lesson': '单元示范课范例',
  'professional-training': '业务培训',
  showcase: '展示交流活动',
  'test-item': '试题资源',
  'test-paper': '试卷资源',
  'theme-case': '跨学科主题学习课例',
};

/** Kinds that belong to a whole volume; the others may name a unit and a lesson. */
export const volumeKinds: readonly ItemKind[] = ['pacing-guide'];

export const roundStates = ['drafting', 'in-review', 'approved', 'published', 'dropped'] as const;
/** 编写轮次: the writing of one next version. */
export type RoundState = (typeof roundStates)[number];
export const roundStateLabels: Readonly<Record<RoundState, string>> = {
  drafting: '编写中',
  'in-review': '审核中',
  approved: '审核通过，待发布',
  published: '已发布',
  dropped: '已停止',
};

export const verdicts = ['approved', 'changes'] as const;
export type Verdict = (typeof verdicts)[number];
export const verdictLabels: Readonly<Record<Verdict, string>> = { approved: '通过', changes: '请修改' };

export const adaptationOpenings = ['maker', 'school'] as const;
export type AdaptationOpening = (typeof adaptationOpenings)[number];
export const adaptationOpeningLabels: Readonly<Record<AdaptationOpening, string>> = {
  maker: '只有我能改',
  school: '本校同事可以一起改',
};

export const revisionCauses = ['taken', 'edited', 'updated', 'undone'] as const;
/** What made a revision (定稿) of an adaptation. */
export type RevisionCause = (typeof revisionCauses)[number];
export const revisionCauseLabels: Readonly<Record<RevisionCause, string>> = {
  taken: '开始校本化',
  edited: '修改',
  updated: '更新到区级新版',
  undone: '撤销更新',
};

export const suggestionStates = ['waiting', 'taken', 'merged', 'declined', 'withdrawn'] as const;
export type SuggestionState = (typeof suggestionStates)[number];
export const suggestionStateLabels: Readonly<Record<SuggestionState, string>> = {
  waiting: '待中心组处理',
  taken: '已采纳，待新版发布',
  merged: '已写入新版',
  declined: '暂不采纳',
  withdrawn: '已撤回',
};

/** 系统性反思的六个要素 (notice 四(三)5). */
export const reflectionAspects = ['value', 'relations', 'content', 'process', 'media', 'evaluation'] as const;
export type ReflectionAspect = (typeof reflectionAspects)[number];
export const reflectionAspectLabels: Readonly<Record<ReflectionAspect, string>> = {
  value: '课堂教学价值',
  relations: '关系',
  content: '内容',
  process: '过程',
  media: '媒介',
  evaluation: '课堂质量评价',
};
