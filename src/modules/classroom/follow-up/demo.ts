import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';

const seenAgain = [
  '这次追问多了，学生说得出理由。',
  '先写后议，小组发言面更广。',
  '有改进，继续坚持。',
  '',
] as const;
const endReasons = ['老师已调往外校。', '本学期该班已换任课教师。'] as const;

/** A follow-up for every agreed change: many are looked at in a later lesson, a few ended, the rest wait. */
export const seedFollowUps = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  const records = await db
    .selectFrom('classroom.observation')
    .where('finalisedAt', 'is not', null)
    .where('withdrawnAt', 'is', null)
    .select([
      'id',
      'observerId',
      'teacherId',
      'dayOn',
      'slotFrom',
      'agreedChange',
      'fedBackAt',
      'finalisedAt',
    ])
    .orderBy('dayOn')
    .orderBy('slotFrom')
    .orderBy('id')
    .execute();
  const byPair = Map.groupBy(records, ({ observerId, teacherId }) => `${observerId}/${teacherId}`);
  const followUps = records
    .filter(({ agreedChange, fedBackAt }) => agreedChange !== '' && fedBackAt !== null)
    .map((agreed) => {
      const look = byPair
        .get(`${agreed.observerId}/${agreed.teacherId}`)
        ?.find(({ dayOn }) => dayOn > agreed.dayOn);
      const closing =
        look !== undefined && random.chance(0.6)
          ? { lookId: look.id, reason: random.pick(seenAgain), closedAt: look.finalisedAt }
          : random.chance(0.05)
            ? { lookId: null, reason: random.pick(endReasons), closedAt: agreed.fedBackAt }
            : null;
      const plannedOn = random.chance(0.7) ? addDays(agreed.dayOn, random.integer(1, 4) * 7) : null;
      return { agreed, closing, plannedOn: plannedOn !== null && plannedOn < today ? null : plannedOn };
    });
  // One that is due, for whoever tries it; the oldest that waits.
  const due = new Map<string, string>();
  for (const { agreed, closing } of followUps)
    if (closing === null && !due.has(agreed.observerId)) due.set(agreed.observerId, agreed.id);
  await insertRows(
    db,
    'classroom.followUp',
    followUps.map(({ agreed, closing, plannedOn }) => ({
      observationId: agreed.id,
      plannedOn: due.get(agreed.observerId) === agreed.id && agreed.dayOn < today ? today : plannedOn,
      plannedSlot: null,
      version: closing === null ? 1 : 2,
      openedBy: agreed.observerId,
      openedAt: agreed.fedBackAt ?? '',
    })),
  );
  await insertRows(
    db,
    'classroom.followUpClosing',
    followUps.flatMap(({ agreed, closing }) =>
      closing === null
        ? []
        : [
            {
              id: random.id(Date.parse(closing.closedAt ?? '')),
              observationId: agreed.id,
              lookId: closing.lookId,
              reason: closing.reason,
              closedBy: agreed.observerId,
              closedAt: closing.closedAt ?? '',
            },
          ],
    ),
  );
};
