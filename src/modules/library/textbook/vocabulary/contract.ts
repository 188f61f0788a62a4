export const volumeParts = ['first', 'second', 'whole'] as const;
/** 册: of the first term, of the second, of both. */
export type VolumePart = (typeof volumeParts)[number];
export const volumePartLabels: Readonly<Record<VolumePart, string>> = {
  first: '上册',
  second: '下册',
  whole: '全一册',
};

export const textbookLevels = ['edition', 'volume', 'unit', 'lesson'] as const;
/** Levels of the curriculum tree that have an id; above them stand stage, subject and grade. */
export type TextbookLevel = (typeof textbookLevels)[number];
