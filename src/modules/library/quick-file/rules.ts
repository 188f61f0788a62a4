import type { ItemKind } from '../vocabulary/contract.ts';

const longestTitle = 80;

/** `《两位数乘两位数》课件_终稿.pptx` → the name without its ending. */
export const titleOfFile = (name: string): string =>
  name
    .replace(/\.[0-9a-z]{1,5}$/i, '')
    .replaceAll(/[_\s]+/g, ' ')
    .trim()
    .slice(0, longestTitle);

const words: readonly (readonly [RegExp, ItemKind])[] = [
  [/试卷|月考|期中|期末|测试卷|检测卷/, 'test-paper'],
  [/试题|习题集|题库/, 'test-item'],
  [/作业|练习|学习单/, 'homework-design'],
  [/进度|教学计划|课时安排/, 'pacing-guide'],
  [/评价|量规|评分/, 'unit-assessment'],
  [/单元/, 'unit-design'],
  [/教法|策略|教材分析|解读/, 'strategy-guide'],
  [/示范课|实录|公开课|优质课/, 'model-lesson'],
  [/培训|讲座/, 'professional-training'],
  [/展示|交流/, 'showcase'],
];

/** What a file most likely is, by its name; a film is a lesson, anything else goes with a lesson. */
export const kindOfFile = (name: string): ItemKind =>
  words.find(([word]) => word.test(name))?.[1] ??
  (/\.(?:mp4|m4v|webm|mov)$/i.test(name) ? 'model-lesson' : 'lesson-design');

/** What most of somebody's lessons are; undefined where there are none. */
export const mostTaught = <One extends { readonly subject: string; readonly grade: number }>(
  taught: readonly One[],
): One | undefined => {
  const groups = [...Map.groupBy(taught, ({ subject, grade }) => `${subject} ${grade}`).values()];
  return groups.toSorted((one, other) => other.length - one.length)[0]?.[0];
};
