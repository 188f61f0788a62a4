import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Body } from '../content/contract.ts';
import { isOfReach } from '../item/store.ts';
import type { ItemKind, SuggestionState } from '../vocabulary/contract.ts';
import type { SuggestionRow, suggestionViews } from './contract.ts';
import type { SuggestionScope } from './policy.ts';

const isVisible = ({
  personId,
  schoolIds,
  everything,
  writing,
}: SuggestionScope): RawBuilder<SqlBool> => sql<SqlBool>`(
  suggestion.person_id = ${personId}::uuid
  or suggestion.school_id = any(${[...schoolIds]}::uuid[])
  or ${everything} or ${isOfReach('item', writing)}
)`;

const suggestions = (db: Queryable, scope: SuggestionScope) =>
  db
    .selectFrom('library.suggestion as suggestion')
    .innerJoin('library.item as item', 'item.id', 'suggestion.itemId')
    .innerJoin('organisation.person as person', 'person.id', 'suggestion.personId')
    .innerJoin('organisation.school as school', 'school.id', 'suggestion.schoolId')
    .where(isVisible(scope))
    .select([
      'suggestion.id',
      'suggestion.version',
      'suggestion.itemId',
      sql<ItemKind>`item.kind`.as('kind'),
      'item.title',
      'suggestion.section',
      'suggestion.sectionTitle',
      'suggestion.personId',
      'person.name',
      'school.name as schoolName',
      'suggestion.reason',
      'suggestion.happened',
      'suggestion.base',
      sql<SuggestionState>`suggestion.state`.as('state'),
      'suggestion.partly',
      'suggestion.answer',
      'suggestion.mergedIn',
      'suggestion.gatheredInto',
      sql<boolean>`suggestion.person_id is not distinct from ${scope.personId}::uuid
        and suggestion.decided_at is not null and suggestion.state in ('merged', 'declined', 'taken')
        and suggestion.seen_at is null`.as('fresh'),
      'suggestion.madeAt',
    ]);
type Found = Awaited<ReturnType<ReturnType<typeof suggestions>['execute']>>[number];

const toRow = ({ personId, name, ...row }: Found): SuggestionRow => ({
  ...row,
  by: { id: personId, name, schoolName: row.schoolName },
});

export interface StoredSuggestion extends SuggestionRow {
  readonly personId: string;
  readonly adaptationId: string;
  readonly proposed: Body;
  readonly roundId: string | null;
  readonly item: { readonly schoolId: string | null; readonly stage: Stage; readonly subject: Subject };
}

/**
 * Nobody changes these, nor what is gathered into them, until the transaction ends. Behind the lock of their item: what
 * is gathered into them may change while one waits, and in no order of rows would two who gather never meet.
 */
export const lockSuggestions = async (db: Queryable, ids: readonly string[]): Promise<void> => {
  await db
    .selectFrom('library.item')
    .where('id', 'in', (query) =>
      query
        .selectFrom('library.suggestion')
        .where('id', 'in', [...ids])
        .select('itemId'),
    )
    .select('id')
    .orderBy('id')
    .forUpdate()
    .execute();
  await db
    .selectFrom('library.suggestion')
    .where((row) => row.or([row('id', 'in', [...ids]), row('gatheredInto', 'in', [...ids])]))
    .select('id')
    .orderBy('id')
    .forUpdate()
    .execute();
};

export const findSuggestion = async (
  db: Queryable,
  id: string,
  scope: SuggestionScope,
): Promise<StoredSuggestion | undefined> => {
  const found = await suggestions(db, scope)
    .where('suggestion.id', '=', id)
    .select([
      'suggestion.adaptationId',
      sql<Body>`suggestion.body`.as('proposed'),
      'suggestion.roundId',
      'item.schoolId',
      sql<Stage>`item.stage`.as('stage'),
      sql<Subject>`item.subject`.as('subject'),
    ])
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { adaptationId, proposed, roundId, schoolId, stage, subject, ...row } = found;
  return {
    ...toRow(row),
    personId: row.personId,
    adaptationId,
    proposed,
    roundId,
    item: { schoolId, stage, subject },
  };
};

export const insertSuggestion = async (
  db: Queryable,
  {
    body,
    ...suggestion
  }: {
    readonly itemId: string;
    readonly section: string;
    readonly sectionTitle: string;
    readonly adaptationId: string;
    readonly personId: string;
    readonly schoolId: string;
    readonly base: number;
    readonly body: Body;
    readonly reason: string;
    readonly happened: string;
  },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.suggestion')
    .values({ id, ...suggestion, body: JSON.stringify(body) })
    .execute();
  return id;
};

/** One of the same section of an adaptation that waits already. */
export const findWaiting = (db: Queryable, adaptationId: string, section: string) =>
  db
    .selectFrom('library.suggestion')
    .where('adaptationId', '=', adaptationId)
    .where('section', '=', section)
    .where('state', '=', 'waiting')
    .select(['id', 'version'])
    .executeTakeFirst();

export interface SuggestionChange {
  readonly state?: SuggestionState;
  readonly gatheredInto?: string | null;
  readonly roundId?: string | null;
  readonly partly?: boolean;
  readonly answer?: string;
  readonly decidedBy?: string | null;
  readonly decidedAt?: string | null;
  readonly mergedIn?: number;
}

export const updateSuggestion = async (
  db: Queryable,
  id: string,
  change: SuggestionChange,
): Promise<number> => {
  const { version } = await db
    .updateTable('library.suggestion')
    .set((row) => ({ ...change, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

/** The same decision for those gathered into one. */
export const updateGathered = (
  db: Queryable,
  into: string,
  change: SuggestionChange,
): Promise<{ id: string; personId: string }[]> =>
  db
    .updateTable('library.suggestion')
    .set((row) => ({ ...change, version: row('version', '+', 1) }))
    .where('gatheredInto', '=', into)
    .where('state', '=', 'waiting')
    .returning(['id', 'personId'])
    .execute();

/** What was taken into a round came out in a version. */
export const markMerged = async (db: Queryable, roundId: string, number: number): Promise<void> => {
  await db
    .updateTable('library.suggestion')
    .set((row) => ({
      state: 'merged',
      mergedIn: number,
      seenAt: null,
      version: row('version', '+', 1),
    }))
    .where('roundId', '=', roundId)
    .where('state', '=', 'taken')
    .execute();
};

/**
 * What was taken into a round that came to nothing waits again. Of a section that was sent up anew meanwhile the newest
 * waits, and those before it count as withdrawn; what was gathered into these stands for itself again.
 */
export const releaseTaken = async (db: Queryable, roundId: string): Promise<void> => {
  const released = await db
    .updateTable('library.suggestion as released')
    .set((row) => ({
      state: sql<string>`case when exists (
        select from library.suggestion as newer
        where newer.adaptation_id = released.adaptation_id and newer.section = released.section
          and (newer.state = 'waiting'
            or newer.state = 'taken' and newer.round_id = released.round_id and newer.id > released.id)
      ) then 'withdrawn' else 'waiting' end`,
      roundId: null,
      partly: false,
      answer: '',
      decidedBy: null,
      decidedAt: null,
      seenAt: null,
      version: row('released.version', '+', 1),
    }))
    .where('roundId', '=', roundId)
    .where('state', '=', 'taken')
    .returning(['id', 'state'])
    .execute();
  const gone = released.filter(({ state }) => state === 'withdrawn').map(({ id }) => id);
  if (gone.length > 0)
    await db
      .updateTable('library.suggestion')
      .set((row) => ({ gatheredInto: null, version: row('version', '+', 1) }))
      .where('gatheredInto', 'in', gone)
      .where('state', '=', 'waiting')
      .execute();
};

/** The answer that stood in a version; one that came since is not seen yet. */
export const markSeen = async (
  db: Queryable,
  { id, version }: Pick<StoredSuggestion, 'id' | 'version'>,
  at: string,
): Promise<void> => {
  await db
    .updateTable('library.suggestion')
    .set({ seenAt: at })
    .where('id', '=', id)
    .where('version', '=', version)
    .execute();
};

/** Who suggested what came out in each version of an item: the credit of its history. */
export const listCredits = async (db: Queryable, itemId: string) =>
  db
    .selectFrom('library.suggestion as suggestion')
    .innerJoin('organisation.person as person', 'person.id', 'suggestion.personId')
    .innerJoin('organisation.school as school', 'school.id', 'suggestion.schoolId')
    .where('suggestion.itemId', '=', itemId)
    .where('suggestion.state', '=', 'merged')
    .select([
      'suggestion.mergedIn as number',
      'person.id',
      'person.name',
      'school.name as schoolName',
      'suggestion.section',
    ])
    .distinct()
    .execute();

/** Others on the same section that were not withdrawn. */
export const listBeside = async (
  db: Queryable,
  scope: SuggestionScope,
  { id, itemId, section }: Pick<StoredSuggestion, 'id' | 'itemId' | 'section'>,
): Promise<SuggestionRow[]> => {
  const rows = await suggestions(db, scope)
    .where('suggestion.itemId', '=', itemId)
    .where('suggestion.section', '=', section)
    .where('suggestion.id', '<>', id)
    .where('suggestion.state', '<>', 'withdrawn')
    .orderBy('suggestion.id', 'desc')
    .limit(100)
    .execute();
  return rows.map(toRow);
};

/** Newest first; those to decide oldest first. Ids are in the order of time. */
export const listSuggestions = async (
  db: Queryable,
  scope: SuggestionScope,
  {
    view,
    itemId,
    section,
    cursor,
    limit,
  }: {
    readonly view: (typeof suggestionViews)[number];
    readonly itemId?: string | undefined;
    readonly section?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ rows: SuggestionRow[]; nextCursor: string | null }> => {
  const oldestFirst = view === 'to-decide';
  let query = suggestions(db, scope);
  if (view === 'mine' || view === 'answered') query = query.where('suggestion.personId', '=', scope.personId);
  if (view === 'answered')
    query = query.where('suggestion.decidedAt', 'is not', null).where('suggestion.seenAt', 'is', null);
  if (view === 'item') query = query.where('suggestion.state', '<>', 'withdrawn');
  if (view === 'to-decide')
    query = query
      .where('suggestion.state', '=', 'waiting')
      .where('suggestion.gatheredInto', 'is', null)
      .where('item.schoolId', 'is', null)
      .where(sql<boolean>`suggestion.person_id is distinct from ${scope.personId}::uuid`)
      .where(isOfReach('item', scope.writing));
  if (itemId !== undefined) query = query.where('suggestion.itemId', '=', itemId);
  if (section !== undefined) query = query.where('suggestion.section', '=', section);
  if (cursor !== undefined) query = query.where('suggestion.id', oldestFirst ? '>' : '<', cursor);
  const rows = await query
    .orderBy('suggestion.id', oldestFirst ? 'asc' : 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit).map(toRow);
  return { rows: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
};
