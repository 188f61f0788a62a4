import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { decodeCursor, encodeCursor } from '#platform/keyset.ts';
import type { Content } from '../content/contract.ts';
import type { ItemScope } from '../item/policy.ts';
import { isVisible } from '../item/store.ts';

/** Among which test items a paper's are chosen. */
export interface PaperField {
  readonly stage: Stage;
  readonly subject: Subject;
  readonly grade: number;
  readonly volumeId: string | null;
  /** Whose paper it is; null the district's. */
  readonly schoolId: string | null;
}

export interface TestItemFilter {
  readonly unitId?: string | undefined;
  readonly competency?: string | undefined;
  readonly level?: string | undefined;
  readonly type?: string | undefined;
  readonly difficulty?: string | undefined;
  /** Of a search by words. */
  readonly among?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Published papers that stand and hold an item. */
const papersWith = (itemId: RawBuilder<string>): RawBuilder<SqlBool> => sql<SqlBool>`
  paper.kind = 'test-paper' and paper.withdrawn_at is null
  and paper_version.item_id = paper.id and paper_version.number = paper.published
  and library.picked_items(paper_version.content) @> array[${itemId}::text]`;

const paperCount = sql<number>`(select count(*) from library.version as paper_version, library.item as paper
  where ${papersWith(sql<string>`item.id`)})`;

const columns = ['competency', 'level', 'type', 'difficulty'] as const;

/** What an item's row says, as a condition on its cells. */
const saysAll = ({ unitId, ...filter }: TestItemFilter): RawBuilder<SqlBool> => {
  const conditions = columns.flatMap((column) => {
    const value = filter[column];
    return value === undefined ? [] : [sql<SqlBool>`cells ->> ${column}::text = ${value}`];
  });
  const ofUnit =
    unitId === undefined
      ? []
      : [
          sql<SqlBool>`(item.unit_id = ${unitId}::uuid or cells ->> 'content' = ${unitId}::text
            or cells ->> 'content' in (select id::text from library.lesson where unit_id = ${unitId}::uuid))`,
        ];
  return sql<SqlBool>`exists (
    select from jsonb_path_query(version.content, '$.sections[*] ? (@.key == "items").body.rows[*].cells') as cells
    where ${sql.join([sql`true`, ...conditions, ...ofUnit], sql` and `)})`;
};

export interface FoundTestItem {
  readonly id: string;
  readonly number: number;
  readonly content: Content;
  readonly papers: number;
}

/** Newest first. */
export const listTestItems = async (
  db: Queryable,
  scope: ItemScope,
  { stage, subject, grade, volumeId, schoolId }: PaperField,
  filter: TestItemFilter,
): Promise<{ rows: FoundTestItem[]; nextCursor: string | null }> => {
  const { among, cursor, limit } = filter;
  const at = sql<string>`to_json(item.published_at)#>>'{}'`;
  let query = db
    .selectFrom('library.item as item')
    .innerJoin('library.version as version', (join) =>
      join.onRef('version.itemId', '=', 'item.id').onRef('version.number', '=', 'item.published'),
    )
    .where('item.kind', '=', 'test-item')
    .where('item.stage', '=', stage)
    .where('item.subject', '=', subject)
    .where('item.grade', '=', grade)
    .where('item.withdrawnAt', 'is', null)
    .where(isVisible(scope))
    // What a school keeps to itself stands in its own papers alone, also where an officer may read it.
    .where(sql<SqlBool>`(item.shared or item.school_id = ${schoolId}::uuid)`)
    .where(saysAll(filter))
    .select([
      'item.id',
      'version.number',
      sql<Content>`version.content`.as('content'),
      paperCount.as('papers'),
      at.as('at'),
    ]);
  if (volumeId !== null) query = query.where('item.volumeId', '=', volumeId);
  if (among !== undefined) query = query.where(sql<SqlBool>`item.id = any(${[...among]}::uuid[])`);
  if (cursor !== undefined) {
    const after = decodeCursor(cursor, ['at', 'id']);
    query = query.where(
      sql<SqlBool>`(item.published_at, item.id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
    );
  }
  const found = await query
    .orderBy('item.publishedAt', 'desc')
    .orderBy('item.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ at: _at, ...row }) => row),
    nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.at, last.id]) : null,
  };
};

/** How many papers hold an item, whoever may see them. */
export const countPapersWith = async (db: Queryable, itemId: string): Promise<number> => {
  const { rows } = await sql<{ papers: number }>`select count(*)::int as papers
    from library.version as paper_version, library.item as paper
    where ${papersWith(sql<string>`${itemId}`)}`.execute(db);
  return rows[0]?.papers ?? 0;
};

/** The papers among them that a scope sees, by title. */
export const listPapersWith = (
  db: Queryable,
  itemId: string,
  scope: ItemScope,
  limit: number,
): Promise<{ id: string; title: string }[]> =>
  db
    .selectFrom('library.item as item')
    .innerJoin('library.version as version', (join) =>
      join.onRef('version.itemId', '=', 'item.id').onRef('version.number', '=', 'item.published'),
    )
    .where('item.kind', '=', 'test-paper')
    .where('item.withdrawnAt', 'is', null)
    .where(isVisible(scope))
    .where(sql<SqlBool>`library.picked_items(version.content) @> array[${itemId}::text]`)
    .select(['item.id', 'item.title'])
    .orderBy('item.title')
    .orderBy('item.id')
    .limit(limit)
    .execute();
