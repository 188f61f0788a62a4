import { createHash } from 'node:crypto';
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { writeXlsx } from 'hucre/xlsx';
import { type Actor, stages, subjects } from '#modules/organisation/contract.ts';
import { hasDuty } from '#modules/organisation/rules.ts';
import { type Origin, recordAudit } from '#platform/audit/audit.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { addDays, chinaDay, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { FileAnswer, FileInput, UploadInput } from '#platform/http/file-route.ts';
import { isId } from '#platform/ids.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { readTables, readTablesAt } from '#platform/spreadsheet/read-tables.ts';
import type { TableRow } from '#platform/spreadsheet/table-row.ts';
import { UnreadableFile } from '#platform/spreadsheet/unreadable-file.ts';
import { curriculumScope, isWithinCurriculum } from '../policy.ts';
import { refreshSearchEntriesIn } from '../search/actions.ts';
import { findEdition } from '../textbook/store.ts';
import type {
  TextbookChanges,
  TextbookDecisions,
  TextbookPlan,
  textbookImportContract,
  WrittenTextbooks,
} from './contract.ts';
import { countWritten, readTextbooks } from './reading/rules.ts';
import { planTextbooks } from './rules.ts';
import { sheetRows } from './sheet/rules.ts';
import {
  applyPlan,
  findImport,
  type ImportScope,
  insertImport,
  listImports,
  lockTextbooks,
  readSheet,
  readStanding,
  removeImport,
  removeUnusedImports,
  type TextbookImportRecord,
  updateImport,
} from './store.ts';
import { beginning } from './words/rules.ts';

type Inputs = InferContractRouterInputs<typeof textbookImportContract>;
type Outputs = InferContractRouterOutputs<typeof textbookImportContract>;
type Context = ActionContext<Actor>;

/** More than all textbooks of a district. */
const mostRows = 30_000;

const readWritten = async (tables: AsyncIterable<TableRow>): Promise<WrittenTextbooks> => {
  const rows: TableRow[] = [];
  try {
    for await (const row of tables) rows.push(row);
  } catch (error) {
    if (error instanceof UnreadableFile) throw invalid(error.message);
    throw error;
  }
  const { missing, volumes, unread } = readTextbooks(rows);
  if (missing.length > 0)
    throw invalid(
      `没有找到教材目录的表头，缺少${missing.map((name) => `“${name}”`).join('、')}这些列。可以先下载目录表，照着它的表头填写。`,
    );
  if (countWritten({ volumes }) === 0)
    throw invalid(
      unread[0] === undefined
        ? '表头下面没有内容，请填写后再上传。'
        : `一行也没有读懂：${unread[0].reason}（${unread[0].cell}）。请改好后再上传。`,
    );
  return { volumes, unread };
};

const planAgainst = async (
  db: Queryable,
  written: WrittenTextbooks,
  decisions: TextbookDecisions,
  mayKeep: Parameters<typeof planTextbooks>[2]['mayKeep'],
): Promise<TextbookPlan> =>
  planTextbooks(
    written,
    await readStanding(
      db,
      written.volumes.map(({ subject }) => subject),
    ),
    { decisions, mayKeep },
  );

/** Stands for one very preview, row for row. */
const markOf = ({ rows, units, lessons, withdraw }: TextbookPlan): string =>
  createHash('sha256')
    .update(JSON.stringify([rows, units, lessons, withdraw]))
    .digest('hex');

const writePlan = async (
  db: Queryable,
  origin: Origin,
  plan: TextbookPlan,
  { title, today }: { readonly title: string; readonly today: Day },
): Promise<void> => {
  const ids = await applyPlan(db, plan, today);
  await refreshSearchEntriesIn(
    db,
    [...plan.units, ...plan.lessons].flatMap(({ ref, isNew }) => (isNew ? [] : [ref])),
  );
  await recordAudit(db, origin, {
    action: 'library.textbooks-imported',
    objectKind: 'textbooks',
    objectId: null,
    after: {
      title,
      volumes: plan.volumeNames,
      changes: plan.changes,
      questions: plan.questions.length,
      editions: plan.newEditions.map(({ ref }) => ids.get(ref)),
      changed: plan.rows
        .filter(({ status }) => status === 'changed' || status === 'removed')
        .map(({ text, reason }) => `${text} ${reason}`),
      withdrawn: plan.withdraw,
    },
  });
};

const everything = (): boolean => true;

/** What importing a file would do; writes nothing. */
export const previewTextbooksAt = async (db: Queryable, path: string): Promise<TextbookPlan> =>
  planAgainst(db, await readWritten(readTablesAt(path, { rows: mostRows })), {}, everything);

/** Imports a file in one transaction, but for what is in question. */
export const applyTextbooksAt = async (
  db: Database,
  origin: Origin,
  path: string,
  { title, today }: { readonly title: string; readonly today: Day },
): Promise<TextbookPlan> => {
  const written = await readWritten(readTablesAt(path, { rows: mostRows }));
  return db.transaction().execute(async (transaction) => {
    await lockTextbooks(transaction);
    const plan = await planAgainst(transaction, written, {}, everything);
    await writePlan(transaction, origin, plan, { title, today });
    return plan;
  });
};

/** Keeps what was read of a file and shows what importing it would do; nothing of the tree changes. */
export const bringTextbooks = async (
  { db, origin, now }: Context,
  { query, bytes }: UploadInput,
): Promise<{ importId: string }> => {
  if (bytes.length === 0) throw invalid('文件是空的，请重新选择，或粘贴目录内容。');
  const title = beginning((query['name'] ?? '').trim(), 120) || '粘贴的教材目录';
  const written = await readWritten(readTables({ name: title, bytes }, { rows: mostRows }));
  await removeUnusedImports(db, `${addDays(chinaDay(now), -30)}T00:00:00Z`);
  const heading = { title, broughtAccount: origin.accountId, broughtBy: origin.name };
  const importId = await insertImport(db, heading, written);
  await recordAudit(db, origin, {
    action: 'library.textbooks-brought',
    objectKind: 'textbook-import',
    objectId: importId,
    after: { title, entries: countWritten(written) },
  });
  return { importId };
};

const importScope = ({ actor }: Context): ImportScope => ({
  accountId: hasDuty(actor, 'system') ? null : actor.accountId,
});

const importToUse = async (context: Context, importId: string): Promise<TextbookImportRecord> => {
  const record = await findImport(context.db, importId, importScope(context));
  if (record === undefined) throw notFound();
  return record;
};

const planOf = async (
  { db, actor }: Context,
  { written, decisions }: TextbookImportRecord,
): Promise<TextbookPlan | null> => {
  if (written === null) return null;
  const scope = curriculumScope(actor);
  return planAgainst(db, written, decisions, (place) => isWithinCurriculum(scope, place));
};

export const listTextbookImports = async (
  context: Context,
  _input: Inputs['listTextbookImports'],
): Promise<Outputs['listTextbookImports']> => ({
  asOf: context.today,
  rows: await listImports(context.db, importScope(context)),
});

const nothing: TextbookChanges = { new: 0, changed: 0, removed: 0, unchanged: 0 };

export const getTextbookImport = async (
  context: Context,
  { importId }: Inputs['getTextbookImport'],
): Promise<Outputs['getTextbookImport']> => {
  const record = await importToUse(context, importId);
  const plan = await planOf(context, record);
  const { written: _, decisions, ...heading } = record;
  return {
    ...heading,
    open: plan !== null,
    shown: plan === null ? '' : markOf(plan),
    volumes: [...(plan?.volumeNames ?? [])],
    changes: plan?.changes ?? nothing,
    notices: [...(plan?.notices ?? [])],
    questions: plan?.questions.slice(0, 200) ?? [],
    decisions: { ...decisions },
  };
};

export const listTextbookRows = async (
  context: Context,
  { importId, status, cursor, limit = 60 }: Inputs['listTextbookRows'],
): Promise<Outputs['listTextbookRows']> => {
  const plan = await planOf(context, await importToUse(context, importId));
  const rows = (plan?.rows ?? [])
    .map((row, index) => ({ number: index + 1, ...row }))
    .filter((row) => row.status === status && (cursor === undefined || row.number > Number(cursor)));
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: rows.length > limit ? String(shown.at(-1)?.number ?? '') : null };
};

const newerImport = () => conflict('这份目录刚刚被别人处理过，请刷新后再继续。');

export const decideTextbooks = async (
  context: Context,
  { importId, version, decisions }: Inputs['decideTextbooks'],
): Promise<Outputs['decideTextbooks']> => {
  const { db, origin } = context;
  const record = await importToUse(context, importId);
  if (!(await updateImport(db, importId, version, { decisions }))) throw newerImport();
  await recordAudit(db, origin, {
    action: 'library.textbooks-decided',
    objectKind: 'textbook-import',
    objectId: importId,
    before: { decisions: record.decisions },
    after: { decisions },
  });
  return { version: version + 1 };
};

const addUp = (before: TextbookChanges | null, now: TextbookChanges): TextbookChanges => ({
  new: (before?.new ?? 0) + now.new,
  changed: (before?.changed ?? 0) + now.changed,
  removed: (before?.removed ?? 0) + now.removed,
  unchanged: now.unchanged,
});

/** Writes what is decided; what is still in question stays as it stands and can be decided and applied later. */
export const applyTextbooks = async (
  context: Context,
  { importId, version, shown }: Inputs['applyTextbooks'],
): Promise<Outputs['applyTextbooks']> => {
  const { db, origin, now, today } = context;
  await lockTextbooks(db);
  const record = await importToUse(context, importId);
  const plan = await planOf(context, record);
  if (plan === null) throw conflict('这份目录已经全部导入。如需再导入，请重新上传。');
  if (markOf(plan) !== shown) throw conflict('预览之后教材目录有了变化，没有导入。请看过新的预览再导入。');
  await writePlan(db, origin, plan, { title: record.title, today });
  const marked = await updateImport(db, importId, version, {
    applied: addUp(record.applied, plan.changes),
    appliedAt: now.toISOString(),
    appliedBy: origin.name,
    done: plan.questions.length === 0,
  });
  if (!marked) throw newerImport();
  return { version: version + 1, changes: plan.changes };
};

export const dropTextbooks = async (
  context: Context,
  { importId }: Inputs['dropTextbooks'],
): Promise<Outputs['dropTextbooks']> => {
  const record = await importToUse(context, importId);
  if (record.appliedAt !== null) throw conflict('这份目录已经写入过，不能放弃；没有决定的可以留着不管。');
  await removeImport(context.db, importId);
  await recordAudit(context.db, context.origin, {
    action: 'library.textbooks-dropped',
    objectKind: 'textbook-import',
    objectId: importId,
    after: { title: record.title },
  });
  return {};
};

/**
 * The tree as a sheet: of one edition, or of all that are not withdrawn, of a subject or stage or of everything.
 * Importing it changes nothing; where there is nothing yet it is the empty form.
 */
export const downloadTextbooks = async ({ db }: Context, { query }: FileInput): Promise<FileAnswer> => {
  const { edition: editionId } = query;
  const subject = subjects.find((one) => one === query['subject']);
  const stage = stages.find((one) => one === query['stage']);
  if (editionId !== undefined && (!isId(editionId) || (await findEdition(db, editionId)) === undefined))
    throw notFound();
  const rows = sheetRows(
    await readSheet(db, {
      ...(editionId === undefined ? {} : { editionId }),
      ...(subject === undefined ? {} : { subject }),
      ...(stage === undefined ? {} : { stage }),
    }),
  );
  return {
    fileName: '教材目录.xlsx',
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await writeXlsx({ sheets: [{ name: '教材目录', rows }] }),
  };
};
