export const visitStates = ['planned', 'done', 'shared', 'cancelled'] as const;
export type VisitState = (typeof visitStates)[number];
export const visitStateLabels: Readonly<Record<VisitState, string>> = {
  planned: '已安排',
  done: '已巡研，待告知学校',
  shared: '已告知学校',
  cancelled: '已取消',
};

export const visitSteps = ['change', 'record', 'share', 'cancel'] as const;
/** What can be done to a visit; who may do it in which state is in the policy. */
export type VisitStep = (typeof visitSteps)[number];
