import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { decodeCursor, encodeCursor } from '#platform/keyset.ts';
import { lexeme } from '#platform/text-search/query.ts';
import type { Content } from '../content/contract.ts';
import type { Writers } from '../package/format/contract.ts';
import { marked } from '../search/entry/rules.ts';
import type { Place } from '../shapes/contract.ts';
import { type VolumePart, volumePartLabels } from '../textbook/vocabulary/contract.ts';
import type { ItemKind, RoundState } from '../vocabulary/contract.ts';
import type { ItemRow, itemViews } from './contract.ts';
import type { ItemScope, Reach } from './policy.ts';

/** Items of the fields that a post reaches. */
export const isOfReach = (item: string, { all, fields }: Reach): RawBuilder<SqlBool> => {
  if (all) return sql<SqlBool>`true`;
  const keys = fields.map(({ stage, subject }) => `${stage ?? '*'} ${subject}`);
  return sql<SqlBool>`(${sql.ref(`${item}.stage`)} || ' ' || ${sql.ref(`${item}.subject`)} = any(${keys})
    or '* ' || ${sql.ref(`${item}.subject`)} = any(${keys}))`;
};

/** Whoever may see an item at all; of what is unpublished, whoever writes it or reads it by post. */
export const isVisible = (scope: ItemScope): RawBuilder<SqlBool> => sql<SqlBool>`(
  (item.published is not null and item.shared)
  or item.school_id = any(${[...scope.schoolIds]}::uuid[])
  or (item.school_id is null and (${scope.everything} or ${isOfReach('item', scope.writing)}))
  or (item.school_id is not null and item.published is not null
    and (${scope.everything} or ${isOfReach('item', scope.officer)}))
)`;

/** Of an open round: for those who see the item before it is published. */
export const isInside = (scope: ItemScope): RawBuilder<SqlBool> => sql<SqlBool>`(
  item.school_id = any(${[...scope.schoolIds]}::uuid[])
  or (item.school_id is null and (${scope.everything} or ${isOfReach('item', scope.writing)}))
)`;

/** The district's in the fields one answers for; all of them for whoever reads everything. */
export const isAnsweredFor = ({ everything, officer }: ItemScope): RawBuilder<SqlBool> =>
  sql<SqlBool>`(item.school_id is null and (${everything} or ${isOfReach('item', officer)}))`;

/** A school that none of its authors belongs to adapted it, or sent a suggestion. */
export const isUsedOutside = sql<SqlBool>`exists (
  select from (
    select school_id from library.adaptation where item_id = item.id
    union all select school_id from library.suggestion where item_id = item.id and state <> 'withdrawn'
  ) as used
  where used.school_id is distinct from item.school_id and not exists (
    select from library.version as version
    join organisation.person as author on author.id = any(version.contributors)
    where version.item_id = item.id and author.home_school_id = used.school_id
  )
)`;

const items = (db: Queryable, scope: ItemScope) =>
  db
    .selectFrom('library.item as item')
    .leftJoin('library.volume as volume', 'volume.id', 'item.volumeId')
    .leftJoin('library.edition as edition', 'edition.id', 'volume.editionId')
    .leftJoin('library.unit as unit', 'unit.id', 'item.unitId')
    .leftJoin('library.lesson as lesson', 'lesson.id', 'item.lessonId')
    .leftJoin('organisation.school as school', 'school.id', 'item.schoolId')
    .leftJoin('library.round as round', (join) =>
      join.onRef('round.itemId', '=', 'item.id').on('round.endedAt', 'is', null).on(isInside(scope)),
    )
    .where(isVisible(scope))
    .select([
      'item.id',
      sql<ItemKind>`item.kind`.as('kind'),
      'item.title',
      'item.summary',
      sql<Stage>`item.stage`.as('stage'),
      sql<Subject>`item.subject`.as('subject'),
      'item.grade',
      'item.volumeId',
      'item.unitId',
      'item.lessonId',
      'item.schoolId',
      'school.name as schoolName',
      'item.published',
      'item.publishedAt',
      sql<RoundState | null>`round.state`.as('roundState'),
      'round.id as roundId',
      sql<boolean>`item.withdrawn_at is not null`.as('withdrawn'),
      'edition.publisher',
      'edition.revisionYear',
      sql<VolumePart | null>`volume.part`.as('part'),
      'unit.title as unitTitle',
      'lesson.title as lessonTitle',
      sql<boolean>`coalesce(edition.withdrawn_on, unit.withdrawn_on, lesson.withdrawn_on) is not null`.as(
        'outdated',
      ),
    ]);
type Found = Awaited<ReturnType<ReturnType<typeof items>['execute']>>[number];

const toRow = ({
  publisher,
  revisionYear,
  part,
  unitTitle,
  lessonTitle,
  outdated,
  roundId: _roundId,
  ...row
}: Found): ItemRow => ({
  ...row,
  names: {
    volume:
      publisher === null || part === null
        ? null
        : `${publisher}（${revisionYear}年修订）${volumePartLabels[part]}`,
    unit: unitTitle,
    lesson: lessonTitle,
    outdated,
  },
});

export interface StoredItem extends ItemRow {
  readonly roundId: string | null;
  readonly version: number;
  readonly shared: boolean;
  /** Null: it came in by a package. */
  readonly madeBy: string | null;
  /** Who began it, and the main preparer of the version that is read. */
  readonly preparers: string[];
  readonly locked: string[];
  readonly withdrawnReason: string | null;
}

/** One item within a scope; `change` keeps others from changing it until the transaction ends. */
export const findItem = async (
  db: Queryable,
  id: string,
  scope: ItemScope,
  lock?: 'change',
): Promise<StoredItem | undefined> => {
  if (lock === 'change')
    await db.selectFrom('library.item').select('id').where('id', '=', id).forUpdate().execute();
  const found = await items(db, scope)
    .where('item.id', '=', id)
    .select(['item.version', 'item.shared', 'item.madeBy', 'item.locked', 'item.withdrawnReason'])
    .select(
      sql<string | null>`(select contributors[1] from library.version
        where version.item_id = item.id and version.number = item.published)`.as('mainPreparer'),
    )
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { version, shared, madeBy, locked, withdrawnReason, mainPreparer, ...row } = found;
  const preparers = [madeBy, mainPreparer].filter((personId) => personId !== null);
  return { ...toRow(row), roundId: row.roundId, version, shared, madeBy, preparers, locked, withdrawnReason };
};

/** Items of a scope among those named, in no order. */
export const listItemsOf = async (
  db: Queryable,
  ids: readonly string[],
  scope: ItemScope,
): Promise<ItemRow[]> =>
  (
    await items(db, scope)
      .where(sql<boolean>`item.id = any(${[...ids]}::uuid[])`)
      .execute()
  ).map(toRow);

export interface NewItem extends Place {
  readonly kind: ItemKind;
  readonly title: string;
  readonly schoolId: string | null;
  readonly shared: boolean;
  readonly madeBy: string;
}

export const insertItem = async (
  db: Queryable,
  { kind, title, schoolId, shared, madeBy, stage, subject, grade, volumeId, unitId, lessonId }: NewItem,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.item')
    .values({ id, kind, title, schoolId, shared, madeBy, stage, subject, grade, volumeId, unitId, lessonId })
    .execute();
  return id;
};

export interface ItemChange extends Partial<Place> {
  readonly title?: string;
  readonly summary?: string;
  readonly locked?: string[];
  readonly published?: number;
  readonly publishedAt?: string;
  readonly withdrawnAt?: string;
  readonly withdrawnBy?: string;
  readonly withdrawnReason?: string;
}

/** The caller holds the lock and has compared the version. */
export const updateItem = async (db: Queryable, id: string, change: ItemChange): Promise<number> => {
  const { version } = await db
    .updateTable('library.item')
    .set((row) => ({ ...change, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
};

/** The place a volume, unit or lesson stands in, or undefined where they do not belong together. */
export const findPlace = (
  db: Queryable,
  { volumeId, unitId, lessonId }: Pick<Place, 'volumeId' | 'unitId' | 'lessonId'>,
) =>
  db
    .selectFrom('library.volume as volume')
    .innerJoin('library.edition as edition', 'edition.id', 'volume.editionId')
    .where('volume.id', '=', volumeId)
    .where((is) =>
      is.or([
        is(sql<boolean>`${unitId}::uuid is null`, '=', true),
        is.exists(
          is
            .selectFrom('library.unit as unit')
            .select('unit.id')
            .whereRef('unit.volumeId', '=', 'volume.id')
            .where('unit.id', '=', unitId),
        ),
      ]),
    )
    .where((is) =>
      is.or([
        is(sql<boolean>`${lessonId}::uuid is null`, '=', true),
        is.exists(
          is
            .selectFrom('library.lesson as lesson')
            .select('lesson.id')
            .where('lesson.unitId', '=', unitId)
            .where('lesson.id', '=', lessonId),
        ),
      ]),
    )
    .select([
      sql<Stage>`edition.stage`.as('stage'),
      sql<Subject>`edition.subject`.as('subject'),
      'volume.grade',
    ])
    .executeTakeFirst();

type Filter = { readonly [Column in keyof Place]?: Place[Column] | undefined } & {
  readonly view: (typeof itemViews)[number];
  readonly kind?: ItemKind | undefined;
  readonly lifeContext?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

const columns = ['stage', 'subject', 'grade', 'volumeId', 'unitId', 'lessonId', 'kind'] as const;

/** Newest first: by publication, or by when they were begun. */
export const listItems = async (
  db: Queryable,
  scope: ItemScope,
  filter: Filter,
): Promise<{ rows: ItemRow[]; nextCursor: string | null }> => {
  const { view, cursor, limit } = filter;
  let query = items(db, scope);
  for (const column of columns) {
    const value = filter[column];
    if (value !== undefined && value !== null) query = query.where(`item.${column}`, '=', value);
  }
  if (filter.lifeContext === true)
    query = query.where(
      sql<boolean>`exists (select from library.search_entry as entry
        where entry.item_id = item.id and entry.lexemes @@ ${lexeme(marked('life', ''))}::tsquery)`,
    );
  const isRead = view === 'published' || view === 'field' || view === 'used-outside';
  if (isRead) query = query.where('item.published', 'is not', null).where('item.withdrawnAt', 'is', null);
  if (view === 'in-work') query = query.where('round.id', 'is not', null);
  if (view === 'mine') query = query.where('item.madeBy', '=', scope.personId);
  if (view === 'to-publish')
    query = query
      .where('round.state', '=', 'approved')
      .where('item.schoolId', 'is', null)
      .where(isOfReach('item', scope.officer));
  if (view === 'field' || view === 'used-outside') query = query.where(isAnsweredFor(scope));
  if (view === 'used-outside') query = query.where(isUsedOutside);
  const order = isRead ? 'item.publishedAt' : 'item.madeAt';
  const at = sql<string>`to_json(${sql.ref(order)})#>>'{}'`;
  if (cursor !== undefined) {
    const after = decodeCursor(cursor, ['at', 'id']);
    query = query.where(
      sql<boolean>`(${sql.ref(order)}, item.id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
    );
  }
  const found = await query
    .select(at.as('at'))
    .orderBy(order, 'desc')
    .orderBy('item.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ at: _at, ...row }) => toRow(row)),
    nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.at, last.id]) : null,
  };
};

/** Names of people with the school they belong to, in the order given. */
export const listNames = async (db: Queryable, ids: readonly string[]) => {
  const rows = await db
    .selectFrom('organisation.person as person')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where(sql<boolean>`person.id = any(${[...ids]}::uuid[])`)
    .select(['person.id', 'person.name', 'school.name as schoolName'])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

const versions = (db: Queryable, itemId: string) =>
  db
    .selectFrom('library.version as version')
    .leftJoin('organisation.person as publisher', 'publisher.id', 'version.publishedBy')
    .where('version.itemId', '=', itemId)
    .select([
      'version.number',
      'version.title',
      'version.note',
      'version.contributors',
      sql<Writers | null>`version.came_with`.as('cameWith'),
      sql<string>`coalesce(publisher.name, version.came_with ->> 'publishedBy', '')`.as('publishedByName'),
      'version.publishedAt',
    ]);

export type StoredVersion = Awaited<ReturnType<typeof listVersions>>[number];

export const listVersions = (db: Queryable, itemId: string) =>
  versions(db, itemId).orderBy('version.number', 'desc').execute();

export const findVersion = (db: Queryable, itemId: string, number: number) =>
  versions(db, itemId)
    .where('version.number', '=', number)
    .select(sql<Content>`version.content`.as('content'))
    .executeTakeFirst();

export const insertVersion = async (
  db: Queryable,
  version: {
    readonly itemId: string;
    readonly number: number;
    readonly title: string;
    readonly content: Content;
    readonly note: string;
    readonly contributors: string[];
    readonly publishedBy: string;
    readonly publishedAt: string;
  },
): Promise<void> => {
  await db
    .insertInto('library.version')
    .values({ ...version, content: JSON.stringify(version.content) })
    .execute();
};

/** Schools by name, of those given. */
export const listSchools = (db: Queryable, ids: readonly string[]) =>
  db
    .selectFrom('organisation.school')
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .select(['id', 'name'])
    .orderBy('name')
    .execute();

/** That a school opened an item, once. */
export const insertOpening = async (
  db: Queryable,
  itemId: string,
  schoolIds: readonly string[],
  on: Day,
): Promise<void> => {
  if (schoolIds.length === 0) return;
  await db
    .insertInto('library.opening')
    .values(schoolIds.map((schoolId) => ({ itemId, schoolId, firstOn: on })))
    .onConflict((target) => target.columns(['itemId', 'schoolId']).doNothing())
    .execute();
};
