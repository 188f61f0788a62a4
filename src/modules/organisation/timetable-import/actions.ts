import { createHash } from 'node:crypto';
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
import { termName } from '../calendar/rules.ts';
import { findCurrentTerm, findTerm, listTerms, type TermRecord } from '../calendar/store.ts';
import { mayKeepTeaching } from '../policy.ts';
import { findSchool, type SchoolRecord } from '../schools/store.ts';
import type { WrittenTimetable } from '../timetable-grid/contract.ts';
import { readTimetable } from '../timetable-grid/rules.ts';
import type { Actor } from '../vocabulary/contract.ts';
import {
  type StandingSchool,
  type TimetableChanges,
  type TimetableDecisions,
  type TimetablePlan,
  type timetableImportContract,
} from './contract.ts';
import { labelOf } from './resolve/rules.ts';
import { planTimetable } from './rules.ts';
import {
  applyPlan,
  findImport,
  findSchoolByName,
  insertImport,
  listImports,
  lockTimetables,
  readStanding,
  removeImport,
  removeUnusedImports,
  type TimetableImportRecord,
  updateImport,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof timetableImportContract>;
type Outputs = InferContractRouterOutputs<typeof timetableImportContract>;
type Context = ActionContext<Actor>;

/** More rows than any school's timetable. */
const mostRows = 20_000;
const mostLessons = 20_000;

const readWritten = async (tables: AsyncIterable<TableRow>): Promise<WrittenTimetable> => {
  const rows: TableRow[] = [];
  try {
    for await (const row of tables) rows.push(row);
  } catch (error) {
    if (error instanceof UnreadableFile) throw invalid(error.message);
    throw error;
  }
  const written = readTimetable(rows);
  if (written.lessons.length === 0)
    throw invalid(
      written.unread[0] === undefined
        ? '没有找到课表。表头要有星期和节次（班级课表、教师课表、总课表），或者是班级、星期、节次、学科、教师五列的清单。'
        : `没有读到课：${written.unread[0].reason}（${written.unread[0].cell}）。请在表的上方写明班级或教师。`,
    );
  if (written.lessons.length > mostLessons)
    throw invalid('文件里的课太多，不像一所学校的课表，请检查后再上传。');
  return written;
};

/** Grids show whole weeks; a list may be a part. */
const showsWholeWeeks = ({ forms }: WrittenTimetable): boolean => forms.some((form) => form !== 'list');

interface Standing {
  readonly school: SchoolRecord;
  readonly term: TermRecord;
  readonly on: Day;
  readonly complete: boolean;
  readonly decisions: TimetableDecisions;
}

const planAgainst = async (
  db: Queryable,
  written: WrittenTimetable,
  { school, term, on, complete, decisions }: Standing,
): Promise<{ readonly plan: TimetablePlan; readonly standing: StandingSchool }> => {
  const standing = await readStanding(db, school, term, on);
  return { plan: planTimetable(written, standing, { complete, decisions }), standing };
};

/** Stands for one very preview, row for row. */
const markOf = (plan: TimetablePlan): string =>
  createHash('sha256')
    .update(JSON.stringify([plan.rows, plan.remove, plan.end]))
    .digest('hex');

const writePlan = async (
  db: Queryable,
  origin: Origin,
  plan: TimetablePlan,
  {
    school,
    term,
    title,
  }: { readonly school: SchoolRecord; readonly term: TermRecord; readonly title: string },
): Promise<void> => {
  await applyPlan(db, school.id, term.id, plan);
  await recordAudit(db, origin, {
    action: 'organisation.timetable-imported',
    objectKind: 'school',
    objectId: school.id,
    after: {
      title,
      termId: term.id,
      changes: plan.changes,
      questions: plan.questions.length,
      newClasses: plan.newClasses.map(labelOf),
      overwritten: plan.rows.filter(({ byHand }) => byHand).map(({ text, reason }) => `${text} ${reason}`),
      ended: plan.end,
    },
  });
};

interface CommandOptions {
  readonly path: string;
  readonly school: string;
  /** 2026-1: the school year and the term; without it the running one. */
  readonly term?: string | undefined;
  readonly on: Day;
}

const standingFor = async (db: Queryable, options: CommandOptions, written: WrittenTimetable) => {
  const schools = await findSchoolByName(db, options.school);
  const [found] = schools;
  if (found === undefined) throw invalid(`没有找到学校“${options.school}”，请写学校的全称或已确认的简称。`);
  if (schools.length > 1) throw invalid(`“${options.school}”可以是几所学校，请写全称。`);
  const school = await findSchool(db, found.id);
  const terms = await listTerms(db);
  const term =
    options.term === undefined
      ? await findCurrentTerm(db, options.on)
      : terms.find(
          (one) =>
            options.term === `${one.schoolYear}-${one.term}` ||
            options.term === termName(one.schoolYear, one.term),
        );
  if (school === undefined || term === undefined)
    throw invalid('没有找到这个学期，请写成 2026-1（学年的第一年和第几学期），并先在校历里登记。');
  return { school, term, on: options.on, complete: showsWholeWeeks(written), decisions: {} };
};

/** What importing a file would do; writes nothing. */
export const previewTimetableAt = async (db: Queryable, options: CommandOptions): Promise<TimetablePlan> => {
  const written = await readWritten(readTablesAt(options.path, { rows: mostRows }));
  return (await planAgainst(db, written, await standingFor(db, options, written))).plan;
};

/** Imports a file in one transaction, but for what is in question. */
export const applyTimetableAt = async (
  db: Database,
  origin: Origin,
  title: string,
  options: CommandOptions,
): Promise<TimetablePlan> => {
  const written = await readWritten(readTablesAt(options.path, { rows: mostRows }));
  return db.transaction().execute(async (transaction) => {
    await lockTimetables(transaction);
    const standing = await standingFor(transaction, options, written);
    const { plan } = await planAgainst(transaction, written, standing);
    await writePlan(transaction, origin, plan, { ...standing, title });
    return plan;
  });
};

/** A school whose leaders one is not does not exist here. */
const schoolToKeep = async ({ db, actor }: Context, schoolId: string): Promise<SchoolRecord> => {
  const school = mayKeepTeaching(actor, schoolId) ? await findSchool(db, schoolId) : undefined;
  if (school === undefined) throw notFound();
  return school;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Keeps what was read of a file and shows what importing it would do; nothing of the school changes. */
export const bringTimetable = async (
  context: Context,
  { query, bytes }: UploadInput,
): Promise<{ importId: string }> => {
  const { db, origin, now } = context;
  const { school: schoolId = '', term: termId = '', name = '' } = query;
  if (!uuid.test(schoolId) || !uuid.test(termId)) throw notFound();
  const school = await schoolToKeep(context, schoolId);
  const term = await findTerm(db, termId);
  if (term === undefined) throw notFound();
  if (bytes.length === 0) throw invalid('文件是空的，请重新选择，或粘贴课表内容。');
  const title = name.trim().slice(0, 120) || '粘贴的课表';
  const written = await readWritten(readTables({ name: title, bytes }, { rows: mostRows }));
  await removeUnusedImports(db, `${addDays(chinaDay(now), -30)}T00:00:00Z`);
  const importId = await insertImport(
    db,
    { schoolId: school.id, termId, title, broughtBy: origin.name, complete: showsWholeWeeks(written) },
    written,
  );
  await recordAudit(db, origin, {
    action: 'organisation.timetable-brought',
    objectKind: 'timetable-import',
    objectId: importId,
    after: { title, schoolId: school.id, termId, lessons: written.lessons.length },
  });
  return { importId };
};

interface Opened {
  readonly record: TimetableImportRecord;
  readonly school: SchoolRecord;
  readonly term: TermRecord;
}

const importToUse = async (context: Context, importId: string): Promise<Opened> => {
  const record = await findImport(context.db, importId);
  if (record === undefined) throw notFound();
  const school = await schoolToKeep(context, record.schoolId);
  const term = await findTerm(context.db, record.termId);
  if (term === undefined) throw notFound();
  return { record, school, term };
};

const planOf = async ({ db, today }: Context, { record, school, term }: Opened) => {
  if (record.written === null) return null;
  const { complete, decisions } = record;
  return planAgainst(db, record.written, { school, term, on: today, complete, decisions });
};

const headingOf = (record: TimetableImportRecord, term: TermRecord | undefined) => {
  const {
    written: _written,
    decisions: _decisions,
    complete: _complete,
    termId: _termId,
    ...heading
  } = record;
  return { ...heading, termName: term === undefined ? '' : termName(term.schoolYear, term.term) };
};

export const listTimetableImports = async (
  context: Context,
  { schoolId }: Inputs['listTimetableImports'],
): Promise<Outputs['listTimetableImports']> => {
  await schoolToKeep(context, schoolId);
  const terms = await listTerms(context.db);
  return {
    asOf: context.today,
    rows: (await listImports(context.db, schoolId)).map((record) =>
      headingOf(
        record,
        terms.find(({ id }) => id === record.termId),
      ),
    ),
  };
};

const nothing: TimetableChanges = { new: 0, changed: 0, removed: 0, unchanged: 0 };

export const getTimetableImport = async (
  context: Context,
  { importId }: Inputs['getTimetableImport'],
): Promise<Outputs['getTimetableImport']> => {
  const opened = await importToUse(context, importId);
  const { record, school, term } = opened;
  const found = await planOf(context, opened);
  const plan = found?.plan;
  return {
    ...headingOf(record, term),
    schoolName: school.name,
    forms: [...(plan?.forms ?? [])],
    open: plan !== undefined,
    complete: record.complete,
    shown: plan === undefined ? '' : markOf(plan),
    lessons: record.written?.lessons.length ?? 0,
    changes: plan?.changes ?? nothing,
    newClasses: plan?.newClasses.map(labelOf) ?? [],
    overwritten: numbered(plan)
      .filter(({ byHand }) => byHand)
      .slice(0, 200),
    questions: plan?.questions.slice(0, 200) ?? [],
    decisions: { ...record.decisions },
    teachers: found?.standing.people.map(({ id, name }) => ({ value: id, label: name })) ?? [],
  };
};

const numbered = (plan: TimetablePlan | undefined) =>
  (plan?.rows ?? []).map((row, index) => ({ number: index + 1, ...row }));

export const listTimetableRows = async (
  context: Context,
  { importId, status, cursor, limit = 60 }: Inputs['listTimetableRows'],
): Promise<Outputs['listTimetableRows']> => {
  const found = await planOf(context, await importToUse(context, importId));
  const rows = numbered(found?.plan).filter(
    (row) => row.status === status && (cursor === undefined || row.number > Number(cursor)),
  );
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: rows.length > limit ? String(shown.at(-1)?.number ?? '') : null };
};

const newerImport = () => conflict('这份课表刚刚被别人处理过，请刷新后再继续。');

export const decideTimetable = async (
  context: Context,
  { importId, version, decisions, complete }: Inputs['decideTimetable'],
): Promise<Outputs['decideTimetable']> => {
  const { db, origin } = context;
  const { record } = await importToUse(context, importId);
  if (!(await updateImport(db, importId, version, { decisions, complete }))) throw newerImport();
  await recordAudit(db, origin, {
    action: 'organisation.timetable-decided',
    objectKind: 'timetable-import',
    objectId: importId,
    before: { decisions: record.decisions, complete: record.complete },
    after: { decisions, complete },
  });
  return { version: version + 1 };
};

const addUp = (before: TimetableChanges | null, now: TimetableChanges): TimetableChanges => ({
  new: (before?.new ?? 0) + now.new,
  changed: (before?.changed ?? 0) + now.changed,
  removed: (before?.removed ?? 0) + now.removed,
  unchanged: now.unchanged,
});

/** Writes what is decided; what is still in question stays as it stands and can be decided and applied later. */
export const applyTimetable = async (
  context: Context,
  { importId, version, shown }: Inputs['applyTimetable'],
): Promise<Outputs['applyTimetable']> => {
  const { db, origin, now } = context;
  await lockTimetables(db);
  const opened = await importToUse(context, importId);
  const found = await planOf(context, opened);
  if (found === null) throw conflict('这份课表已经全部导入。如需再导入，请重新上传。');
  const { plan } = found;
  if (markOf(plan) !== shown)
    throw conflict('预览之后本校的班级、教师或课表有了变化，没有导入。请看过新的预览再导入。');
  await writePlan(db, origin, plan, { ...opened, title: opened.record.title });
  const marked = await updateImport(db, importId, version, {
    applied: addUp(opened.record.applied, plan.changes),
    appliedAt: now.toISOString(),
    appliedBy: origin.name,
    done: plan.questions.length === 0,
  });
  if (!marked) throw newerImport();
  return { version: version + 1, changes: plan.changes };
};

export const dropTimetable = async (
  context: Context,
  { importId }: Inputs['dropTimetable'],
): Promise<Outputs['dropTimetable']> => {
  const { record } = await importToUse(context, importId);
  if (record.appliedAt !== null) throw conflict('这份课表已经写入过，不能放弃；没有决定的可以留着不管。');
  await removeImport(context.db, importId);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.timetable-dropped',
    objectKind: 'timetable-import',
    objectId: importId,
    after: { title: record.title },
  });
  return {};
};
