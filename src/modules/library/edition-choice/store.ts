import { sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { partsOfTerm } from '../textbook/rules.ts';
import type { VolumePart } from '../textbook/vocabulary/contract.ts';
import type { ChoiceRecord, EditionWithGrades } from './rules.ts';

export interface ChoiceFilter {
  readonly stage?: Stage | undefined;
  readonly subject?: Subject | undefined;
  readonly grade?: number | undefined;
}

/** The newest choice of each subject and grade in some school years; one that was taken back has no edition. */
export const listNewestChoices = (
  db: Queryable,
  schoolYears: readonly number[],
  { stage, subject, grade }: ChoiceFilter = {},
): Promise<ChoiceRecord[]> => {
  let query = db
    .selectFrom('library.editionChoice')
    .distinctOn(['schoolYear', 'subject', 'grade'])
    .where('schoolYear', 'in', [...schoolYears])
    .select([
      'schoolYear',
      sql<Subject>`subject`.as('subject'),
      'grade',
      'version',
      'editionId',
      'chosenBy',
      'chosenAt',
    ]);
  if (stage !== undefined)
    query = query
      .where('grade', '>=', stage === 'primary' ? 1 : 7)
      .where('grade', '<=', stage === 'primary' ? 6 : 9);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (grade !== undefined) query = query.where('grade', '=', grade);
  return query.orderBy('schoolYear').orderBy('subject').orderBy('grade').orderBy('version', 'desc').execute();
};

export const listEditionsWithGrades = (
  db: Queryable,
  { stage, subject }: ChoiceFilter = {},
): Promise<EditionWithGrades[]> => {
  let query = db.selectFrom('library.edition as edition').select([
    'edition.id',
    sql<Subject>`edition.subject`.as('subject'),
    sql<Stage>`edition.stage`.as('stage'),
    'edition.publisher',
    'edition.revisionYear',
    'edition.withdrawnOn',
    sql<number[]>`array(select distinct grade::int from library.volume
        where edition_id = edition.id order by 1)`.as('grades'),
  ]);
  if (stage !== undefined) query = query.where('edition.stage', '=', stage);
  if (subject !== undefined) query = query.where('edition.subject', '=', subject);
  return query
    .orderBy('edition.revisionYear', 'desc')
    .orderBy('edition.publisher')
    .orderBy('edition.id')
    .execute();
};

/** False when somebody was faster. */
export const insertChoice = async (
  db: Queryable,
  choice: Omit<ChoiceRecord, 'chosenAt'>,
): Promise<boolean> => {
  const kept = await db
    .insertInto('library.editionChoice')
    .values(choice)
    .onConflict((target) => target.columns(['schoolYear', 'subject', 'grade', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  return kept !== undefined;
};

export interface ChosenEdition {
  readonly schoolYear: number;
  readonly subject: Subject;
  readonly grade: number;
  readonly editionId: string;
  readonly publisher: string;
  readonly revisionYear: number;
  readonly withdrawnOn: Day | null;
}

/** The editions in use in a school year; what is only proposed is not among them. */
export const listChosenEditions = async (
  db: Queryable,
  schoolYear: number,
  filter: ChoiceFilter = {},
): Promise<ChosenEdition[]> => {
  const choices = await listNewestChoices(db, [schoolYear], filter);
  const editions = new Map((await listEditionsWithGrades(db, filter)).map((one) => [one.id, one]));
  return choices.flatMap(({ subject, grade, editionId }) => {
    const edition = editions.get(editionId ?? '');
    if (edition === undefined) return [];
    const { id, publisher, revisionYear, withdrawnOn } = edition;
    return [{ schoolYear, subject, grade, editionId: id, publisher, revisionYear, withdrawnOn }];
  });
};

/** The edition in use of a subject in a grade; undefined until somebody chooses. */
export const findChosenEdition = async (
  db: Queryable,
  { schoolYear, subject, grade }: { schoolYear: number; subject: Subject; grade: number },
): Promise<ChosenEdition | undefined> => (await listChosenEditions(db, schoolYear, { subject, grade }))[0];

export interface VolumeInUse extends ChosenEdition {
  readonly volumeId: string;
  readonly part: VolumePart;
}

/** The volumes taught in a term: of the editions in use, 上册 or 下册 by the term, and 全一册. */
export const listVolumesInUse = async (
  db: Queryable,
  { schoolYear, term }: { readonly schoolYear: number; readonly term: number },
  filter: ChoiceFilter = {},
): Promise<VolumeInUse[]> => {
  const chosen = await listChosenEditions(db, schoolYear, filter);
  const volumes = await db
    .selectFrom('library.volume')
    .where(sql<boolean>`edition_id = any(${chosen.map(({ editionId }) => editionId)}::uuid[])`)
    .where('part', 'in', [...partsOfTerm(term)])
    .select(['id', 'editionId', 'grade', sql<VolumePart>`part`.as('part')])
    .orderBy('part')
    .execute();
  return chosen.flatMap((edition) =>
    volumes
      .filter(({ editionId, grade }) => editionId === edition.editionId && grade === edition.grade)
      .map(({ id, part }) => ({ ...edition, volumeId: id, part })),
  );
};
