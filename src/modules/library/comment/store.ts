import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { type Anchor, anchor as anchorSchema, type CellPlace, type Comment } from './contract.ts';
import type { RemarkCounts } from './rules.ts';

const readAnchor = (value: unknown): Anchor | null => {
  const parsed = anchorSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
};

/** The remarks on a document with their answers, in the order in which they were made; as many as may be. */
export const listComments = async (db: Queryable, documentId: string): Promise<Comment[]> => {
  const rows = await db
    .selectFrom('library.comment as c')
    .innerJoin('organisation.person as author', 'author.id', 'c.authorId')
    .leftJoin('organisation.person as resolver', 'resolver.id', 'c.resolvedBy')
    .where('c.documentId', '=', documentId)
    .select([
      'c.id',
      'c.parentId',
      'c.sectionKey',
      'c.anchor',
      'c.rowId',
      'c.columnKey',
      'c.quote',
      'c.text',
      'c.at',
      'c.resolvedAt',
      'author.name as authorName',
      'resolver.name as resolverName',
    ])
    .orderBy('c.id')
    .execute();
  const replies = Map.groupBy(rows, ({ parentId }) => parentId);
  return (replies.get(null) ?? []).map((row) => ({
    id: row.id,
    sectionKey: row.sectionKey,
    anchor: readAnchor(row.anchor),
    cell: row.rowId === null ? null : { row: row.rowId, column: row.columnKey },
    quote: row.quote,
    text: row.text,
    authorName: row.authorName,
    at: row.at,
    replies: (replies.get(row.id) ?? []).map(({ id, text, authorName, at }) => ({
      id,
      text,
      authorName,
      at,
    })),
    resolved:
      row.resolvedAt === null || row.resolverName === null
        ? null
        : { at: row.resolvedAt, byName: row.resolverName },
  }));
};

/** Of a document, of a section of it and of the answers to a remark; nobody else adds one until the transaction ends. */
export const countRemarks = async (
  db: Queryable,
  {
    documentId,
    sectionKey,
    parentId,
  }: { readonly documentId: string; readonly sectionKey: string; readonly parentId: string | null },
): Promise<RemarkCounts> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`library.comment:${documentId}`}, 0))`.execute(
    db,
  );
  return db
    .selectFrom('library.comment')
    .where('documentId', '=', documentId)
    .select([
      sql<number>`count(*)`.as('document'),
      sql<number>`count(*) filter (where section_key = ${sectionKey})`.as('section'),
      sql<number>`count(*) filter (where parent_id = ${parentId}::uuid)`.as('answers'),
    ])
    .executeTakeFirstOrThrow();
};

/** Locked until the transaction ends; of an answer nothing is found. */
export const findComment = (
  db: Queryable,
  id: string,
): Promise<{ documentId: string; sectionKey: string; resolvedAt: string | null } | undefined> =>
  db
    .selectFrom('library.comment')
    .where('id', '=', id)
    .where('parentId', 'is', null)
    .select(['documentId', 'sectionKey', 'resolvedAt'])
    .forUpdate()
    .executeTakeFirst();

export const insertComment = async (
  db: Queryable,
  {
    cell,
    ...comment
  }: {
    readonly documentId: string;
    readonly sectionKey: string;
    readonly parentId: string | null;
    readonly anchor: Anchor | null;
    readonly cell: CellPlace | null;
    readonly quote: string;
    readonly text: string;
    readonly authorId: string;
  },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('library.comment')
    .values({
      ...comment,
      id,
      rowId: cell?.row ?? null,
      columnKey: cell?.column ?? null,
      anchor: comment.anchor === null ? null : JSON.stringify(comment.anchor),
    })
    .execute();
  return id;
};

export const markResolved = async (db: Queryable, id: string, resolvedBy: string | null): Promise<void> => {
  await db
    .updateTable('library.comment')
    .set({ resolvedAt: resolvedBy === null ? null : sql<string>`clock_timestamp()`, resolvedBy })
    .where('id', '=', id)
    .execute();
};
