/**
 * `npm run import -- roster FILE [--apply] [--json]`: what importing a file (or a folder of files) would do,
 * and with --apply does it, in one transaction. --json prints one object on standard output.
 */
import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { RosterCounts } from '#modules/organisation/roster/contract.ts';
import { applyRosterAt, previewRosterAt } from '#modules/organisation/roster-import/actions.ts';
import { chinaDay } from '#platform/dates.ts';
import { Refusal } from '#platform/refusal.ts';
import { withDistrictDatabase } from './storage.ts';

// A long list makes much short-lived rubbish: collected often, 50,000 rows stay below 300 MB.
setFlagsFromString('--optimize-for-size');
setFlagsFromString('--semi-space-growth-factor=1');

const usage = '用法：npm run import -- roster 文件 [--apply] [--json]';

const words = process.argv.slice(2);
const flags = new Set(words.filter((word) => word.startsWith('--')));
const [kind, file, ...rest] = words.filter((word) => !word.startsWith('--'));
const knownFlags = ['--apply', '--json', '--demo'];

const importRoster = (path: string): Promise<void> =>
  withDistrictDatabase({ demo: flags.has('--demo') }, async (db) => {
    const today = chinaDay(new Date());
    const origin = { accountId: null, personId: null, name: '命令行导入', address: '本机' };
    const { counts, questions, changes } = flags.has('--apply')
      ? await applyRosterAt(db, origin, path, basename(path), today)
      : await previewRosterAt(db, path, today);
    const answer = {
      counts: { ...counts },
      questions: questions.map(({ kind: about, text, cell }) => ({ kind: about, text, cell })),
      changes,
    };
    if (flags.has('--json')) console.log(JSON.stringify(answer));
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
  console.log(flags.has('--apply') ? '已导入。' : '以上是预览，没有写入。加 --apply 导入。');
};

if (
  kind !== 'roster' ||
  file === undefined ||
  rest.length > 0 ||
  [...flags].some((flag) => !knownFlags.includes(flag))
) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await importRoster(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!(error instanceof Refusal) && !missing) throw error;
    console.error(missing ? `没有找到文件：${file}` : error.message);
    process.exitCode = 1;
  }
}
