import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { type Subject, subjectLabels } from '#modules/organisation/contract.ts';
import { seedOrganisation } from '#modules/organisation/demo.ts';
import { openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { startCluster } from '#platform/embedded-postgres/cluster.ts';
import { ensureDatabase } from '#platform/embedded-postgres/database.ts';
import { seededRandom } from '#platform/random.ts';
import { type BenchResult, rounded } from './measure.ts';
import { type MeasuredChild, runMeasured } from './measured-child.ts';
import { inTemporaryDirectory } from './temporary-directory.ts';

const rows = 50_000;
const seed = 20_240_126;

/** 50,000 invented teachers of the demonstration's schools, in the form of the plain teacher list. */
const writeTeacherList = async (path: string, schools: readonly string[]): Promise<void> => {
  const random = seededRandom(seed);
  const subjects: readonly Subject[] = ['chinese', 'mathematics', 'english', 'science'];
  const surnames = Array.from('王李张刘陈杨赵黄周吴徐孙');
  const given = Array.from('漪筠棠芷蔚昀煦骞屿禾苒蓁薇昕琦睿霖泓朔辰嘉笙遥溪岚');
  const teachers = Array.from({ length: rows }, (_, index) => [
    random.pick(surnames) + random.pick(given) + random.pick(given),
    `B${String(index + 1).padStart(6, '0')}`,
    random.pick(schools),
    `${random.pick(['一', '二', '三', '四', '五', '六'])}年级`,
    subjectLabels[random.pick(subjects)],
    `100${String(index).padStart(8, '0')}`,
  ]);
  writeFileSync(
    path,
    await writeXlsx({
      sheets: [{ name: '教师', rows: [['姓名', '工号', '学校', '年级', '学科', '电话'], ...teachers] }],
    }),
  );
};

/** The command itself as its own process, on a district of invented schools; the floor is reading the file. */
export const benchImport = (): Promise<BenchResult> =>
  inTemporaryDirectory(async (directory) => {
    const cluster = await startCluster({ dataDirectory: join(directory, 'postgres'), log: console.log });
    try {
      await ensureDatabase(cluster, 'yanxun');
      const url = cluster.url('yanxun');
      const file = join(directory, 'teachers.xlsx');
      await writeTeacherList(file, await seedSchools(url));

      const floor = await runMeasured(['scripts/bench/raw-read.ts', file]);
      const command = (...more: readonly string[]): Promise<MeasuredChild> =>
        runMeasured(['scripts/import.ts', 'roster', file, '--json', ...more], { DATABASE_URL: url });
      const preview = await command();
      const apply = await command('--apply');
      const again = await command('--apply');
      return {
        figures: {
          rows,
          fileMiB: rounded(statSync(file).size / 2 ** 20),
          rawReadSeconds: rounded(floor.seconds),
          rawReadPeakMiB: rounded(floor.peakMiB, 0),
          previewSeconds: rounded(preview.seconds),
          previewPeakMiB: rounded(preview.peakMiB, 0),
          applySeconds: rounded(apply.seconds),
          applyPeakMiB: rounded(apply.peakMiB, 0),
          againSeconds: rounded(again.seconds),
          peopleAfterwards: await countPeople(url),
        },
        ratios: {
          previewToRawRead: rounded(preview.seconds / floor.seconds),
          applyToRawRead: rounded(apply.seconds / floor.seconds),
        },
      };
    } finally {
      await cluster.stop();
    }
  });

const seedSchools = async (url: string): Promise<string[]> => {
  await migrate(url, 'migrations');
  const { db, close } = openDatabase(url);
  try {
    await db
      .transaction()
      .execute((transaction) => seedOrganisation(transaction, seededRandom(seed), '2026-11-23'));
    const schools = await db
      .selectFrom('organisation.school')
      .where('parentId', 'is', null)
      .where('kind', 'in', ['primary', 'central'])
      .select('name')
      .execute();
    return schools.map(({ name }) => name);
  } finally {
    await close();
  }
};

const countPeople = async (url: string): Promise<number> => {
  const { db, close } = openDatabase(url, { connections: 1 });
  try {
    const { count } = await db
      .selectFrom('organisation.person')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  } finally {
    await close();
  }
};
