import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, grade, id, stage, subject } from '#modules/organisation/contract.ts';
import { itemCover } from '../attachment/contract.ts';
import { schoolYear } from '../edition-choice/contract.ts';
import { volumeParts } from '../textbook/contract.ts';
import { nineParts, roundStates } from '../vocabulary/contract.ts';

const count = z.int().min(0);
const term = z.union([z.literal(1), z.literal(2)]);

const cellStates = ['full', 'partly', 'in-work', 'empty'] as const;

const gridItem = z.object({
  id,
  title: z.string(),
  lessonId: id.nullable(),
  published: z.int().nullable(),
  /** Of the open round, where the caller may know of it. */
  roundState: z.enum(roundStates).nullable(),
  cover: itemCover.nullable(),
});
export type GridItem = z.infer<typeof gridItem>;

const cell = z.object({
  kind: z.enum(nineParts),
  state: z.enum(cellStates),
  /** Published of planned: of a unit's lessons, otherwise of one. */
  done: count,
  planned: count,
  items: z.array(gridItem),
});
export type GridCell = z.infer<typeof cell>;
export type CellState = GridCell['state'];

const lesson = z.object({ id, number: z.int().nullable(), title: z.string() });
const unit = lesson.extend({ lessons: z.array(lesson), cells: z.array(cell) });
export type GridUnit = z.infer<typeof unit>;

const volume = z.object({
  id,
  publisher: z.string(),
  revisionYear: z.int(),
  grade,
  part: z.enum(volumeParts),
  pacing: cell,
  units: z.array(unit),
});
export type GridVolume = z.infer<typeof volume>;

/** How much of a subject in a grade is published. */
const completeness = z.object({ subject, stage, grade, units: count, cells: count, full: count });
export type GridCompleteness = z.infer<typeof completeness>;

const chosenTerm = { schoolYear: schoolYear.optional(), term: term.optional() };
const terms = z.array(z.object({ schoolYear, term, name: z.string() }));

export const unitGridContract = {
  /** The nine parts of the volumes in use; without a subject and grade, the caller's own in the current term. */
  getUnitGrid: oc
    .input(z.object({ ...chosenTerm, subject: subject.optional(), grade: grade.optional() }))
    .output(
      z.object({
        asOf: day,
        schoolYear,
        term,
        terms,
        /** Null where no textbook is in use at all. */
        subject: subject.nullable(),
        grade: grade.nullable(),
        volumes: z.array(volume),
        may: z.object({ start: z.boolean(), overview: z.boolean() }),
      }),
    ),
  /** Subject × grade in the order of subjects and grades: no ranking. */
  listGridCompleteness: oc
    .input(z.object(chosenTerm))
    .output(z.object({ asOf: day, schoolYear, term, terms, rows: z.array(completeness) })),
};
