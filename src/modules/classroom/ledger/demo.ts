import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import type { RemarkKind } from './contract.ts';
import { remarksOf } from './rules.ts';
import { listLedgerRecords } from './store.ts';

const words: Readonly<Record<RemarkKind, readonly string[]>> = {
  duplicate: ['确是两节课，内容相接。', '同一位老师连上两个班，都听了。'],
  overlap: ['两校相邻，提前下课赶过去的。'],
  copied: ['两节课问题相同，建议一样。'],
  late: ['外出培训，回来补记。', '那周期中检测，事后补记。'],
};
const shortfalls = [
  '三月在外跟岗学习两周，四月起每周补听两节。',
  '学校迎接督导评估，听课安排顺延。',
] as const;

/** Some principals have explained some remarks of the running term, and a few their number. */
export const seedLedger = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  const term = await db
    .selectFrom('organisation.term')
    .select('id')
    .where('startsOn', '<=', today)
    .orderBy('startsOn', 'desc')
    .executeTakeFirst();
  if (term === undefined) return;
  const principals = await db
    .selectFrom('classroom.observation')
    .where('termId', '=', term.id)
    .where('capacity', '=', 'principal')
    .select('observerId')
    .distinct()
    .orderBy('observerId')
    .execute();
  const observerIds = principals.map(({ observerId }) => observerId);
  const records = Map.groupBy(
    await listLedgerRecords(db, { termId: term.id, observerIds }),
    ({ observerId }) => observerId,
  );
  const at = Date.parse(`${today}T00:00:00Z`) - 86_400_000;
  const madeAt = new Date(at).toISOString();
  await insertRows(
    db,
    'classroom.ledgerExplanation',
    observerIds.flatMap((observerId) =>
      remarksOf(records.get(observerId) ?? [])
        .filter(() => random.chance(0.4))
        .map(({ kind, id, otherId }) => ({
          id: random.id(at),
          observerId,
          termId: term.id,
          kind,
          observationId: id,
          otherId,
          text: random.pick(words[kind]),
          madeAt,
        })),
    ),
  );
  await insertRows(
    db,
    'classroom.ledgerShortfall',
    observerIds
      .filter(() => random.chance(0.15))
      .map((observerId) => ({
        observerId,
        termId: term.id,
        number: 1,
        text: random.pick(shortfalls),
        madeAt,
      })),
  );
};
