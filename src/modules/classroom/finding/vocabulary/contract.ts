export const findingKinds = ['district', 'school'] as const;
/** From the district to a school, or inside a school and unknown above it. */
export type FindingKind = (typeof findingKinds)[number];
export const findingKindLabels: Readonly<Record<FindingKind, string>> = {
  district: '区对校',
  school: '校内',
};

export const findingSources = [
  'research-visit',
  'patrol',
  'observation',
  'handwriting-check',
  'homework-check',
  'other',
] as const;
export type FindingSource = (typeof findingSources)[number];
export const findingSourceLabels: Readonly<Record<FindingSource, string>> = {
  'research-visit': '巡研',
  patrol: '巡课',
  observation: '听课',
  'handwriting-check': '规范书写检查',
  'homework-check': '作业巡查',
  other: '其他',
};

/** Handed to the findings with one tap, each row once. */
export const passableSources = [
  'patrol',
  'observation',
  'handwriting-check',
  'homework-check',
] as const satisfies readonly FindingSource[];
export type PassableSource = (typeof passableSources)[number];

export const findingTypes = [
  'unclear-ideas',
  'wrong-methods',
  'untrue-evaluation',
  'routine',
  'safety',
  'handwriting',
  'course-opening',
  'homework',
  'study-aids',
] as const;
/** The first three are the notice's own words, 三(一)2. */
export type FindingType = (typeof findingTypes)[number];
export const findingTypeLabels: Readonly<Record<FindingType, string>> = {
  'unclear-ideas': '理念不清',
  'wrong-methods': '方法不当',
  'untrue-evaluation': '评价不实',
  routine: '教学常规',
  safety: '安全',
  handwriting: '规范书写',
  'course-opening': '课程开设',
  homework: '作业',
  'study-aids': '教辅',
};

export const findingStates = [
  'found',
  'registered',
  'handed-over',
  'accepted',
  'planned',
  'done',
  'recheck',
  'sent-back',
  'closed',
  'cancelled',
] as const;
export type FindingState = (typeof findingStates)[number];
export const findingStateLabels: Readonly<Record<FindingState, string>> = {
  found: '待登记',
  registered: '待交办',
  'handed-over': '待认领',
  accepted: '待定措施',
  planned: '整改中',
  done: '待回头看',
  recheck: '回头看中',
  'sent-back': '退回整改',
  closed: '已销号',
  cancelled: '已撤销',
};

export const findingActs = [
  'find',
  'register',
  'hand-over',
  'accept',
  'plan',
  'report-done',
  'recheck',
  'close',
  'send-back',
  'answer',
  'reply',
  'ask-extension',
  'grant-extension',
  'refuse-extension',
  'change-checker',
  'cancel',
] as const;
export type FindingAct = (typeof findingActs)[number];
export const findingActLabels: Readonly<Record<FindingAct, string>> = {
  find: '发现',
  register: '登记',
  'hand-over': '交办',
  accept: '认领',
  plan: '写整改措施',
  'report-done': '报整改完成',
  recheck: '回头看',
  close: '销号',
  'send-back': '退回',
  answer: '说明',
  reply: '答复',
  'ask-extension': '申请延期',
  'grant-extension': '同意延期',
  'refuse-extension': '不同意延期',
  'change-checker': '换回头看的人',
  cancel: '撤销',
};

/** Acts that need nothing beside a text and a day; the others choose people too. */
export const findingSteps = [
  'register',
  'accept',
  'plan',
  'report-done',
  'recheck',
  'close',
  'send-back',
  'answer',
  'reply',
  'ask-extension',
  'grant-extension',
  'refuse-extension',
  'cancel',
] as const satisfies readonly FindingAct[];
export type FindingStep = (typeof findingSteps)[number];

export const responsiblePosts = ['principal', 'vice-principal', 'dean'] as const;
export type ResponsiblePost = (typeof responsiblePosts)[number];

export const findingSides = ['district', 'school'] as const;
export type FindingSide = (typeof findingSides)[number];

export const findingRoles = [
  'principal',
  'vice-principal',
  'dean',
  'subject-lead',
  'teacher',
  'head',
  'deputy',
  'research-officer',
  'core-member',
] as const;
/** In which capacity somebody acted. */
export type FindingRole = (typeof findingRoles)[number];
export const findingRoleLabels: Readonly<Record<FindingRole, string>> = {
  principal: '校长',
  'vice-principal': '教学副校长',
  dean: '教务主任',
  'subject-lead': '学科长',
  teacher: '教师',
  head: '领导小组组长',
  deputy: '领导小组副组长',
  'research-officer': '教研员',
  'core-member': '中心组成员',
};

export const findingFlags = ['open', 'overdue', 'closed', 'rechecked', 'sent-back', 'repeated'] as const;
/** What a figure counts; the same word opens its rows. */
export type FindingFlag = (typeof findingFlags)[number];
export const findingFlagLabels: Readonly<Record<FindingFlag, string>> = {
  open: '未销号',
  overdue: '逾期',
  closed: '已销号',
  rechecked: '回头看过',
  'sent-back': '退回过',
  repeated: '重复发生',
};
