import { gradeLabels, type Subject, subjectLabels } from '#modules/organisation/contract.ts';
import { type VolumePart, volumePartLabels } from '../../textbook/vocabulary/contract.ts';

export const sheetHeadings = [
  '学科',
  '年级',
  '版本',
  '修订年',
  '册次',
  '单元序号',
  '单元',
  '单元课时',
  '课序号',
  '课',
  '课时',
] as const;

interface SheetEntry {
  readonly number: number | null;
  readonly title: string;
  readonly plannedHours: number | null;
}

export interface SheetVolume {
  readonly subject: Subject;
  readonly grade: number;
  readonly publisher: string;
  readonly revisionYear: number;
  readonly part: VolumePart;
  /** Standing ones, with the hours that are the unit's own. */
  readonly units: readonly (SheetEntry & { readonly lessons: readonly SheetEntry[] })[];
}

const shown = (value: number | null): string => (value === null ? '' : String(value));

/** The tree as the sheet that is imported: importing it changes nothing. Every cell is filled, so that rows can be sorted. */
export const sheetRows = (volumes: readonly SheetVolume[]): string[][] => [
  [...sheetHeadings],
  ...volumes.flatMap(({ subject, grade, publisher, revisionYear, part, units }) =>
    units.flatMap((unit) => {
      const place = [
        subjectLabels[subject],
        gradeLabels[grade] ?? '',
        publisher,
        String(revisionYear),
        volumePartLabels[part],
        shown(unit.number),
        unit.title,
        shown(unit.plannedHours),
      ];
      return unit.lessons.length === 0
        ? [[...place, '', '', '']]
        : unit.lessons.map((lesson) => [
            ...place,
            shown(lesson.number),
            lesson.title,
            shown(lesson.plannedHours),
          ]);
    }),
  ),
];
