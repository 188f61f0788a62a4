import { sql } from 'kysely';
import { fillDemoAccounts, findDemoPerson } from '#modules/accounts/demo.ts';
import { seedCirculars, seedFindingCirculars } from '#modules/circulars/demo.ts';
import { seedCalibrations } from '#modules/classroom/calibration/demo.ts';
import { seedClassroom } from '#modules/classroom/demo.ts';
import { seedFindings } from '#modules/classroom/finding/demo.ts';
import { seedResearchVisits } from '#modules/classroom/research-visit/demo.ts';
import { seedLibrary, seedLibraryItems } from '#modules/library/demo.ts';
import { seedOrganisation } from '#modules/organisation/demo.ts';
import { seedSubstitutions } from '#modules/organisation/substitution/demo.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { chinaDay, type Day } from '#platform/dates.ts';
import { type SeededRandom, seededRandom } from '#platform/random.ts';

interface DemoMoment {
  readonly today: Day;
  readonly now: Date;
}

type Seed = (db: Queryable, random: SeededRandom, moment: DemoMoment) => Promise<unknown>;

/** Each module's part of the demonstration district, in the order in which they build on one another. */
const seeds: readonly (readonly [name: string, seed: Seed])[] = [
  ['组织架构', (db, random, { today }) => seedOrganisation(db, random, today)],
  ['账号', (db, _random, { today }) => fillDemoAccounts(db, today)],
  ['听课记录', (db, random, { today }) => seedClassroom(db, random, today)],
  ['通报', (db, random, { today }) => seedCirculars(db, random, today)],
  [
    '巡研与问题整改',
    async (db, random, { today }) =>
      seedFindings(db, random, today, await seedResearchVisits(db, random, today)),
  ],
  ['代课', (db, _random, { today }) => seedSubstitutions(db, today)],
  ['整改通知书与整改情况通报', (db, _random, { today }) => seedFindingCirculars(db, today)],
  ['听课评课校准', (db, random, { today }) => seedCalibrations(db, random, today)],
  ['教材目录', (db, random, { today }) => seedLibrary(db, random, today)],
  [
    '研训资源库',
    async (db, random, { today }) => {
      const [lead, member, reviewer, teacher] = [
        await findDemoPerson(db, 'core-lead'),
        await findDemoPerson(db, 'core-member'),
        await findDemoPerson(db, 'core-reviewer'),
        await findDemoPerson(db, 'teacher'),
      ];
      const whole = lead !== null && member !== null && reviewer !== null && teacher !== null;
      return seedLibraryItems(db, random, today, whole ? { lead, member, reviewer, teacher } : null);
    },
  ],
];

const firstSeed = 20_240_126;

/**
 * Fills an empty database with the demonstration district; one that is filled stays as it is.
 * All in one transaction, so that an interrupted seeding leaves nothing and starts anew.
 * The same day gives the same district.
 */
export const seedDemo = async (
  db: Database,
  { now, today = chinaDay(now), log }: { now: Date; today?: Day; log: (line: string) => void },
): Promise<void> => {
  const filled = await db.selectFrom('organisation.person').select('id').limit(1).executeTakeFirst();
  if (filled !== undefined) return;
  const begun = performance.now();
  await db.transaction().execute(async (transaction) => {
    for (const [index, [name, seed]] of seeds.entries()) {
      log(`正在生成演示数据：${name}……`);
      // A source of its own, so that a change in one module leaves the others' data as they were.
      await seed(transaction, seededRandom(firstSeed + index), { today, now });
      await tellPlanner(transaction);
    }
  });
  log(`演示数据已生成（${((performance.now() - begun) / 1000).toFixed(1)} 秒）。`);
};

/** It knows nothing yet of rows that arrived a moment ago, and only their owner may tell it. */
const tellPlanner = async (db: Queryable): Promise<void> => {
  await sql`set local role none`.execute(db);
  await sql`analyze`.execute(db);
  await sql`reset role`.execute(db);
};
