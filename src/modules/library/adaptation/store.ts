import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { decodeCursor, encodeCursor } from '#platform/keyset.ts';
import { isOfReach } from '../item/store.ts';
import type { AdaptationOpening, ItemKind, RevisionCause } from '../vocabulary/contract.ts';
import type { AdaptationRow, adaptationViews } from './contract.ts';
import type { AdaptationScope } from './policy.ts';
import type { Touched } from './rules.ts';

export const isAdaptationVisible = ({
  personId,
  schoolIds,
  everything,
  writing,
}: AdaptationScope): RawBuilder<SqlBool> => sql<SqlBool>`(
  adaptation.person_id = ${personId}::uuid
  or adaptation.school_id = any(${[...schoolIds]}::uuid[])
  or (item.school_id is null and (${everything} or ${isOfReach('item', writing)}))
)`;

/** The newest published version, where it is newer and was not declined. */
const newer = sql<number | null>`case when item.withdrawn_at is null and item.published > adaptation.based_on
  and item.published > coalesce(adaptation.declined, 0) then item.published end`;
const taughtTimes = sql<number>`(select count(*) from library.reflection as reflection
  where reflection.adaptation_id = adaptation.id and reflection.withdrawn_at is null)`;

const adaptations = (db: Queryable, scope: AdaptationScope) =>
  db
    .selectFrom('library.adaptation as adaptation')
    .innerJoin('library.item as item', 'item.id', 'adaptation.itemId')
    .innerJoin('organisation.school as school', 'school.id', 'adaptation.schoolId')
    .innerJoin('organisation.person as person', 'person.id', 'adaptation.personId')
    .leftJoin('organisation.school as home', 'home.id', 'person.homeSchoolId')
    .leftJoin('organisation.school as owner', 'owner.id', 'item.schoolId')
    .where(isAdaptationVisible(scope))
    .select([
      'adaptation.id',
      'adaptation.itemId',
      sql<ItemKind>`item.kind`.as('kind'),
      'item.title',
      sql<Subject>`item.subject`.as('subject'),
      'item.grade',
      'owner.name as itemSchoolName',
      'adaptation.schoolId',
      'school.name as schoolName',
      'person.id as personId',
      'person.name as personName',
      'home.name as homeName',
      sql<AdaptationOpening>`adaptation.open_to`.as('openTo'),
      'adaptation.basedOn',
      newer.as('newer'),
      'adaptation.touchedKeys as touched',
      taughtTimes.as('taught'),
      'adaptation.savedAt',
      sql<boolean>`adaptation.ended_at is not null`.as('ended'),
    ]);
type Found = Awaited<ReturnType<ReturnType<typeof adaptations>['execute']>>[number];

const toRow = ({ personId, personName, homeName, ...row }: Found): AdaptationRow => ({
  ...row,
  maker: { id: personId, name: personName, schoolName: homeName },
});

export interface StoredAdaptation extends AdaptationRow {
  readonly personId: string;
  readonly version: number;
  readonly revision: number;
  readonly bodies: Touched;
  readonly stage: Stage;
  readonly volumeId: string | null;
  readonly locked: string[];
  readonly published: number;
  readonly withdrawn: boolean;
}

export const findAdaptation = async (
  db: Queryable,
  id: string,
  scope: AdaptationScope,
  lock?: 'change',
): Promise<StoredAdaptation | undefined> => {
  if (lock === 'change')
    await db.selectFrom('library.adaptation').select('id').where('id', '=', id).forUpdate().execute();
  const found = await adaptations(db, scope)
    .where('adaptation.id', '=', id)
    .select([
      'adaptation.version',
      'adaptation.revision',
      sql<Touched>`adaptation.touched`.as('bodies'),
      sql<Stage>`item.stage`.as('stage'),
      'item.volumeId',
      'item.locked',
      'item.published',
      sql<boolean>`item.withdrawn_at is not null`.as('withdrawn'),
    ])
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { version, revision, bodies, stage, volumeId, locked, published, withdrawn, ...row } = found;
  return {
    ...toRow(row),
    personId: row.personId,
    version,
    revision,
    bodies,
    stage,
    volumeId,
    locked,
    published: published ?? row.basedOn,
    withdrawn,
  };
};

/** Whose it is and of which subject. */
export const findAdaptationPlace = (db: Queryable, id: string) =>
  db
    .selectFrom('library.adaptation as adaptation')
    .innerJoin('library.item as item', 'item.id', 'adaptation.itemId')
    .where('adaptation.id', '=', id)
    .select(['adaptation.schoolId', sql<Subject>`item.subject`.as('subject')])
    .executeTakeFirst();

/** Until the transaction ends a person begins no other. */
export const lockOwnAdaptations = async (db: Queryable, personId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`library.adaptation:${personId}`}, 0))`.execute(
    db,
  );
};

/** A person's own of an item for one of their schools, that has not ended. */
export const findOwnAdaptation = (
  db: Queryable,
  {
    itemId,
    personId,
    schoolId,
  }: { readonly itemId: string; readonly personId: string; readonly schoolId: string },
) =>
  db
    .selectFrom('library.adaptation')
    .where('itemId', '=', itemId)
    .where('personId', '=', personId)
    .where('schoolId', '=', schoolId)
    .where('endedAt', 'is', null)
    .select(['id', 'version'])
    .executeTakeFirst();

const insertRevision = async (
  db: Queryable,
  revision: {
    readonly adaptationId: string;
    readonly number: number;
    readonly basedOn: number;
    readonly touched: Touched;
    readonly cause: RevisionCause;
    readonly madeBy: string;
  },
): Promise<void> => {
  await db
    .insertInto('library.adaptationRevision')
    .values({ ...revision, touched: JSON.stringify(revision.touched) })
    .execute();
};

export const insertAdaptation = async (
  db: Queryable,
  adaptation: {
    readonly itemId: string;
    readonly schoolId: string;
    readonly personId: string;
    readonly openTo: AdaptationOpening;
    readonly basedOn: number;
  },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.adaptation')
    .values({ id, ...adaptation })
    .execute();
  const { basedOn, personId } = adaptation;
  await insertRevision(db, {
    adaptationId: id,
    number: 1,
    basedOn,
    touched: {},
    cause: 'taken',
    madeBy: personId,
  });
  return id;
};

/** Sets what it holds, as a new revision. The caller holds the lock and has compared the version. */
export const reviseAdaptation = async (
  db: Queryable,
  { id, revision }: Pick<StoredAdaptation, 'id' | 'revision'>,
  change: {
    readonly basedOn: number;
    readonly touched: Touched;
    readonly cause: RevisionCause;
    readonly madeBy: string;
  },
): Promise<number> => {
  const number = revision + 1;
  await insertRevision(db, { adaptationId: id, number, ...change });
  const { version } = await db
    .updateTable('library.adaptation')
    .set((row) => ({
      basedOn: change.basedOn,
      touched: JSON.stringify(change.touched),
      touchedKeys: Object.keys(change.touched),
      revision: number,
      savedAt: sql<string>`clock_timestamp()`,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

export const findRevision = (db: Queryable, adaptationId: string, number: number) =>
  db
    .selectFrom('library.adaptationRevision')
    .where('adaptationId', '=', adaptationId)
    .where('number', '=', number)
    .select(['basedOn', sql<Touched>`touched`.as('touched'), sql<RevisionCause>`cause`.as('cause')])
    .executeTakeFirst();

/** What is about it, not in it: no new revision. */
export const updateAdaptation = async (
  db: Queryable,
  id: string,
  change: {
    readonly openTo?: AdaptationOpening;
    readonly declined?: number;
    readonly endedAt?: string | null;
  },
): Promise<number> => {
  const { version } = await db
    .updateTable('library.adaptation')
    .set((row) => ({ ...change, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

/** Last saved first. */
export const listAdaptations = async (
  db: Queryable,
  scope: AdaptationScope,
  {
    view,
    itemId,
    section,
    taught,
    cursor,
    limit,
  }: {
    readonly view: (typeof adaptationViews)[number];
    readonly itemId?: string | undefined;
    readonly section?: string | undefined;
    readonly taught?: boolean | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ rows: AdaptationRow[]; nextCursor: string | null }> => {
  const at = sql<string>`to_json(adaptation.saved_at)#>>'{}'`;
  let query = adaptations(db, scope);
  if (view === 'ended') query = query.where('adaptation.endedAt', 'is not', null);
  else if (view !== 'item') query = query.where('adaptation.endedAt', 'is', null);
  if (view === 'mine' || view === 'updates' || view === 'ended')
    query = query.where('adaptation.personId', '=', scope.personId);
  if (view === 'updates') query = query.where(newer, 'is not', null);
  if (view === 'school')
    query = query.where(sql<boolean>`adaptation.school_id = any(${[...scope.schoolIds]}::uuid[])`);
  if (itemId !== undefined) query = query.where('adaptation.itemId', '=', itemId);
  if (section !== undefined) query = query.where(sql<boolean>`${section} = any(adaptation.touched_keys)`);
  if (taught === true) query = query.where(taughtTimes, '>', 0);
  if (cursor !== undefined) {
    const after = decodeCursor(cursor, ['at', 'id']);
    query = query.where(
      sql<boolean>`(adaptation.saved_at, adaptation.id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
    );
  }
  const found = await query
    .select(at.as('at'))
    .orderBy('adaptation.savedAt', 'desc')
    .orderBy('adaptation.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ at: _at, ...row }) => toRow(row)),
    nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.at, last.id]) : null,
  };
};

/** Schools that adapted an item, and how many of them touched each section; what has ended counts as well. */
export const countChangedSections = async (db: Queryable, itemId: string) => {
  const { schools } = await db
    .selectFrom('library.adaptation')
    .where('itemId', '=', itemId)
    .select(sql<number>`count(distinct school_id)`.as('schools'))
    .executeTakeFirstOrThrow();
  const { rows: sections } = await sql<{ key: string; schools: number; suggestions: number }>`
    select coalesce(touched.key, suggested.section) as key,
      coalesce(touched.schools, 0)::bigint as schools, coalesce(suggested.suggestions, 0)::bigint as suggestions
    from (
      select key, count(distinct adaptation.school_id) as schools
      from library.adaptation as adaptation, unnest(adaptation.touched_keys) as key
      where adaptation.item_id = ${itemId}
      group by key
    ) as touched
    full join (
      select section, count(*) as suggestions
      from library.suggestion where item_id = ${itemId} and state <> 'withdrawn'
      group by section
    ) as suggested on suggested.section = touched.key
    order by key`.execute(db);
  return { schools, sections };
};
