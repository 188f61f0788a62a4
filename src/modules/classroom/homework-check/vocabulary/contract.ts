export const homeworkKinds = ['posted', 'spot'] as const;
/** 作业公示 by the school, or what a research officer found in a class. */
export type HomeworkKind = (typeof homeworkKinds)[number];
export const homeworkKindLabels: Readonly<Record<HomeworkKind, string>> = {
  posted: '作业公示',
  spot: '作业抽查',
};

export const standings = ['within', 'over', 'forbidden'] as const;
/** Against the limits of the day; `forbidden`: written homework to take home in grades 1–2. */
export type Standing = (typeof standings)[number];
export const standingLabels: Readonly<Record<Standing, string>> = {
  within: '未超上限',
  over: '超过上限',
  forbidden: '一、二年级有家庭书面作业',
};
