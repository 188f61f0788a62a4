/**
 * `npm run import -- roster FILE [--apply] [--json]`: what importing a file (or a folder of files) would do,
 * and with --apply does it, in one transaction. --json prints one object on standard output.
 * `npm run import -- timetable FILE --school NAME [--term 2026-1] [--apply] [--json]` does the same for a
 * school's timetable; what is in question is left out and said.
 * `npm run import -- textbook FILE [--apply] [--json]` does the same for a list of textbooks (教材目录).
 * `npm run import -- package FILE [--school NAME] [--apply] [--json]` does the same for a package of the library
 * (资源包), of any size; for the district, or as a school's own.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { applyPackageAt, previewPackageAt, schoolNamed } from '#modules/library/package/bringing/actions.ts';
import type { PackagePlan } from '#modules/library/package/contract.ts';
import { packageStatuses, packageStatusLabels } from '#modules/library/package/vocabulary/contract.ts';
import { applyTextbooksAt, previewTextbooksAt } from '#modules/library/textbook-import/actions.ts';
import type { TextbookPlan } from '#modules/library/textbook-import/contract.ts';
import type { RosterCounts } from '#modules/organisation/roster/contract.ts';
import { applyRosterAt, previewRosterAt } from '#modules/organisation/roster-import/actions.ts';
import { applyTimetableAt, previewTimetableAt } from '#modules/organisation/timetable-import/actions.ts';
import type { TimetablePlan } from '#modules/organisation/timetable-import/contract.ts';
import { chinaDay } from '#platform/dates.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { Refusal } from '#platform/refusal.ts';
import { readSettings } from '#platform/settings.ts';
import { withDistrictDatabase } from './storage.ts';

// A long list makes much short-lived rubbish: collected often, 50,000 rows stay below 300 MB.
setFlagsFromString('--optimize-for-size');
setFlagsFromString('--semi-space-growth-factor=1');

const usage = [
  '用法：npm run import -- roster 文件 [--apply] [--json]',
  '      npm run import -- timetable 文件 --school 学校 [--term 2026-1] [--apply] [--json]',
  '      npm run import -- textbook 文件 [--apply] [--json]',
  '      npm run import -- package 文件 [--school 学校] [--apply] [--json]',
].join('\n');

const readWords = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        apply: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        school: { type: 'string' },
        term: { type: 'string' },
      },
    });
  } catch {
    return null;
  }
};
const words = readWords();
const flags = words?.values ?? { apply: false, json: false, demo: false };
const [kind, file, ...rest] = words?.positionals ?? [];
const origin = { accountId: null, personId: null, name: '命令行导入', address: '本机' };

const importRoster = (path: string): Promise<void> =>
  withDistrictDatabase({ demo: flags.demo }, async (db) => {
    const today = chinaDay(new Date());
    const { counts, questions, changes } = flags.apply
      ? await applyRosterAt(db, origin, path, basename(path), today)
      : await previewRosterAt(db, path, today);
    const answer = {
      counts: { ...counts },
      questions: questions.map(({ kind: about, text, cell }) => ({ kind: about, text, cell })),
      changes,
    };
    if (flags.json) console.log(JSON.stringify(answer));
    else report(answer);
  });

interface Answer {
  readonly counts: RosterCounts;
  readonly questions: readonly { readonly kind: string; readonly text: string; readonly cell: string }[];
  readonly changes: { readonly new: number; readonly changed: number; readonly unchanged: number };
}

const countLabels: Readonly<Record<keyof RosterCounts, string>> = {
  juniorNames: '初中名单姓名',
  primaryNames: '小学名单姓名',
  distinctNames: '不同姓名',
  coreGroups: '研训中心组',
  gradeTeams: '年级组',
  consortia: '联合体',
  schools: '学校',
  people: '人员',
  appointments: '任职',
  emptySubjectBaseSlots: '未定的优势学科基地校',
};

const report = ({ counts, questions, changes }: Answer): void => {
  const labels: Readonly<Record<string, string>> = countLabels;
  for (const [name, count] of Object.entries(counts)) console.log(`${labels[name]}：${count}`);
  console.log(`新增 ${changes.new}，变更 ${changes.changed}，不变 ${changes.unchanged}`);
  for (const { cell, text } of questions) console.log(`待决定（${cell}）：${text}`);
  console.log(flags.apply ? '已导入。' : '以上是预览，没有写入。加 --apply 导入。');
};

const importTimetable = (path: string, school: string): Promise<void> =>
  withDistrictDatabase({ demo: flags.demo }, async (db) => {
    const options = { path, school, term: flags.term, on: chinaDay(new Date()) };
    const plan = flags.apply
      ? await applyTimetableAt(db, origin, basename(path), options)
      : await previewTimetableAt(db, options);
    if (flags.json) console.log(JSON.stringify(answerOf(plan)));
    else reportTimetable(plan);
  });

const answerOf = ({ forms, changes, newClasses, questions, rows }: TimetablePlan) => ({
  forms,
  changes,
  newClasses: newClasses.map(({ grade, number }) => ({ grade, number })),
  overwritten: rows.filter(({ byHand }) => byHand).map(({ text, reason }) => ({ text, reason })),
  questions: questions.map(({ kind: about, text, cell }) => ({ kind: about, text, cell })),
});

const reportTimetable = ({ changes, newClasses, questions, rows }: TimetablePlan): void => {
  console.log(
    `新增 ${changes.new}，变更 ${changes.changed}，去掉 ${changes.removed}，不变 ${changes.unchanged}`,
  );
  if (newClasses.length > 0) console.log(`新登记班级 ${newClasses.length} 个`);
  for (const { text, reason, byHand } of rows)
    if (byHand) console.log(`手工设定的被改掉：${text}，${reason}`);
  for (const { cell, text } of questions) console.log(`待决定（${cell}）：${text}`);
  console.log(flags.apply ? '已导入。' : '以上是预览，没有写入。加 --apply 导入。');
};

const importTextbooks = (path: string): Promise<void> =>
  withDistrictDatabase({ demo: flags.demo }, async (db) => {
    const plan = flags.apply
      ? await applyTextbooksAt(db, origin, path, { title: basename(path), today: chinaDay(new Date()) })
      : await previewTextbooksAt(db, path);
    if (flags.json) console.log(JSON.stringify(textbookAnswerOf(plan)));
    else reportTextbooks(plan);
  });

const textbookAnswerOf = ({ volumeNames, changes, notices, questions, rows }: TextbookPlan) => ({
  volumes: volumeNames,
  changes,
  notices,
  rows: rows.filter(({ status }) => status !== 'unchanged'),
  questions: questions.map(({ kind: about, text, cell }) => ({ kind: about, text, cell })),
});

const reportTextbooks = ({ volumeNames, changes, notices, questions, rows }: TextbookPlan): void => {
  console.log(
    `${volumeNames.length} 册：新增 ${changes.new}，变更 ${changes.changed}，停用 ${changes.removed}，不变 ${changes.unchanged}`,
  );
  for (const notice of notices) console.log(notice);
  for (const { status, text, reason } of rows)
    if (status === 'changed' || status === 'removed')
      console.log(`${status === 'changed' ? '变更' : '停用'}：${text}（${reason}）`);
  for (const { cell, text } of questions) console.log(`待决定（${cell}）：${text}`);
  console.log(flags.apply ? '已导入。' : '以上是预览，没有写入。加 --apply 导入。');
};

const importPackage = (path: string, school: string | undefined): Promise<void> =>
  withDistrictDatabase({ demo: flags.demo }, async (db) => {
    const schoolId = school === undefined ? null : await schoolNamed(db, school);
    const brought = { path, fileName: basename(path), schoolId };
    const { dataDirectory } = readSettings(process.env, { demo: flags.demo });
    const plan = flags.apply
      ? await applyPackageAt(db, origin, openFileStore(join(dataDirectory, 'files')), brought)
      : await previewPackageAt(db, brought);
    if (flags.json) console.log(JSON.stringify(plan));
    else reportPackage(plan);
  });

const reportPackage = ({ district, counts, rows, notices }: PackagePlan): void => {
  console.log(`${district}导出的资源包`);
  console.log(packageStatuses.map((status) => `${packageStatusLabels[status]} ${counts[status]}`).join('，'));
  for (const notice of notices) console.log(notice);
  for (const { status, title, sentences } of rows)
    if (sentences.length > 0)
      console.log(`${packageStatusLabels[status]}：${title}（${sentences.join('')}）`);
  console.log(flags.apply ? '已导入。' : '以上是预览，没有写入。加 --apply 导入。');
};

const run = (): Promise<void> | null => {
  if (file === undefined || rest.length > 0) return null;
  const ofSchool = flags.school !== undefined || flags.term !== undefined;
  if (kind === 'roster' && !ofSchool) return importRoster(file);
  if (kind === 'textbook' && !ofSchool) return importTextbooks(file);
  if (kind === 'package' && flags.term === undefined) return importPackage(file, flags.school);
  return kind === 'timetable' && flags.school !== undefined ? importTimetable(file, flags.school) : null;
};

const running = run();
if (running === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await running;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!(error instanceof Refusal) && !missing) throw error;
    console.error(missing ? `没有找到文件：${file}` : error.message);
    process.exitCode = 1;
  }
}
