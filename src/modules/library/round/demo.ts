import type { Actor } from '#modules/organisation/contract.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, chinaDay, type Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import { adaptItem, saveAdaptation } from '../adaptation/actions.ts';
import { replaceDraftSection } from '../co-editing/store.ts';
import { demoDesign, demoParagraph } from '../content/demo.ts';
import { startItem } from '../item/actions.ts';
import { reflect } from '../reflection/actions.ts';
import { suggest } from '../suggestion/actions.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import { decideReview, getRound, listReviewers, publishRound, startRound, submitRound } from './actions.ts';

/** People of primary mathematics and of one school, by what they do in the demonstration. */
export interface DemoPeople {
  readonly lead: string;
  readonly member: string;
  readonly reviewer: string;
  readonly teacher: string;
}

export const contextFor = async (
  db: Queryable,
  personId: string,
  dayOn: Day,
): Promise<ActionContext<Actor>> => {
  const now = new Date(`${dayOn}T02:00:00Z`);
  const { name } = await db
    .selectFrom('organisation.person')
    .where('id', '=', personId)
    .select('name')
    .executeTakeFirstOrThrow();
  const actor: Actor = {
    accountId: newId(),
    personId,
    name,
    appointments: await listActiveAppointments(db, personId, dayOn),
    duties: [],
  };
  return {
    db,
    actor,
    origin: { accountId: actor.accountId, personId, name, address: '127.0.0.1' },
    sessionId: newId(),
    mustChangePassword: false,
    request: {
      endpoint: 'demo',
      address: '127.0.0.1',
      device: '演示数据',
      idempotencyKey: undefined,
      now,
      setSessionToken: () => undefined,
    },
    now,
    today: chinaDay(now),
  };
};

interface Place {
  readonly volumeId: string;
  readonly unitId: string;
}

/** One subject's work in every state it can be in, made by the same actions as people use. */
export const seedRounds = async (
  db: Queryable,
  { lead, member, reviewer, teacher }: DemoPeople,
  { today, grade, place }: { readonly today: Day; readonly grade: number; readonly place: Place },
): Promise<void> => {
  const as = (personId: string, daysAgo: number) => contextFor(db, personId, addDays(today, -daysAgo));
  const start = async (kind: ItemKind, title: string, daysAgo: number) =>
    startItem(await as(member, daysAgo), {
      kind,
      title,
      stage: 'primary',
      subject: 'mathematics',
      grade,
      ...place,
      lessonId: null,
      schoolId: null,
      shared: true,
      content: demoDesign(kind, title),
    });
  const submit = async (roundId: string, by: string, daysAgo: number) => {
    const context = await as(by, daysAgo);
    const { version } = await getRound(context, { id: roundId });
    const { rows } = await listReviewers(context, { id: roundId });
    const wanted = [reviewer, lead].filter((one) => rows.some(({ id }) => id === one));
    const reviewers = [...new Set([...wanted, ...rows.map(({ id }) => id)])].slice(0, 2);
    await submitRound(context, { id: roundId, version, note: '请重点看评价任务。', reviewers });
    return reviewers;
  };
  const publish = async (roundId: string, by: string, daysAgo: number, note: string) => {
    for (const one of await submit(roundId, by, daysAgo + 4)) {
      const context = await as(one, daysAgo + 2);
      const { submissions } = await getRound(context, { id: roundId });
      const review = submissions[0]?.reviews.find((asked) => asked.reviewer.id === one);
      if (review === undefined) continue;
      const { id, version } = review;
      await decideReview(context, { id, version, verdict: 'approved', remark: '目标清楚，可以发布。' });
    }
    const context = await as(lead, daysAgo);
    const { version } = await getRound(context, { id: roundId });
    await publishRound(context, { id: roundId, version, note });
  };
  const write = (roundId: string, key: string, text: string, personId: string) =>
    replaceDraftSection(db, roundId, {
      key,
      body: { form: 'text', blocks: [demoParagraph(text)] },
      personId,
    });

  // Published, adapted, taught, suggested, and published anew: the teacher finds an update.
  const lesson = await start('lesson-design', '两位数乘两位数（第1课时）', 50);
  await publish(lesson.roundId, member, 40, '');
  const context = await as(teacher, 30);
  const schoolId = context.actor.appointments.find(({ bodyId }) => bodyId === null)?.schoolId;
  if (schoolId !== null && schoolId !== undefined) {
    const taken = await adaptItem(context, { itemId: lesson.id, schoolId, openTo: 'maker' });
    await write(taken.id, 'learners', '本班学生口算较好，但不会先估后算，导入时先请他们估一估。', teacher);
    await saveAdaptation(context, taken);
    await reflect(await as(teacher, 20), {
      id: newId(),
      adaptationId: taken.id,
      taughtOn: addDays(today, -20),
      classLabel: '三(2)班',
      worked: '先估后算，错误明显少了。',
      change: '点子图用时偏长，下次给半成品。',
      aspects: {},
    });
    await suggest(await as(teacher, 19), {
      adaptationId: taken.id,
      section: 'learners',
      reason: '学生普遍不会估算，先估能发现错误。',
      happened: '先估一估以后，大多数学生能自己发现算错。',
    });
  }
  const next = await startRound(await as(member, 15), { itemId: lesson.id });
  await write(next.id, 'board', '左边点子图，右边竖式，箭头连起来。', member);
  await publish(next.id, member, 6, '板书改为点子图和竖式对照。');

  await submit((await start('unit-design', '两位数乘两位数', 12)).roundId, member, 9);
  await start('homework-design', '两位数乘两位数', 3);
};
