import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { type Origin, recordAudit } from '#platform/audit/audit.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { addDays, chinaDay, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { UploadInput } from '#platform/http/file-route.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { readTables, readTablesAt } from '#platform/spreadsheet/read-tables.ts';
import type { TableRow } from '#platform/spreadsheet/table-row.ts';
import { UnreadableFile } from '#platform/spreadsheet/unreadable-file.ts';
import { findCurrentTerm } from '../calendar/store.ts';
import type { RosterDecision, RosterPlan, WrittenRoster } from '../roster/contract.ts';
import { planRoster } from '../roster/plan/rules.ts';
import { refusalOf, rosterReader } from '../roster/rules.ts';
import type { Actor } from '../vocabulary/contract.ts';
import { applyPlan } from './changes/store.ts';
import {
  type RosterPage,
  type RosterSummary,
  type rosterImportContract,
  shownQuestions,
} from './contract.ts';
import { countSchools, lockRoster, readSnapshot } from './snapshot/store.ts';
import {
  findImport,
  type ImportRecord,
  insertImport,
  isShown,
  listFiles,
  listImports,
  listPeopleLabels,
  listRows,
  type RosterFile,
  removeFilesAndRows,
  removeImport,
  removeUnusedImports,
  replaceRows,
  updateImport,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof rosterImportContract>;
type Outputs = InferContractRouterOutputs<typeof rosterImportContract>;
type Context = ActionContext<Actor>;

/** Reads a roster row by row; what is no roster, or no table at all, is refused with the reason. */
const readRoster = async (tables: AsyncIterable<TableRow>): Promise<WrittenRoster> => {
  const reader = rosterReader();
  try {
    for await (const row of tables) reader.row(row);
  } catch (error) {
    if (error instanceof UnreadableFile) throw invalid(error.message);
    throw error;
  }
  const written = reader.finish();
  const refusal = refusalOf(written);
  if (refusal !== null) throw invalid(refusal);
  return written;
};

async function* tablesOf(files: readonly RosterFile[]): AsyncGenerator<TableRow> {
  for (const { name, content } of files) yield* readTables({ name, bytes: content });
}

const summaryOf = (
  { counts, questions, changes }: RosterPlan,
  applied: RosterSummary['applied'] = null,
): RosterSummary => ({
  counts,
  questions: questions.map(({ candidates, person, ...question }) => ({
    ...question,
    ...(candidates === undefined ? {} : { candidates: [...candidates] }),
    ...(person === undefined ? {} : { person: { name: person.name, cells: [...person.cells] } }),
  })),
  changes,
  applied,
});

interface Standing {
  readonly on: Day;
  readonly activeFrom: Day;
  readonly decisions?: readonly RosterDecision[];
}

const planAgainst = async (
  db: Queryable,
  written: WrittenRoster,
  { on, activeFrom, decisions = [] }: Standing,
) => {
  const termId = (await findCurrentTerm(db, on))?.id ?? null;
  const snapshot = await readSnapshot(db, { on, activeFrom, termId });
  return { snapshot, termId, plan: planRoster(written, snapshot, decisions) };
};

/** What importing a file or a folder would do; writes nothing. */
export const previewRosterAt = async (db: Queryable, path: string, on: Day): Promise<RosterPlan> =>
  (await planAgainst(db, await readRoster(readTablesAt(path)), { on, activeFrom: on })).plan;

/** Plans anew and writes, in the caller's transaction, so that what is written is what stands planned. */
const applyWritten = async (
  db: Queryable,
  origin: Origin,
  title: string,
  written: WrittenRoster,
  standing: Standing,
): Promise<RosterPlan> => {
  await lockRoster(db);
  const { plan, snapshot, termId } = await planAgainst(db, written, standing);
  const { activeFrom } = standing;
  await applyPlan(db, plan.rows, { snapshot, activeFrom, termId, title, origin });
  await recordAudit(db, origin, {
    action: 'organisation.roster-applied',
    objectKind: 'roster',
    objectId: null,
    after: { title, changes: plan.changes, questions: plan.questions.length },
  });
  return plan;
};

/** Imports a file or a folder in one transaction; answers the plan that was applied. */
export const applyRosterAt = async (
  db: Database,
  origin: Origin,
  path: string,
  title: string,
  on: Day,
): Promise<RosterPlan> => {
  const written = await readRoster(readTablesAt(path));
  return db
    .transaction()
    .execute((transaction) => applyWritten(transaction, origin, title, written, { on, activeFrom: on }));
};

/** 二〇二四年一月二十六日: from this day on the appendices of the notice hold. */
const noticeDay: Day = '2024-01-26';

/**
 * On the first start the district is the notice's own; does nothing where schools stand already. Its
 * questions stay open on the roster page. Answers the plan, or null when nothing was done.
 */
export const importNoticeRoster = async (
  db: Database,
  files: readonly RosterFile[],
  now: Date,
): Promise<RosterPlan | null> => {
  const written = await readRoster(tablesOf(files));
  return db.transaction().execute(async (transaction) => {
    await lockRoster(transaction);
    if ((await countSchools(transaction)) > 0) return null;
    const origin = { accountId: null, personId: null, name: '首次启动', address: '本机' };
    const title = '丰教研字〔2024〕16号附件';
    const standing = { on: chinaDay(now), activeFrom: noticeDay };
    const plan = await applyWritten(transaction, origin, title, written, standing);
    const heading = { title, broughtBy: origin.name, activeFrom: noticeDay };
    const id = await insertImport(transaction, heading, files, summaryOf(plan));
    const left = (await planAgainst(transaction, written, standing)).plan;
    await replaceRows(transaction, id, left.rows);
    await updateImport(transaction, id, 1, {
      summary: summaryOf(left, plan.changes),
      appliedAt: now.toISOString(),
      appliedBy: origin.name,
    });
    return plan;
  });
};

/** Keeps what was brought and shows what importing it would do; nothing of the district changes. */
export const bringRoster = async (
  { db, origin, today, now }: Context,
  { query, bytes }: UploadInput,
): Promise<{ importId: string }> => {
  if (bytes.length === 0) throw invalid('文件是空的，请重新选择，或粘贴名单内容。');
  const title = (query['name'] ?? '').trim().slice(0, 120) || '粘贴的名单';
  const files = [{ name: title, content: bytes }];
  const written = await readRoster(tablesOf(files));
  const { plan } = await planAgainst(db, written, { on: today, activeFrom: today });
  await removeUnusedImports(db, `${addDays(chinaDay(now), -7)}T00:00:00Z`);
  const heading = { title, broughtBy: origin.name, activeFrom: today };
  const importId = await insertImport(db, heading, files, summaryOf(plan));
  await replaceRows(db, importId, plan.rows);
  await recordAudit(db, origin, {
    action: 'organisation.roster-brought',
    objectKind: 'roster',
    objectId: importId,
    after: { title, bytes: bytes.length, changes: plan.changes },
  });
  return { importId };
};

const importToUse = async ({ db }: Context, importId: string): Promise<ImportRecord> => {
  const record = await findImport(db, importId);
  if (record === undefined) throw notFound();
  return record;
};

const headingOf = ({ summary: _summary, decisions: _decisions, ...heading }: ImportRecord) => heading;

export const listRosterImports = async ({ db }: Context): Promise<Outputs['listRosterImports']> => ({
  rows: (await listImports(db)).map((record) => ({
    ...headingOf(record),
    questions: record.summary.questions.length,
    changes: record.summary.changes,
    applied: record.summary.applied,
  })),
});

export const getRosterImport = async (
  context: Context,
  { importId }: Inputs['getRosterImport'],
): Promise<Outputs['getRosterImport']> => {
  const record = await importToUse(context, importId);
  const { counts, changes, questions } = record.summary;
  const shown = questions.slice(0, shownQuestions);
  const people = await listPeopleLabels(
    context.db,
    shown.flatMap(({ person, kind, candidates }) =>
      person !== undefined || kind === 'no-longer-listed' || kind === 'post-held' ? (candidates ?? []) : [],
    ),
  );
  return {
    ...headingOf(record),
    counts,
    changes,
    applied: record.summary.applied,
    questions: shown.map((question) => ({
      ...question,
      choices: (question.candidates ?? []).map((value) => ({ value, label: people.get(value) ?? value })),
    })),
    moreQuestions: questions.length - shown.length,
    decisions: record.decisions,
  };
};

export const listRosterRows = async (
  context: Context,
  page: RosterPage,
): Promise<Outputs['listRosterRows']> => {
  await importToUse(context, page.importId);
  const found = await listRows(context.db, page);
  const rows = found.slice(0, page.limit);
  return {
    rows,
    nextCursor: found.length > page.limit ? String(rows.at(-1)?.number ?? '') : null,
    asOf: context.now.toISOString(),
  };
};

const newerImport = () => conflict('这份名单刚刚被别人处理过，请刷新后再继续。');

const writtenOf = async (db: Queryable, importId: string): Promise<WrittenRoster> => {
  const files = await listFiles(db, importId);
  if (files.length === 0) throw conflict('这份名单已经全部导入，原文件不再保存。如需再导入，请重新上传。');
  return readRoster(tablesOf(files));
};

export const decideRoster = async (
  context: Context,
  { importId, version, decisions }: Inputs['decideRoster'],
): Promise<Outputs['decideRoster']> => {
  const { db, today, origin } = context;
  const record = await importToUse(context, importId);
  const { activeFrom } = record;
  const { plan } = await planAgainst(db, await writtenOf(db, importId), { on: today, activeFrom, decisions });
  const summary = summaryOf(plan, record.summary.applied);
  if (!(await updateImport(db, importId, version, { summary, decisions }))) throw newerImport();
  await replaceRows(db, importId, plan.rows);
  await recordAudit(db, origin, {
    action: 'organisation.roster-decided',
    objectKind: 'roster',
    objectId: importId,
    before: record.decisions,
    after: decisions,
  });
  return { version: version + 1 };
};

const nothing = { new: 0, changed: 0, unchanged: 0 };

/** New and changed rows of all steps; unchanged ones of the last. */
const addUp = (
  before: RosterSummary['applied'],
  now: RosterSummary['changes'],
): RosterSummary['changes'] => ({
  new: (before?.new ?? 0) + now.new,
  changed: (before?.changed ?? 0) + now.changed,
  unchanged: now.unchanged,
});

/** Applies what is decided; what is still open stays open and can be decided and applied later. */
export const applyRoster = async (
  context: Context,
  { importId, version }: Inputs['applyRoster'],
): Promise<Outputs['applyRoster']> => {
  const { db, today, origin, now } = context;
  const { title, activeFrom, decisions, summary } = await importToUse(context, importId);
  const written = await writtenOf(db, importId);
  const standing = { on: today, activeFrom, decisions };
  const plan = await applyWritten(db, origin, title, written, standing);
  if (!(await isShown(db, importId, plan.rows)))
    throw conflict('预览之后学校或人员有了变化，没有导入。请点“重新预览”，看过之后再导入。');
  const open = plan.questions.length > 0;
  // What was decided now stands in the district; the answer "a new person" must not be given twice.
  const left = open ? (await planAgainst(db, written, { on: today, activeFrom })).plan : plan;
  const marked = await updateImport(db, importId, version, {
    decisions: [],
    summary: summaryOf(open ? left : { ...plan, changes: nothing }, addUp(summary.applied, plan.changes)),
    appliedAt: now.toISOString(),
    appliedBy: origin.name,
  });
  if (!marked) throw newerImport();
  if (open) await replaceRows(db, importId, left.rows);
  else await removeFilesAndRows(db, importId);
  return { version: version + 1, changes: plan.changes };
};

export const dropRoster = async (
  context: Context,
  { importId }: Inputs['dropRoster'],
): Promise<Outputs['dropRoster']> => {
  const { title, appliedAt } = await importToUse(context, importId);
  if (appliedAt === null) await removeImport(context.db, importId);
  else await removeFilesAndRows(context.db, importId);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.roster-dropped',
    objectKind: 'roster',
    objectId: importId,
    after: { title },
  });
  return {};
};
