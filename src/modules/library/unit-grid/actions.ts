import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm, listTerms } from '#modules/organisation/calendar/store.ts';
import type { Actor, Subject } from '#modules/organisation/contract.ts';
import { findOwnSubject } from '#modules/organisation/people/store.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { listCovers } from '../attachment/store.ts';
import { schoolYearOn, stageOfGrade } from '../edition-choice/rules.ts';
import { listVolumesInUse, type VolumeInUse } from '../edition-choice/store.ts';
import { itemScope, mayWriteItem } from '../item/policy.ts';
import type { Unit } from '../textbook/contract.ts';
import { listUnits } from '../textbook/store.ts';
import type { GridCompleteness, GridItem, GridVolume, unitGridContract } from './contract.ts';
import { isInCompleteness, maySeeCompleteness } from './policy.ts';
import { cellOf, doneOf, inOrderOfSubjects, plannedOf, unitParts } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof unitGridContract>;
type Outputs = InferContractRouterOutputs<typeof unitGridContract>;

interface ChosenTerm {
  readonly schoolYear: number;
  readonly term: 1 | 2;
}

const termOf = (term: number): 1 | 2 => (term === 2 ? 2 : 1);

/** The term that is asked for, else the current one by the calendar, with those one may choose. */
const chooseTerm = async ({ db, today }: Context, asked: Inputs['listGridCompleteness']) => {
  const current = await findCurrentTerm(db, today);
  const chosen: ChosenTerm = {
    schoolYear: asked.schoolYear ?? current?.schoolYear ?? schoolYearOn(today),
    term: asked.term ?? termOf(current?.term ?? 1),
  };
  const known: ChosenTerm[] = (await listTerms(db)).map(({ schoolYear, term }) => ({
    schoolYear,
    term: termOf(term),
  }));
  const isKnown = known.some(
    ({ schoolYear, term }) => schoolYear === chosen.schoolYear && term === chosen.term,
  );
  const terms = (isKnown ? known : [chosen, ...known]).map(({ schoolYear, term }) => ({
    schoolYear,
    term,
    name: termName(schoolYear, term),
  }));
  return { ...chosen, terms };
};

/** What the caller leads or teaches; else the first that has a textbook. */
const ownPlace = (
  { appointments }: Actor,
  teaches: Subject | null,
  volumes: readonly VolumeInUse[],
  asked: { readonly subject?: Subject | undefined; readonly grade?: number | undefined },
) => {
  const own = appointments.find(({ subject }) => subject !== null);
  const inOrder = volumes.toSorted(inOrderOfSubjects);
  const subject =
    asked.subject ?? (inOrder.some((one) => one.subject === teaches) ? teaches : inOrder[0]?.subject) ?? null;
  const inSubject = inOrder.filter((one) => one.subject === subject);
  const inStage = inSubject.filter(({ grade }) => own?.stage === stageOfGrade(grade));
  const grade =
    asked.grade ??
    inStage.find((one) => own?.gradeFrom === one.grade)?.grade ??
    (inStage[0] ?? inSubject[0])?.grade ??
    null;
  return { subject, grade };
};

type ShownItem = store.PlacedItem & Pick<GridItem, 'cover'>;

const toGridItem = ({ id, title, lessonId, published, roundState, cover }: ShownItem): GridItem => ({
  id,
  title,
  lessonId,
  published,
  roundState,
  cover,
});

const gridVolume = (
  { volumeId, publisher, revisionYear, part, grade }: VolumeInUse,
  units: readonly Unit[],
  items: readonly ShownItem[],
): GridVolume => {
  const own = items.filter((item) => item.volumeId === volumeId);
  return {
    id: volumeId,
    publisher,
    revisionYear,
    grade,
    part,
    pacing: cellOf('pacing-guide', [], own.filter(({ kind }) => kind === 'pacing-guide').map(toGridItem)),
    units: units
      .filter((unit) => unit.volumeId === volumeId)
      .map(({ id, number, title, lessons }) => ({
        id,
        number,
        title,
        lessons: lessons.map((lesson) => ({ id: lesson.id, number: lesson.number, title: lesson.title })),
        cells: unitParts.map((kind) =>
          cellOf(
            kind,
            lessons.map((lesson) => lesson.id),
            own.filter((item) => item.unitId === id && item.kind === kind).map(toGridItem),
          ),
        ),
      })),
  };
};

export const getUnitGrid = async (
  context: Context,
  input: Inputs['getUnitGrid'],
): Promise<Outputs['getUnitGrid']> => {
  const { db, actor, today } = context;
  const { schoolYear, term, terms } = await chooseTerm(context, input);
  const inUse = await listVolumesInUse(db, { schoolYear, term });
  const { subject, grade } = ownPlace(actor, await findOwnSubject(db, actor), inUse, input);
  const volumes = inUse.filter((one) => one.subject === subject && one.grade === grade);
  const ids = volumes.map(({ volumeId }) => volumeId);
  const units = await listUnits(db, ids);
  const placed = await store.listGridItems(db, ids, itemScope(actor));
  const covers = await listCovers(
    db,
    placed.map(({ id }) => id),
  );
  const items = placed.map((item) => ({ ...item, cover: covers.get(item.id) ?? null }));
  return {
    asOf: today,
    schoolYear,
    term,
    terms,
    subject,
    grade,
    volumes: volumes.map((volume) => gridVolume(volume, units, items)),
    may: {
      start:
        subject !== null &&
        grade !== null &&
        mayWriteItem(actor, { stage: stageOfGrade(grade), subject, schoolId: null }),
      overview: maySeeCompleteness(actor),
    },
  };
};

/** Cells of the volumes that are used in a subject and grade. */
const completenessOf = (
  { subject, grade }: VolumeInUse,
  counts: readonly store.VolumeCount[],
): GridCompleteness => {
  const pacing = counts.filter(({ kind }) => kind === 'pacing-guide');
  const volumes = new Set(counts.map(({ volumeId }) => volumeId));
  const withPacing = new Set(pacing.map(({ volumeId }) => volumeId));
  const units = Map.groupBy(
    counts.filter(({ unitId }) => unitId !== null),
    ({ unitId }) => unitId,
  );
  const full = [...units.values()].reduce(
    (sum, rows) =>
      sum +
      unitParts.filter((part) => {
        const lessons = rows[0]?.unitLessons ?? 0;
        const published = rows.find(({ kind }) => kind === part) ?? { lessons: 0, whole: 0 };
        return doneOf(part, lessons, published) >= plannedOf(part, lessons);
      }).length,
    withPacing.size,
  );
  return {
    subject,
    stage: stageOfGrade(grade),
    grade,
    units: units.size,
    cells: volumes.size + units.size * unitParts.length,
    full,
  };
};

export const listGridCompleteness = async (
  context: Context,
  input: Inputs['listGridCompleteness'],
): Promise<Outputs['listGridCompleteness']> => {
  const { db, actor, today } = context;
  const { schoolYear, term, terms } = await chooseTerm(context, input);
  const inUse = (await listVolumesInUse(db, { schoolYear, term })).filter(({ subject, grade }) =>
    isInCompleteness(actor, { stage: stageOfGrade(grade), subject }),
  );
  const counts = await store.countPublishedParts(
    db,
    inUse.map(({ volumeId }) => volumeId),
  );
  const places = Map.groupBy(inUse, ({ subject, grade }) => `${subject} ${grade}`);
  const rows = [...places.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const ids = [first, ...rest].map(({ volumeId }) => volumeId);
    return [
      completenessOf(
        first,
        counts.filter(({ volumeId }) => ids.includes(volumeId)),
      ),
    ];
  });
  return { asOf: today, schoolYear, term, terms, rows: rows.toSorted(inOrderOfSubjects) };
};
