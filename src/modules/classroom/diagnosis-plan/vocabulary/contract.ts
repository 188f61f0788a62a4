export const planPosts = ['principal', 'vice-principal', 'dean'] as const;
export type PlanPost = (typeof planPosts)[number];
export const planPostLabels: Readonly<Record<PlanPost, string>> = {
  principal: '校长',
  'vice-principal': '教学副校长',
  dean: '教务主任',
};

export const visitKinds = ['drop-in', 'announced', 'follow-up'] as const;
export type VisitKind = (typeof visitKinds)[number];
export const visitKindLabels: Readonly<Record<VisitKind, string>> = {
  'drop-in': '推门听课',
  announced: '预约听课',
  'follow-up': '跟踪听课',
};

export const planStates = ['draft', 'confirmed'] as const;
export type PlanState = (typeof planStates)[number];
