import { sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { VolumePart } from '../textbook/vocabulary/contract.ts';
import type {
  PlannedEntry,
  StandingEntry,
  StandingTextbooks,
  TextbookChanges,
  TextbookDecisions,
  TextbookPlan,
  WrittenTextbooks,
} from './contract.ts';
import type { SheetVolume } from './sheet/rules.ts';

export interface TextbookImportRecord {
  readonly id: string;
  readonly title: string;
  readonly broughtBy: string;
  readonly broughtAt: string;
  readonly written: WrittenTextbooks | null;
  readonly decisions: TextbookDecisions;
  readonly applied: TextbookChanges | null;
  readonly appliedAt: string | null;
  readonly version: number;
}

/** Whose imports somebody sees: an account's own, or with null all. */
export interface ImportScope {
  readonly accountId: string | null;
}

const importRows = (db: Queryable, { accountId }: ImportScope) => {
  const query = db
    .selectFrom('library.textbookImport')
    .select([
      'id',
      'title',
      'broughtBy',
      'broughtAt',
      'appliedAt',
      'version',
      sql<TextbookDecisions>`decisions`.as('decisions'),
      sql<TextbookChanges | null>`applied`.as('applied'),
    ]);
  return accountId === null ? query : query.where('broughtAccount', '=', accountId);
};

/** The newest first. */
export const listImports = (db: Queryable, scope: ImportScope) =>
  importRows(db, scope).orderBy('id', 'desc').limit(20).execute();

export const findImport = (
  db: Queryable,
  importId: string,
  scope: ImportScope,
): Promise<TextbookImportRecord | undefined> =>
  importRows(db, scope)
    .select(sql<WrittenTextbooks | null>`written`.as('written'))
    .where('id', '=', importId)
    .executeTakeFirst();

export const insertImport = async (
  db: Queryable,
  heading: { readonly title: string; readonly broughtAccount: string; readonly broughtBy: string },
  written: WrittenTextbooks,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.textbookImport')
    .values({ id, ...heading, written: JSON.stringify(written) })
    .execute();
  return id;
};

/** False when somebody else decided or applied in the meantime. */
export const updateImport = async (
  db: Queryable,
  importId: string,
  version: number,
  change: {
    readonly decisions?: TextbookDecisions;
    readonly applied?: TextbookChanges;
    readonly appliedAt?: string;
    readonly appliedBy?: string;
    /** Nothing is open any more: what was read of the file goes. */
    readonly done?: boolean;
  },
): Promise<boolean> => {
  const { decisions, applied, done = false, ...rest } = change;
  const { numUpdatedRows } = await db
    .updateTable('library.textbookImport')
    .set({
      ...rest,
      ...(decisions === undefined ? {} : { decisions: JSON.stringify(decisions) }),
      ...(applied === undefined ? {} : { applied: JSON.stringify(applied) }),
      ...(done ? { written: null } : {}),
      version: version + 1,
    })
    .where('id', '=', importId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const removeImport = async (db: Queryable, importId: string): Promise<void> => {
  await db.deleteFrom('library.textbookImport').where('id', '=', importId).execute();
};

/** Brought before a moment and never applied. */
export const removeUnusedImports = async (db: Queryable, before: string): Promise<void> => {
  await db
    .deleteFrom('library.textbookImport')
    .where('appliedAt', 'is', null)
    .where('broughtAt', '<', before)
    .execute();
};

/** Until the transaction ends nobody else imports textbooks. */
export const lockTextbooks = async (db: Queryable): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('library.textbooks'))`.execute(db);
};

const entryColumns = ['id', 'number', 'title', 'plannedHours', 'position'] as const;

/** Everything there is of some subjects, withdrawn too. */
export const readStanding = async (
  db: Queryable,
  subjects: readonly Subject[],
): Promise<StandingTextbooks> => {
  const editions = await db
    .selectFrom('library.edition')
    .where(sql<boolean>`subject = any(${[...new Set(subjects)]}::text[])`)
    .select([
      'id',
      sql<Subject>`subject`.as('subject'),
      sql<Stage>`stage`.as('stage'),
      'publisher',
      'revisionYear',
      'withdrawnReason',
    ])
    .orderBy('revisionYear', 'desc')
    .execute();
  const volumes = await db
    .selectFrom('library.volume')
    .where(sql<boolean>`edition_id = any(${editions.map(({ id }) => id)}::uuid[])`)
    .select(['id', 'editionId', 'grade', sql<VolumePart>`part`.as('part')])
    .execute();
  const units: StandingEntry[] = await db
    .selectFrom('library.unit')
    .where(sql<boolean>`volume_id = any(${volumes.map(({ id }) => id)}::uuid[])`)
    .select([...entryColumns, 'volumeId as parentId', sql<boolean>`withdrawn_on is not null`.as('withdrawn')])
    .execute();
  const lessons: StandingEntry[] = await db
    .selectFrom('library.lesson')
    .where(sql<boolean>`unit_id = any(${units.map(({ id }) => id)}::uuid[])`)
    .select([...entryColumns, 'unitId as parentId', sql<boolean>`withdrawn_on is not null`.as('withdrawn')])
    .execute();
  return { editions, volumes, units, lessons };
};

const withdrawn = { reason: '目录更新后不再列入' } as const;

/** Writes a plan; a reference of something new becomes the id it is given. Answers those ids. */
export const applyPlan = async (
  db: Queryable,
  plan: TextbookPlan,
  today: Day,
): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map<string, string>();
  const idOf = (ref: string): string => ids.get(ref) ?? ref;
  const give = (ref: string): string => {
    const id = newId();
    ids.set(ref, id);
    return id;
  };
  await insertRows(
    db,
    'library.edition',
    plan.newEditions.map(({ ref, ...one }) => ({ id: give(ref), ...one, version: 1 })),
  );
  await insertRows(
    db,
    'library.volume',
    plan.newVolumes.map(({ ref, editionRef, ...one }) => ({
      id: give(ref),
      editionId: idOf(editionRef),
      ...one,
    })),
  );
  const mark = { withdrawnOn: today, withdrawnReason: withdrawn.reason };
  if (plan.withdraw.units.length > 0)
    await db.updateTable('library.unit').set(mark).where('id', 'in', plan.withdraw.units).execute();
  if (plan.withdraw.lessons.length > 0)
    await db.updateTable('library.lesson').set(mark).where('id', 'in', plan.withdraw.lessons).execute();
  await insertRows(
    db,
    'library.unit',
    newOnes(plan.units).map(({ ref, parentRef, isNew: _isNew, ...one }) => ({
      id: give(ref),
      volumeId: idOf(parentRef),
      ...one,
    })),
  );
  await insertRows(
    db,
    'library.lesson',
    newOnes(plan.lessons).map(({ ref, parentRef, isNew: _isNew, ...one }) => ({
      id: give(ref),
      unitId: idOf(parentRef),
      ...one,
    })),
  );
  for (const [table, entries] of [
    ['library.unit', plan.units],
    ['library.lesson', plan.lessons],
  ] as const)
    for (const { ref, isNew, parentRef: _, ...one } of entries)
      if (!isNew)
        await db
          .updateTable(table)
          .set({ ...one, withdrawnOn: null, withdrawnReason: null })
          .where('id', '=', ref)
          .execute();
  return ids;
};

const newOnes = (entries: readonly PlannedEntry[]): PlannedEntry[] => entries.filter(({ isNew }) => isNew);

/** Standing volumes with their standing units and lessons, in the order of a sheet. */
export const readSheet = async (
  db: Queryable,
  filter: { readonly subject?: Subject; readonly stage?: Stage; readonly editionId?: string },
): Promise<SheetVolume[]> => {
  let query = db
    .selectFrom('library.volume as volume')
    .innerJoin('library.edition as edition', 'edition.id', 'volume.editionId')
    .select([
      'volume.id',
      sql<Subject>`edition.subject`.as('subject'),
      'volume.grade',
      'edition.publisher',
      'edition.revisionYear',
      sql<VolumePart>`volume.part`.as('part'),
    ]);
  if (filter.subject !== undefined) query = query.where('edition.subject', '=', filter.subject);
  if (filter.stage !== undefined) query = query.where('edition.stage', '=', filter.stage);
  query =
    filter.editionId === undefined
      ? query.where('edition.withdrawnOn', 'is', null)
      : query.where('edition.id', '=', filter.editionId);
  const volumes = await query
    .orderBy('edition.subject')
    .orderBy('edition.publisher')
    .orderBy('edition.revisionYear')
    .orderBy('volume.grade')
    .orderBy(sql`array_position(array['first', 'second', 'whole'], volume.part)`)
    .execute();
  const units = await db
    .selectFrom('library.unit')
    .where(sql<boolean>`volume_id = any(${volumes.map(({ id }) => id)}::uuid[])`)
    .where('withdrawnOn', 'is', null)
    .select(['id', 'volumeId', 'number', 'title', 'plannedHours'])
    .orderBy('position')
    .orderBy('id')
    .execute();
  const lessons = await db
    .selectFrom('library.lesson')
    .where(sql<boolean>`unit_id = any(${units.map(({ id }) => id)}::uuid[])`)
    .where('withdrawnOn', 'is', null)
    .select(['unitId', 'number', 'title', 'plannedHours'])
    .orderBy('position')
    .orderBy('id')
    .execute();
  const lessonsOf = Map.groupBy(lessons, ({ unitId }) => unitId);
  const unitsOf = Map.groupBy(units, ({ volumeId }) => volumeId);
  return volumes.map(({ id, ...volume }) => ({
    ...volume,
    units: (unitsOf.get(id) ?? []).map((unit) => ({ ...unit, lessons: lessonsOf.get(unit.id) ?? [] })),
  }));
};
