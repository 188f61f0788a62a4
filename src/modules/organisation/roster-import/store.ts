import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import type { PlanRow, PlanStatus, PlanSubject, RosterDecision } from '../roster/contract.ts';
import type { RosterPage, RosterSummary } from './contract.ts';

export interface RosterFile {
  readonly name: string;
  readonly content: Buffer;
}

export interface ImportRecord {
  readonly id: string;
  readonly title: string;
  readonly broughtBy: string;
  readonly broughtAt: string;
  readonly activeFrom: Day;
  readonly appliedAt: string | null;
  readonly appliedBy: string | null;
  readonly version: number;
  readonly summary: RosterSummary;
  readonly decisions: RosterDecision[];
}

const importRows = (db: Queryable) =>
  db
    .selectFrom('organisation.rosterImport')
    .select([
      'id',
      'title',
      'broughtBy',
      'broughtAt',
      'activeFrom',
      'appliedAt',
      'appliedBy',
      'version',
      sql<RosterSummary>`summary`.as('summary'),
      sql<RosterDecision[]>`decisions`.as('decisions'),
    ]);

/** The newest first; older ones have been swept or are of no use any more. */
export const listImports = (db: Queryable): Promise<ImportRecord[]> =>
  importRows(db).orderBy('id', 'desc').limit(30).execute();

export const findImport = (db: Queryable, importId: string): Promise<ImportRecord | undefined> =>
  importRows(db).where('id', '=', importId).executeTakeFirst();

export const listFiles = (db: Queryable, importId: string): Promise<RosterFile[]> =>
  db
    .selectFrom('organisation.rosterFile')
    .where('importId', '=', importId)
    .select(['name', 'content'])
    .orderBy('position')
    .execute();

export const insertImport = async (
  db: Queryable,
  heading: { readonly title: string; readonly broughtBy: string; readonly activeFrom: Day },
  files: readonly RosterFile[],
  summary: RosterSummary,
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('organisation.rosterImport')
    .values({ id, ...heading, summary: JSON.stringify(summary) })
    .execute();
  await db
    .insertInto('organisation.rosterFile')
    .values(files.map((file, position) => ({ importId: id, position, ...file })))
    .execute();
  return id;
};

/** False when somebody else decided or applied in the meantime. */
export const updateImport = async (
  db: Queryable,
  importId: string,
  version: number,
  now: {
    readonly summary: RosterSummary;
    readonly decisions?: readonly RosterDecision[];
    readonly appliedAt?: string;
    readonly appliedBy?: string;
  },
): Promise<boolean> => {
  const { summary, decisions, ...applied } = now;
  const { numUpdatedRows } = await db
    .updateTable('organisation.rosterImport')
    .set({
      ...applied,
      summary: JSON.stringify(summary),
      ...(decisions === undefined ? {} : { decisions: JSON.stringify(decisions) }),
      version: version + 1,
    })
    .where('id', '=', importId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const removeImport = async (db: Queryable, importId: string): Promise<void> => {
  await db.deleteFrom('organisation.rosterImport').where('id', '=', importId).execute();
};

/** Imports brought before a moment that were never applied: their files hold telephone numbers. */
export const removeUnusedImports = async (db: Queryable, before: string): Promise<void> => {
  await db
    .deleteFrom('organisation.rosterImport')
    .where('appliedAt', 'is', null)
    .where('broughtAt', '<', before)
    .execute();
};

/** Once nothing is open any more, only the heading and the figures stay. */
export const removeFilesAndRows = async (db: Queryable, importId: string): Promise<void> => {
  await db.deleteFrom('organisation.rosterFile').where('importId', '=', importId).execute();
  await db.deleteFrom('organisation.rosterRow').where('importId', '=', importId).execute();
};

export const replaceRows = async (
  db: Queryable,
  importId: string,
  rows: readonly PlanRow[],
): Promise<void> => {
  await db.deleteFrom('organisation.rosterRow').where('importId', '=', importId).execute();
  for (let from = 0; from < rows.length; from += 5_000) {
    const records = rows.slice(from, from + 5_000).map(({ change: _change, ...row }, index) => ({
      number: from + index + 1,
      ...row,
    }));
    await sql`
      insert into organisation.roster_row (import_id, number, status, about, text, reason, cell)
      select ${importId}::uuid, number, status, about, text, reason, cell
      from json_to_recordset(${JSON.stringify(records)}::json) as record (
        number integer, status text, about text, text text, reason text, cell text)`.execute(db);
  }
};

/** Whether the preview that was shown is this very plan, row for row. */
export const isShown = async (
  db: Queryable,
  importId: string,
  rows: readonly PlanRow[],
): Promise<boolean> => {
  const shown = await db
    .selectFrom('organisation.rosterRow')
    .where('importId', '=', importId)
    .select(['status', 'text', 'reason', 'cell'])
    .orderBy('number')
    .execute();
  return (
    shown.length === rows.length &&
    rows.every(({ status, text, reason, cell }, index) => {
      const row = shown[index];
      return row?.status === status && row.text === text && row.reason === reason && row.cell === cell;
    })
  );
};

/** One row more than the limit tells that there is a next page. */
export const listRows = (db: Queryable, { importId, status, cursor, limit }: RosterPage) =>
  db
    .selectFrom('organisation.rosterRow')
    .where('importId', '=', importId)
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? ''))
    .$if(cursor !== undefined, (query) => query.where('number', '>', Number(cursor)))
    .select([
      'number',
      'text',
      'reason',
      'cell',
      sql<PlanStatus>`status`.as('status'),
      sql<PlanSubject>`about`.as('about'),
    ])
    .orderBy('number')
    .limit(limit + 1)
    .execute();

/** Names (and schools) of people a question offers, so that a person can tell them apart. */
export const listPeopleLabels = async (
  db: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('organisation.person as person')
    .leftJoin('organisation.school as school', 'school.id', 'person.homeSchoolId')
    .where('person.id', 'in', personIds)
    .select(['person.id', 'person.name', 'person.staffNumber', 'school.name as schoolName'])
    .execute();
  return new Map(
    rows.map(({ id, name, staffNumber, schoolName }) => [
      id,
      [name, schoolName ?? '没有学校', ...(staffNumber === null ? [] : [`工号${staffNumber}`])].join('，'),
    ]),
  );
};
