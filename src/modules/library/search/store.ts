import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { likeLiteral } from '#platform/database/like.ts';
import type { LexemeQuery } from '#platform/text-search/query.ts';
import type { Content } from '../content/contract.ts';
import type { ItemScope } from '../item/policy.ts';
import { isVisible } from '../item/store.ts';
import type { VolumePart } from '../textbook/vocabulary/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { Searchable, SearchEntry } from './entry/rules.ts';
import { type Cutting, isSaidByLexemes, isSpelling, type Query, type QueryWord } from './query/rules.ts';
import { mostHits } from './vocabulary/contract.ts';

type Column = 'title' | 'heading' | 'folded' | 'initials' | 'pinyin';

const holds = (column: Column, word: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(`entry.${column}`)} like ${`%${likeLiteral(word)}%`}`;
const all = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.join([sql`true`, ...conditions], sql` and `)})`;
const any = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;

/** What the lexemes leave open: that the whole word stands somewhere. */
const holdsWord = (word: QueryWord): RawBuilder<SqlBool> =>
  any([
    holds('folded', word.text),
    ...(word.parts.length === 0
      ? []
      : [all(word.parts.map((names) => any(names.map((name) => holds('folded', name)))))]),
    ...(word.latin ? [holds('initials', word.text)] : []),
    ...(isSpelling(word) ? [holds('pinyin', word.text)] : []),
  ]);

const rankOf = ({ ranking, words, titlesOnly }: Query): RawBuilder<number> => {
  if (titlesOnly) return sql<number>`0`;
  const inAll = (column: 'title' | 'heading'): RawBuilder<SqlBool> =>
    all(
      ranking.map((text) => {
        const word = words.find((one) => one.text === text);
        return any([
          holds(column, text),
          ...(word?.latin === true ? [holds('initials', text)] : []),
          ...(word !== undefined && isSpelling(word) ? [holds('pinyin', text)] : []),
        ]);
      }),
    );
  return sql<number>`case when ${inAll('title')} then 0 when ${inAll('heading')} then 1 else 2 end`;
};

export interface Hit {
  readonly itemId: string;
  readonly ordinal: number;
  readonly rank: number;
}

/** The newest hits that have these lexemes and are no newer than `newest`; withdrawn items are none. */
export const listHits = async (
  db: Queryable,
  scope: ItemScope,
  search: { readonly query: Query; readonly lexemes: LexemeQuery; readonly newest: number },
): Promise<Hit[]> => {
  const { query, lexemes, newest } = search;
  const open = query.titlesOnly ? [] : query.words.filter((word) => !isSaidByLexemes(word));
  return db
    .selectFrom('library.searchEntry as entry')
    .innerJoin('library.item as item', 'item.id', 'entry.itemId')
    .where(sql<SqlBool>`entry.lexemes @@ ${lexemes}::tsquery`)
    .where('entry.ordinal', '<=', newest)
    .where('item.withdrawnAt', 'is', null)
    .where(isVisible(scope))
    .where(all(open.map(holdsWord)))
    .select(['entry.itemId', 'entry.ordinal', rankOf(query).as('rank')])
    .orderBy('entry.ordinal', 'desc')
    .limit(mostHits + 1)
    .execute();
};

/** The highest ordinal given so far, also by transactions that are still open. */
export const findNewestOrdinal = async (db: Queryable): Promise<number> => {
  const { rows } = await sql<{ newest: number }>`
    select last_value as newest from library.search_ordinal`.execute(db);
  return rows[0]?.newest ?? 1;
};

const before = 16;
const length = 96;

/** The words around the first hit in each item's text, for those that have one. */
export const listCuttings = async (
  db: Queryable,
  itemIds: readonly string[],
  words: readonly string[],
): Promise<ReadonlyMap<string, Cutting>> => {
  if (words.length === 0) return new Map();
  const place = sql.join(
    words.map((word) => sql`nullif(strpos(substr(folded, body_from), ${word}), 0)`),
    sql`, `,
  );
  const { rows } = await sql<Cutting & { itemId: string }>`
    select item_id as "itemId", substr(body, greatest(place - ${before}::int, 1), ${length}::int) as text,
      place <= ${before + 1}::int as begins, place - ${before}::int + ${length}::int > char_length(body) as ends
    from (select item_id, body, coalesce(${place}) as place
      from library.search_entry where item_id = any(${[...itemIds]}::uuid[])) as one
    where place is not null`.execute(db);
  return new Map(rows.map(({ itemId, ...cutting }) => [itemId, cutting]));
};

/** Until the transaction ends nobody publishes or renames the items: their entries are made from what stays. */
export const lockItems = async (db: Queryable, itemIds: readonly string[]): Promise<void> => {
  await sql`select id from library.item where id = any(${[...itemIds]}::uuid[]) order by id for update`.execute(
    db,
  );
};

export interface StoredSearchable extends Searchable {
  readonly id: string;
  readonly published: number | null;
  readonly withdrawn: boolean;
  /** Of its entry, if it has one. */
  readonly ordinal: number | null;
  readonly publishedInEntry: number | null;
}

const named = (title: string | null, number: number | null) => (title === null ? null : { title, number });

export const listSearchables = async (
  db: Queryable,
  itemIds: readonly string[],
): Promise<StoredSearchable[]> => {
  const rows = await db
    .selectFrom('library.item as item')
    .leftJoin('library.volume as volume', 'volume.id', 'item.volumeId')
    .leftJoin('library.edition as edition', 'edition.id', 'volume.editionId')
    .leftJoin('library.unit as unit', 'unit.id', 'item.unitId')
    .leftJoin('library.lesson as lesson', 'lesson.id', 'item.lessonId')
    .leftJoin('organisation.school as school', 'school.id', 'item.schoolId')
    .leftJoin('library.version as version', (join) =>
      join.onRef('version.itemId', '=', 'item.id').onRef('version.number', '=', 'item.published'),
    )
    .leftJoin('library.searchEntry as entry', 'entry.itemId', 'item.id')
    .where(sql<SqlBool>`item.id = any(${[...itemIds]}::uuid[])`)
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
      'item.published',
      sql<boolean>`item.withdrawn_at is not null`.as('withdrawn'),
      'school.name as schoolName',
      'edition.publisher',
      sql<VolumePart | null>`volume.part`.as('part'),
      'unit.title as unitTitle',
      'unit.number as unitNumber',
      'lesson.title as lessonTitle',
      'lesson.number as lessonNumber',
      sql<Content | null>`version.content`.as('content'),
      sql<string[]>`array(select person.name from organisation.person as person
        where person.id = any(version.contributors)
        union select jsonb_path_query(version.came_with, '$.contributors[*].name') #>> '{}')`.as('authors'),
      'entry.ordinal',
      'entry.published as publishedInEntry',
    ])
    .orderBy('item.id')
    .execute();
  return rows.map(({ unitTitle, unitNumber, lessonTitle, lessonNumber, ...row }) => ({
    ...row,
    unit: named(unitTitle, unitNumber),
    lesson: named(lessonTitle, lessonNumber),
  }));
};

export const nextOrdinal = async (db: Queryable): Promise<number> => {
  const { rows } = await sql<{ next: number }>`select nextval('library.search_ordinal') as next`.execute(db);
  const next = rows[0]?.next;
  if (next === undefined) throw new Error('a sequence gave nothing');
  return next;
};

export const putEntry = async (
  db: Queryable,
  key: { readonly itemId: string; readonly ordinal: number; readonly published: number | null },
  { lexemes, ...entry }: SearchEntry,
): Promise<void> => {
  const row = { ...entry, ...key, lexemes: sql<string>`array_to_tsvector(${[...lexemes]}::text[])` };
  await db
    .insertInto('library.searchEntry')
    .values(row)
    .onConflict((target) => target.column('itemId').doUpdateSet(row))
    .execute();
};

export const removeEntry = async (db: Queryable, itemId: string): Promise<void> => {
  await db.deleteFrom('library.searchEntry').where('itemId', '=', itemId).execute();
};

/** Items that stand in one of the units or lessons. */
export const listItemsIn = async (db: Queryable, placeIds: readonly string[]): Promise<string[]> => {
  const ids = sql`any(${[...placeIds]}::uuid[])`;
  const { rows } = await sql<{ id: string }>`
    select id from library.item where unit_id = ${ids} or lesson_id = ${ids} order by id`.execute(db);
  return rows.map(({ id }) => id);
};

export const listItemsWithoutEntry = async (db: Queryable): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from library.item as item where withdrawn_at is null
      and not exists (select 1 from library.search_entry where item_id = item.id) order by id`.execute(db);
  return rows.map(({ id }) => id);
};
