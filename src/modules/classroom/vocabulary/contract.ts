import type { Post } from '#modules/organisation/vocabulary/contract.ts';

/** Posts in which one observes; `head` and `deputy` are those of the leading group. */
export const capacities = [
  'principal',
  'vice-principal',
  'dean',
  'subject-lead',
  'research-officer',
  'head',
  'deputy',
  'teacher',
] as const satisfies readonly Post[];
export type Capacity = (typeof capacities)[number];
export const capacityLabels: Readonly<Record<Capacity, string>> = {
  principal: '校长',
  'vice-principal': '教学副校长',
  dean: '教务主任',
  'subject-lead': '学科长',
  'research-officer': '教研员',
  head: '领导小组组长',
  deputy: '领导小组副组长',
  teacher: '教师',
};

export const lessonTypes = [
  'new-lesson',
  'revision',
  'practice',
  'review',
  'experiment',
  'integrated',
] as const;
/** 课型: what kind of lesson it is. */
export type LessonType = (typeof lessonTypes)[number];
export const lessonTypeLabels: Readonly<Record<LessonType, string>> = {
  'new-lesson': '新授课',
  revision: '复习课',
  practice: '练习课',
  review: '讲评课',
  experiment: '实验课',
  integrated: '综合实践课',
};

export const occasions = [
  'ordinary',
  'open-lesson',
  'model-lesson',
  'seminar-lesson',
  'showcase-lesson',
] as const;
/** 听课性质: what the lesson was held for; another thing than its type. */
export type Occasion = (typeof occasions)[number];
export const occasionLabels: Readonly<Record<Occasion, string>> = {
  ordinary: '常态课',
  'open-lesson': '公开课',
  'model-lesson': '示范课',
  'seminar-lesson': '研讨课',
  'showcase-lesson': '汇报课',
};

export const modes = ['live', 'video'] as const;
export type Mode = (typeof modes)[number];
export const modeLabels: Readonly<Record<Mode, string>> = { live: '现场', video: '录像' };

export const steps = ['seen-well', 'partly', 'not-seen', 'not-applicable'] as const;
export type Step = (typeof steps)[number];
export const stepLabels: Readonly<Record<Step, string>> = {
  'seen-well': '做得好',
  partly: '部分做到',
  'not-seen': '未看到',
  'not-applicable': '不适用',
};
/** The colour of a step where it is read. */
export const stepTones = {
  'seen-well': 'good',
  partly: 'info',
  'not-seen': 'warn',
  'not-applicable': 'neutral',
} as const satisfies Readonly<Record<Step, string>>;

export const states = ['draft', 'finalised', 'fed-back', 'replied'] as const;
export type State = (typeof states)[number];
export const stateLabels: Readonly<Record<State, string>> = {
  draft: '草稿',
  finalised: '已完成',
  'fed-back': '已反馈',
  replied: '老师已回复',
};

export const mostSlots = 12;
/** The longest stretch one record may cover, in lesson slots. */
export const mostLessons = 4;
