export const circularKinds = ['bulletin', 'notice', 'rectification-letter'] as const;
export type CircularKind = (typeof circularKinds)[number];
export const circularKindLabels: Readonly<Record<CircularKind, string>> = {
  bulletin: '通报',
  notice: '通知',
  'rectification-letter': '整改通知书',
};

export const circularStates = ['draft', 'checked', 'signed', 'issued', 'voided'] as const;
export type CircularState = (typeof circularStates)[number];
export const circularStateLabels: Readonly<Record<CircularState, string>> = {
  draft: '草稿',
  checked: '已核稿',
  signed: '已签发',
  issued: '已印发',
  voided: '已作废',
};

export const steps = ['edit', 'redraft', 'check', 'return', 'sign', 'issue', 'void'] as const;
/** What can be done to a circular; who may do it in which state is in the policy. */
export type Step = (typeof steps)[number];
export const stepLabels: Readonly<Record<Step, string>> = {
  edit: '修改',
  redraft: '按最新数据重拟',
  check: '核稿通过',
  return: '退回修改',
  sign: '签发',
  issue: '编号印发',
  void: '作废',
};

export const bulletinTopics = ['principal-observation', 'writing-check', 'finding-summary'] as const;
/** What a bulletin of a period is about. */
export type BulletinTopic = (typeof bulletinTopics)[number];
export const bulletinTopicLabels: Readonly<Record<BulletinTopic, string>> = {
  'principal-observation': '校长听课分析指导',
  'writing-check': '规范书写',
  'finding-summary': '问题整改',
};

export const bulletinSpans = ['month', 'term'] as const;
/** The month asked for, or the whole term it lies in. */
export type BulletinSpan = (typeof bulletinSpans)[number];
export const bulletinSpanLabels: Readonly<Record<BulletinSpan, string>> = {
  month: '这个月',
  term: '所在学期',
};
