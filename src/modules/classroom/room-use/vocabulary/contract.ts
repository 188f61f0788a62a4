export const roomKinds = ['library', 'laboratory', 'music', 'fine-art', 'computer', 'other'] as const;
export type RoomKind = (typeof roomKinds)[number];
export const roomKindLabels: Readonly<Record<RoomKind, string>> = {
  library: '图书室',
  laboratory: '实验室',
  music: '音乐室',
  'fine-art': '美术室',
  computer: '计算机室',
  other: '其他场所',
};

export const purposes = ['lesson', 'experiment', 'club', 'reading'] as const;
/** What a room is used for. */
export type Purpose = (typeof purposes)[number];
export const purposeLabels: Readonly<Record<Purpose, string>> = {
  lesson: '上课',
  experiment: '实验',
  club: '社团',
  reading: '阅读',
};

export const experimentModes = ['demonstration', 'group'] as const;
export type ExperimentMode = (typeof experimentModes)[number];
export const experimentModeLabels: Readonly<Record<ExperimentMode, string>> = {
  demonstration: '演示实验',
  group: '分组实验',
};

/** The longest use one booking covers, in lesson slots. */
export const mostSlotsBooked = 4;
