export const stages = ['primary', 'junior'] as const;
export type Stage = (typeof stages)[number];
export const stageLabels: Readonly<Record<Stage, string>> = { primary: '小学', junior: '初中' };

export const subjects = [
  'chinese',
  'mathematics',
  'english',
  'physics',
  'chemistry',
  'ethics-and-law',
  'history',
  'geography',
  'biology',
  'science',
  'information-technology',
  'physical-education',
  'arts',
  'music',
  'fine-art',
  'labour',
  'integrated-practice',
  'local-course',
  'school-course',
] as const;
export type Subject = (typeof subjects)[number];
export const subjectLabels: Readonly<Record<Subject, string>> = {
  chinese: '语文',
  mathematics: '数学',
  english: '英语',
  physics: '物理',
  chemistry: '化学',
  'ethics-and-law': '道德与法治',
  history: '历史',
  geography: '地理',
  biology: '生物',
  science: '科学',
  'information-technology': '信息科技',
  'physical-education': '体育与健康',
  arts: '艺术',
  music: '音乐',
  'fine-art': '美术',
  labour: '劳动',
  'integrated-practice': '综合实践活动',
  'local-course': '地方课程',
  'school-course': '校本课程',
};

export const grades = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export const gradeLabels: readonly string[] = [
  '',
  '一年级',
  '二年级',
  '三年级',
  '四年级',
  '五年级',
  '六年级',
  '七年级',
  '八年级',
  '九年级',
];

export const weekParities = ['every', 'odd', 'even'] as const;
/** 单双周: in which weeks of the term (周次) a lesson is taught. */
export type WeekParity = (typeof weekParities)[number];
export const weekParityLabels: Readonly<Record<WeekParity, string>> = {
  every: '每周',
  odd: '单周',
  even: '双周',
};

export const schoolKinds = ['primary', 'junior', 'nine-year', 'central', 'campus', 'teaching-point'] as const;
export type SchoolKind = (typeof schoolKinds)[number];
export const schoolKindLabels: Readonly<Record<SchoolKind, string>> = {
  primary: '小学',
  junior: '初级中学',
  'nine-year': '九年一贯制学校',
  central: '中心校',
  campus: '校区',
  'teaching-point': '教学点',
};

export const bodyKinds = [
  'leading-group',
  'research-office',
  'core-group',
  'grade-team',
  'consortium',
  'subject-group',
] as const;
export type BodyKind = (typeof bodyKinds)[number];
export const bodyKindLabels: Readonly<Record<BodyKind, string>> = {
  'leading-group': '领导小组',
  'research-office': '中小学教研室',
  'core-group': '区级研训中心组',
  'grade-team': '年级组',
  consortium: '学区级研训联合体',
  'subject-group': '联合体学科组',
};

export const posts = [
  'head',
  'deputy',
  'member',
  'lead',
  'grade-lead',
  'research-officer',
  'principal',
  'vice-principal',
  'dean',
  'subject-lead',
  'teacher',
] as const;
export type Post = (typeof posts)[number];
/** The notice's word for a post; `head` and `lead` depend on the body, see `postLabel` in rules. */
export const postLabels: Readonly<Record<Post, string>> = {
  head: '负责人',
  deputy: '副组长',
  member: '组员',
  lead: '组长',
  'grade-lead': '年级组长',
  'research-officer': '教研员',
  principal: '校长',
  'vice-principal': '教学副校长',
  dean: '教务主任',
  'subject-lead': '学科长',
  teacher: '教师',
};

export const honourLevels = ['school', 'consortium', 'district', 'city-and-above'] as const;
export const honourLevelLabels: Readonly<Record<(typeof honourLevels)[number], string>> = {
  school: '校级',
  consortium: '联合体级',
  district: '区级',
  'city-and-above': '市级及以上',
};

/** The honours the notice names; the list is open, a district adds words of its own. */
export const namedHonours: readonly { readonly kind: string; readonly label: string }[] = [
  { kind: 'master', label: '名师' },
  { kind: 'backbone', label: '骨干' },
  { kind: 'master-plus', label: '名师+' },
];

export const duties = ['system', 'security', 'audit'] as const;
/** The three administrators' duties, kept apart (GB/T 22239-2019). */
export type Duty = (typeof duties)[number];
export const dutyLabels: Readonly<Record<Duty, string>> = {
  system: '系统管理员',
  security: '安全管理员',
  audit: '审计管理员',
};

/** A post held today, as permissions see it. */
export interface ActiveAppointment {
  readonly id: string;
  readonly post: Post;
  readonly bodyId: string | null;
  readonly bodyKind: BodyKind | null;
  /** The body above, e.g. the consortium of a subject group. */
  readonly parentBodyId: string | null;
  readonly schoolId: string | null;
  readonly stage: Stage | null;
  readonly subject: Subject | null;
  readonly gradeFrom: number | null;
  readonly gradeTo: number | null;
}

/** The person behind a request: one account, every post held today, every administrator's duty. */
export interface Actor {
  readonly accountId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly appointments: readonly ActiveAppointment[];
  readonly duties: readonly Duty[];
}

export const nominationStates = ['requested', 'accepted', 'declined', 'withdrawn'] as const;
export type NominationState = (typeof nominationStates)[number];
export const nominationStateLabels: Readonly<Record<NominationState, string>> = {
  requested: '待接受',
  accepted: '已接受',
  declined: '未接受',
  withdrawn: '已撤回',
};
