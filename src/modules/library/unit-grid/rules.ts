import { type Subject, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { type ItemKind, nineParts, volumeKinds } from '../vocabulary/contract.ts';
import type { CellState, GridCell, GridItem } from './contract.ts';

/** One of the nine parts. */
export type Part = GridCell['kind'];

/** The parts a unit has a cell for; the others belong to the whole volume. */
export const unitParts: readonly Part[] = nineParts.filter(
  (part) => !volumeKinds.some((kind: ItemKind) => kind === part),
);

/** What is published of a part of a unit, counted. */
export interface PublishedOfPart {
  /** Standing lessons of the unit that have a published one of their own. */
  readonly lessons: number;
  /** Published ones that name no lesson. */
  readonly whole: number;
}

/** A lesson design stands for each lesson of the unit, everything else once; a unit without lessons needs one. */
export const plannedOf = (part: Part, lessons: number): number =>
  part === 'lesson-design' ? Math.max(1, lessons) : 1;

/** Two designs of one lesson count once; one that names no lesson counts for a lesson that has none. */
export const doneOf = (part: Part, lessons: number, published: PublishedOfPart): number =>
  Math.min(plannedOf(part, lessons), published.lessons + published.whole);

const stateOf = (done: number, planned: number, inWork: boolean): CellState =>
  done >= planned ? 'full' : done > 0 ? 'partly' : inWork ? 'in-work' : 'empty';

export const cellOf = (part: Part, lessonIds: readonly string[], items: readonly GridItem[]): GridCell => {
  const published = items.filter((item) => item.published !== null);
  const covered = new Set(published.map(({ lessonId }) => lessonId));
  const done = doneOf(part, lessonIds.length, {
    lessons: lessonIds.filter((id) => covered.has(id)).length,
    whole: published.filter(({ lessonId }) => lessonId === null || part !== 'lesson-design').length,
  });
  const planned = plannedOf(part, lessonIds.length);
  const inWork = items.some(({ roundState }) => roundState !== null);
  return { kind: part, state: stateOf(done, planned, inWork), done, planned, items: [...items] };
};

/** Lessons for which no design is published or being written. */
export const missingLessons = <Lesson extends { readonly id: string }>(
  lessons: readonly Lesson[],
  { items }: GridCell,
): Lesson[] => lessons.filter(({ id }) => !items.some(({ lessonId }) => lessonId === id));

export interface CellCounts {
  readonly cells: number;
  readonly full: number;
  readonly inWork: number;
  readonly empty: number;
}

/** A lesson design's cell that is partly done counts as being worked on. */
export const countCells = (cells: readonly Pick<GridCell, 'state'>[]): CellCounts => {
  const of = (...states: CellState[]): number => cells.filter(({ state }) => states.includes(state)).length;
  return { cells: cells.length, full: of('full'), inWork: of('partly', 'in-work'), empty: of('empty') };
};

/** Lessons that stand in a unit with a published unit design (notice 四(三)5: from the single lesson to the unit). */
export const lessonsInUnitDesigns = (
  units: readonly { readonly lessons: readonly unknown[]; readonly cells: readonly GridCell[] }[],
): { readonly of: number; readonly all: number } => {
  const lessonsOf = (some: typeof units): number =>
    some.reduce((sum, { lessons }) => sum + lessons.length, 0);
  const designed = units.filter(({ cells }) =>
    cells.some(({ kind, state }) => kind === 'unit-design' && state === 'full'),
  );
  return { of: lessonsOf(designed), all: lessonsOf(units) };
};

/** By the order of the subjects, then the grade. */
export const inOrderOfSubjects = (
  one: { readonly subject: Subject; readonly grade: number },
  other: { readonly subject: Subject; readonly grade: number },
): number => subjects.indexOf(one.subject) - subjects.indexOf(other.subject) || one.grade - other.grade;
