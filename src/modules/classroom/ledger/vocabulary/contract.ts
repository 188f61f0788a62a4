export const remarkKinds = ['duplicate', 'overlap', 'copied', 'late'] as const;
export type RemarkKind = (typeof remarkKinds)[number];
export const remarkLabels: Readonly<Record<RemarkKind, string>> = {
  duplicate: '可能记了两次',
  overlap: '两校时间相接',
  copied: '文字与另一份相同或相近',
  late: '补记',
};
/** What to do about it; helpful, never an accusation. */
export const remarkAdvice: Readonly<Record<RemarkKind, string>> = {
  duplicate: '如是同一节课，请撤回一份；如是连堂或确是两节，写一句说明就好。',
  overlap: '两节课在不同学校而中间没有间隔，多半是日期、节次或学校选错了，可以更正；如属实，请写一句说明。',
  copied: '两份记录的评语几乎一样。如是复制后忘了改，可以更正；如两节课确实相似，写一句说明就好。',
  late: '超过规定天数才记下的课，照常计入。可以写一句原因。',
};
