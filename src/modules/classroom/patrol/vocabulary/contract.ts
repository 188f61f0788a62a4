export const results = ['unseen', 'in-order', 'noted'] as const;
/** `unseen` is a mark taken back. */
export type Result = (typeof results)[number];

export const findingKinds = [
  'teacher-absent',
  'teacher-late',
  'teacher-left-early',
  'empty-room',
  'lesson-swapped',
  'lesson-diverted',
  'lesson-occupied',
  'sitting',
  'phone',
  'pupils-standing',
  'disguised-punishment',
  'corporal-punishment',
  'disorder',
  'sleeping',
  'inattentive',
  'manner',
  'board',
  'mandarin',
  'abnormal-event',
  'highlight',
] as const;
export type FindingKind = (typeof findingKinds)[number];
export const findingLabels: Readonly<Record<FindingKind, string>> = {
  'teacher-absent': '教师未到',
  'teacher-late': '迟到',
  'teacher-left-early': '早退',
  'empty-room': '空堂',
  'lesson-swapped': '调换',
  'lesson-diverted': '挪用',
  'lesson-occupied': '挤占',
  sitting: '坐着讲课',
  phone: '用手机',
  'pupils-standing': '学生罚站',
  'disguised-punishment': '变相体罚',
  'corporal-punishment': '体罚',
  disorder: '秩序不好',
  sleeping: '睡觉',
  inattentive: '不专心',
  manner: '教态',
  board: '板书',
  mandarin: '普通话',
  'abnormal-event': '异常情况',
  highlight: '亮点',
};

/** In the order of a glance through the door. */
export const findingGroups: readonly {
  readonly label: string;
  readonly kinds: readonly FindingKind[];
}[] = [
  { label: '到岗', kinds: ['teacher-absent', 'teacher-late', 'teacher-left-early', 'empty-room'] },
  { label: '课务', kinds: ['lesson-swapped', 'lesson-diverted', 'lesson-occupied'] },
  {
    label: '教师行为',
    kinds: ['sitting', 'phone', 'pupils-standing', 'disguised-punishment', 'corporal-punishment'],
  },
  { label: '学生', kinds: ['disorder', 'sleeping', 'inattentive'] },
  { label: '教态与板书', kinds: ['manner', 'board', 'mandarin'] },
  { label: '其他', kinds: ['abnormal-event', 'highlight'] },
];

/** Told to the principal at once. */
export const seriousKinds: readonly FindingKind[] = [
  'abnormal-event',
  'corporal-punishment',
  'disguised-punishment',
];
/** With a number of pupils, never a name. */
export const countedKinds: readonly FindingKind[] = [
  'pupils-standing',
  'disorder',
  'sleeping',
  'inattentive',
];
/** Noted, and nothing to put right: a swapped lesson is given on another day. */
export const harmlessKinds: readonly FindingKind[] = ['lesson-swapped', 'highlight'];
/** The subject of the timetable lost this lesson. */
export const lostLessonKinds: readonly FindingKind[] = ['lesson-diverted', 'lesson-occupied'];

export const handlings = ['on-the-spot', 'cover-arranged', 'reported', 'after-class'] as const;
export type Handling = (typeof handlings)[number];
export const handlingLabels: Readonly<Record<Handling, string>> = {
  'on-the-spot': '当场提醒',
  'cover-arranged': '已安排人到岗',
  reported: '已报告校长',
  'after-class': '课后沟通',
};

export const halfDays = ['morning', 'afternoon'] as const;
export type HalfDay = (typeof halfDays)[number];
export const halfDayLabels: Readonly<Record<HalfDay, string>> = { morning: '上午', afternoon: '下午' };
