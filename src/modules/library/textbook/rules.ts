import {
  gradeLabels,
  type Stage,
  type Subject,
  stageLabels,
  subjectLabels,
} from '#modules/organisation/vocabulary/contract.ts';
import type { TextbookPath } from './contract.ts';
import { type VolumePart, volumePartLabels } from './vocabulary/contract.ts';

/** `人教版（2024年修订）` */
export const editionName = (edition: { readonly publisher: string; readonly revisionYear: number }): string =>
  `${edition.publisher}（${edition.revisionYear}年修订）`;

/** `三年级上册` */
export const volumeName = (volume: { readonly grade: number; readonly part: VolumePart }): string =>
  `${gradeLabels[volume.grade] ?? ''}${volumePartLabels[volume.part]}`;

const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 in Chinese numerals; anything above in digits. */
export const chineseNumber = (number: number): string => {
  if (number < 1 || number > 99) return String(number);
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? numerals[tens] : ''}${tens > 0 ? '十' : ''}${numerals[number % 10]}`;
};

export interface Named {
  readonly number: number | null;
  readonly title: string;
}

const saysItsNumber = /^(?:第.{1,3}(?:单元|章|课|节)|(?:starter\s+)?(?:unit|module|lesson)\s*\d)/iu;

/** `第三单元 分数的初步认识`; a title that already says its number stands alone. */
export const unitName = ({ number, title }: Named): string =>
  number === null || saysItsNumber.test(title) ? title : `第${chineseNumber(number)}单元 ${title}`;

/** `第2课 秋天的雨` */
export const lessonName = ({ number, title }: Named): string =>
  number === null || saysItsNumber.test(title) ? title : `第${number}课 ${title}`;

export const subjectInStage = (stage: Stage, subject: Subject): string =>
  `${stageLabels[stage]}${subjectLabels[subject]}`;

/** Every name from the stage down, the outermost first. */
export const pathNames = (path: TextbookPath): string[] => [
  stageLabels[path.stage],
  subjectLabels[path.subject],
  ...(path.volume === null ? [] : [gradeLabels[path.volume.grade] ?? '']),
  editionName(path.edition),
  ...(path.volume === null ? [] : [volumePartLabels[path.volume.part]]),
  ...(path.unit === null ? [] : [unitName(path.unit)]),
  ...(path.lesson === null ? [] : [lessonName(path.lesson)]),
];

/** The parts taught in a term: 上册 in the first, 下册 in the second, 全一册 in both. */
export const partsOfTerm = (term: number): readonly VolumePart[] => [
  term === 1 ? 'first' : 'second',
  'whole',
];

/** A unit's hours: its own, else the sum of its lessons; null where neither says. */
export const hoursOfUnit = (
  own: number | null,
  lessons: readonly { readonly plannedHours: number | null }[],
): number | null => {
  if (own !== null) return own;
  const said = lessons.flatMap(({ plannedHours }) => (plannedHours === null ? [] : [plannedHours]));
  return said.length === 0 ? null : said.reduce((sum, hours) => sum + hours, 0);
};
