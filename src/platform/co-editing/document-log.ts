import { sql } from 'kysely';
import * as Y from 'yjs';
import type { Queryable } from '#platform/database/database.ts';

/** A document as the database has it: everything that was ever acknowledged. */
export interface StoredDocument {
  /** The state and the updates after it, in order; each on its own, since one that cannot be read spoils no other. */
  readonly parts: readonly Uint8Array[];
  readonly lastNumber: number;
  readonly closed: boolean;
}

/** Gives whether it was new; what stands under the id already stays. */
export const insertDocument = async (db: Queryable, id: string, doc: Y.Doc): Promise<boolean> => {
  const row = await db
    .insertInto('platform.coEditingDocument')
    .values({ id, state: Buffer.from(Y.encodeStateAsUpdate(doc)) })
    .onConflict((target) => target.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

/** One statement, so that updates folded into the state in the meantime are missed neither there nor here. */
export const findDocument = async (db: Queryable, id: string): Promise<StoredDocument | undefined> => {
  const { rows } = await sql<{ bytes: Buffer; lastNumber: number; closed: boolean }>`
    select piece.bytes, document.last_number, document.closed_at is not null as closed
    from platform.co_editing_document document
    cross join lateral (
      select document.state_number as number, document.state as bytes
      union all
      select one.number, one.bytes from platform.co_editing_update one
      where one.document_id = document.id and one.number > document.state_number
    ) piece
    where document.id = ${id}
    order by piece.number`.execute(db);
  const [first] = rows;
  if (first === undefined) return undefined;
  return { parts: rows.map(({ bytes }) => bytes), lastNumber: first.lastNumber, closed: first.closed };
};

/** Applies what was stored to a document; a part that cannot be read is left out and named in the log. */
export const applyParts = (doc: Y.Doc, id: string, parts: readonly Uint8Array[], origin?: unknown): void => {
  for (const part of parts)
    try {
      Y.applyUpdate(doc, part, origin);
    } catch (error) {
      console.error(`co-editing: an update of ${id} cannot be read:`, error);
    }
};

/**
 * What was appended after a number. Where some of it has been folded into the state by another process in the meantime,
 * the state comes first: it holds more than is asked for, and applying that again changes nothing. One statement, like
 * above.
 */
export const listPartsAfter = async (
  db: Queryable,
  id: string,
  number: number,
): Promise<{ number: number; bytes: Buffer }[]> => {
  const { rows } = await sql<{ number: number; bytes: Buffer }>`
    select piece.number, piece.bytes
    from platform.co_editing_document document
    cross join lateral (
      select document.state_number as number, document.state as bytes where document.state_number > ${number}
      union all
      select one.number, one.bytes from platform.co_editing_update one
      where one.document_id = document.id and one.number > greatest(document.state_number, ${number})
    ) piece
    where document.id = ${id}
    order by piece.number`.execute(db);
  return rows;
};

export const listHeads = async (
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; lastNumber: number; stateNumber: number; closed: boolean }[]> => {
  if (ids.length === 0) return [];
  return db
    .selectFrom('platform.coEditingDocument')
    .where('id', 'in', [...ids])
    .select(['id', 'lastNumber', 'stateNumber', sql<boolean>`closed_at is not null`.as('closed')])
    .execute();
};

export interface Change {
  readonly personId: string | null;
  readonly bytes: Uint8Array;
}

/**
 * Appends changes in one transaction of one statement and notes who made them; gives the number of the last one, or
 * null when the document is closed or unknown, and then nothing is kept.
 */
export const appendUpdates = async (
  db: Queryable,
  id: string,
  changes: readonly Change[],
): Promise<number | null> => {
  const people = changes.map(({ personId }) => personId);
  const bytes = changes.map((change) => Buffer.from(change.bytes));
  const { rows } = await sql<{ lastNumber: number }>`
    with head as (
      update platform.co_editing_document set last_number = last_number + ${changes.length}
      where id = ${id} and closed_at is null returning last_number
    ), change as (
      select * from unnest(${people}::uuid[], ${bytes}::bytea[]) with ordinality as one (person_id, bytes, place)
    ), appended as (
      insert into platform.co_editing_update (document_id, number, person_id, bytes)
      select ${id}::uuid, head.last_number - ${changes.length} + change.place, change.person_id, change.bytes
      from head, change
    ), contributed as (
      insert into platform.co_editing_contributor as known (document_id, person_id)
      select distinct ${id}::uuid, change.person_id from head, change where change.person_id is not null
      on conflict (document_id, person_id) do update set last_at = excluded.last_at
      where known.last_at < excluded.last_at - interval '1 minute'
    )
    select last_number from head`.execute(db);
  return rows[0]?.lastNumber ?? null;
};

/** Folds updates into the state. Runs beside appends; of two at once the second does nothing. */
export const compactDocument = async (db: Queryable, id: string): Promise<void> => {
  const { rows } = await sql<{ number: number; bytes: Buffer; stateNumber: number }>`
    select piece.number, piece.bytes, document.state_number
    from platform.co_editing_document document
    cross join lateral (
      select document.state_number as number, document.state as bytes
      union all
      select one.number, one.bytes from platform.co_editing_update one
      where one.document_id = document.id and one.number > document.state_number
    ) piece
    where document.id = ${id}
    order by piece.number`.execute(db);
  const last = rows.at(-1);
  if (last === undefined || last.number === last.stateNumber) return;
  const doc = new Y.Doc();
  applyParts(
    doc,
    id,
    rows.map(({ bytes }) => bytes),
  );
  const state = Buffer.from(Y.encodeStateAsUpdate(doc));
  doc.destroy();
  await sql`
    with folded as (
      update platform.co_editing_document set state = ${state}, state_number = ${last.number}
      where id = ${id} and state_number = ${last.stateNumber} returning id, state_number
    )
    delete from platform.co_editing_update one using folded
    where one.document_id = folded.id and one.number <= folded.state_number`.execute(db);
};

/** Appends wait until the transaction ends. */
export const lockDocument = async (db: Queryable, id: string): Promise<void> => {
  await db.selectFrom('platform.coEditingDocument').where('id', '=', id).select('id').forUpdate().execute();
};

/** Waits for appends under way; after the caller's transaction no update is taken any more. */
export const closeDocument = async (db: Queryable, id: string): Promise<void> => {
  await sql`update platform.co_editing_document set closed_at = coalesce(closed_at, clock_timestamp())
    where id = ${id}`.execute(db);
};

export const reopenDocument = async (db: Queryable, id: string): Promise<void> => {
  await db.updateTable('platform.coEditingDocument').set({ closedAt: null }).where('id', '=', id).execute();
};

/** Who changed something, in the order in which they first did. */
export const listContributors = async (
  db: Queryable,
  id: string,
): Promise<{ personId: string; firstAt: string; lastAt: string }[]> =>
  db
    .selectFrom('platform.coEditingContributor')
    .where('documentId', '=', id)
    .select(['personId', 'firstAt', 'lastAt'])
    .orderBy('firstAt')
    .orderBy('personId')
    .execute();
