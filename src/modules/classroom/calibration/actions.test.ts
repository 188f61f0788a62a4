import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { countLessons } from '../count/store.ts';
import { aDistrict, at } from '../finding/testing.ts';
import type { CriterionEntry } from '../shapes/contract.ts';
import { anAppointment, aPerson, aTerm, contextOf, type TestPerson } from '../testing.ts';
import type { Step } from '../vocabulary/contract.ts';
import {
  changeCalibration,
  closeCalibration,
  extendCalibration,
  getCalibration,
  listCalibrations,
  makeCalibration,
  openCalibration,
  rateCalibration,
  startCalibration,
} from './actions.ts';
import type { CalibrationPlan } from './contract.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const district = await aDistrict(db);
const { here, officer, colleague, groupMember, principal, vice, teacher } = district;
const raters: TestPerson[] = [principal, vice];
for (const number of [3, 4, 5, 6, 7, 8]) {
  const person = await aPerson(db, { name: `校长${number}`, schoolId: here.id });
  await anAppointment(db, person.id, { post: 'principal', schoolId: here.id });
  raters.push(person);
}
const panel = [colleague, groupMember, district.head];

const refused = (kind: RefusalKind) => (error: unknown) => error instanceof Refusal && error.kind === kind;
const as = (person: TestPerson, on = '2024-03-20') => contextOf(db, person, at(on));
const aPlan = (given: Partial<CalibrationPlan> = {}): CalibrationPlan => ({
  title: '三月听课评课校准',
  subject: 'mathematics',
  grade: 3,
  topic: '两位数乘两位数',
  mode: 'video',
  schoolId: null,
  dayOn: null,
  slot: null,
  note: '',
  raters: raters.map(({ id }) => id),
  panel: [],
  deadlineOn: '2024-03-29',
  ...given,
});
const opened = async (given: Partial<CalibrationPlan> = {}) => {
  const made = await makeCalibration(await as(officer), aPlan(given));
  return openCalibration(await as(officer), made);
};
const noted = (step: Step, evidence = ''): CriterionEntry[] => [
  { code: 'K1', step, evidence },
  { code: 'K2', step: 'partly', evidence: '' },
];
const rate = async (person: TestPerson, id: string, entries = noted('seen-well'), version = 0) =>
  rateCalibration(await as(person), { id, version, entries });
const closed = async ({ id, version }: { id: string; version: number }) =>
  closeCalibration(await as(officer), { id, version });

describe('who sees a session', () => {
  it('a draft only those who organise, an open one also those invited', async () => {
    const draft = await makeCalibration(await as(officer), aPlan({ panel: panel.map(({ id }) => id) }));
    for (const person of [officer, colleague, district.head])
      assert.equal((await getCalibration(await as(person), draft)).state, 'draft');
    for (const person of [principal, groupMember, teacher])
      await assert.rejects(
        as(person).then((context) => getCalibration(context, draft)),
        refused('not-found'),
      );
    const { id } = await openCalibration(await as(officer), draft);
    assert.equal((await getCalibration(await as(principal), { id })).invitedAs, 'rater');
    assert.equal((await getCalibration(await as(groupMember), { id })).invitedAs, 'panel');
    for (const person of [teacher, district.elsewhere]) {
      await assert.rejects(
        as(person).then((context) => getCalibration(context, { id })),
        refused('not-found'),
      );
      await assert.rejects(rate(person, id), refused('not-found'));
    }
    await assert.rejects(rate(officer, id), refused('not-found'));
  });

  it('the lists hold what waits, what one took part in, and what is organised', async () => {
    const { id, version } = await opened();
    const has = async (person: TestPerson, view: 'to-do' | 'mine' | 'organised', on?: string) =>
      (await listCalibrations(await as(person, on), { view, limit: 100 })).rows.some((row) => row.id === id);
    const seen = async (person: TestPerson, on?: string) => [
      await has(person, 'to-do', on),
      await has(person, 'mine', on),
      await has(person, 'organised', on),
    ];
    assert.deepEqual(await seen(principal), [true, false, false]);
    assert.deepEqual(await seen(officer), [false, false, true]);
    assert.deepEqual(await seen(teacher), [false, false, false]);
    await rate(principal, id);
    assert.deepEqual(await seen(principal), [false, true, false]);
    assert.deepEqual(await seen(vice, '2024-03-30'), [false, true, false]);
    await closed({ id, version });
    assert.deepEqual(await seen(vice), [false, true, false]);
  });

  it('pages by keyset', async () => {
    for (const view of ['organised', 'to-do'] as const) {
      const person = view === 'organised' ? officer : vice;
      await opened({ deadlineOn: '2024-04-01' });
      const all = (await listCalibrations(await as(person), { view, limit: 100 })).rows.map(({ id }) => id);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listCalibrations(await as(person), { view, limit: 1, cursor });
        paged.push(...page.rows.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      assert.ok(all.length > 1);
      assert.deepEqual(paged, all);
    }
  });
});

describe('before the end', () => {
  it('only how many submitted is known, and one’s own', async () => {
    const { id } = await opened();
    await rate(principal, id, noted('not-seen', '只我看见的依据'));
    for (const person of [officer, vice]) {
      const answer = await getCalibration(await as(person), { id });
      assert.ok(!JSON.stringify(answer).includes('只我看见的依据'));
      assert.deepEqual([answer.rating, answer.own], [null, null]);
    }
    const { organised } = await getCalibration(await as(officer), { id });
    assert.deepEqual([organised?.ratedRaters, organised?.sum], [1, null]);
    const mine = await getCalibration(await as(principal), { id });
    assert.deepEqual([mine.rating?.version, mine.own, mine.organised], [1, null, null]);
    assert.equal(mine.rating?.entries[0]?.evidence, '只我看见的依据');
  });

  it('a later submission stands beside the first; an old one is refused', async () => {
    const { id } = await opened();
    assert.deepEqual(await rate(principal, id), { version: 1 });
    assert.deepEqual(await rate(principal, id, noted('partly'), 1), { version: 2 });
    await assert.rejects(rate(principal, id, noted('not-seen'), 1), refused('conflict'));
    await assert.rejects(rate(principal, id, noted('not-seen'), 5), refused('conflict'));
    const { rating } = await getCalibration(await as(principal), { id });
    assert.deepEqual([rating?.version, rating?.entries[0]?.step], [2, 'partly']);
    const kept = await db
      .selectFrom('classroom.calibrationRating')
      .where('calibrationId', '=', id)
      .select('number')
      .orderBy('number')
      .execute();
    assert.deepEqual(
      kept.map(({ number }) => number),
      [1, 2],
    );
  });

  it('is no observation and counts towards nothing', async () => {
    const { id } = await opened();
    await rate(principal, id);
    const observations = await db.selectFrom('classroom.observation').select('id').execute();
    assert.deepEqual(observations, []);
    const lessons = await countLessons(db, { from: '2024-01-01', to: '2024-12-31' });
    assert.deepEqual([...lessons], []);
  });

  it('no value and no evidence is in the audit log', async () => {
    const { id } = await opened();
    await rate(principal, id, noted('not-seen', '一句依据'));
    const rows = await db
      .selectFrom('platform.auditEntry')
      .where('objectId', '=', id)
      .select(['action', 'after'])
      .orderBy('id')
      .execute();
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['classroom.calibration-made', 'classroom.calibration-open', 'classroom.calibration-rated'],
    );
    assert.deepEqual(rows.at(-1)?.after, { version: 1 });
  });
});

describe('after the end', () => {
  const steps: readonly Step[] = ['seen-well', 'seen-well', 'partly', 'not-seen', 'seen-well'];

  it('each sees the own beside the counts, the organiser the sum, nobody a person with values', async () => {
    const session = await opened({ panel: panel.map(({ id }) => id) });
    const { id } = session;
    for (const [index, step] of steps.entries())
      await rate(raters[index] ?? principal, id, noted(step, `依据${index}`));
    for (const person of panel) await rate(person, id, noted('seen-well', '专家依据'));
    await closed(session);

    const own = await getCalibration(await as(vice), { id });
    assert.equal(own.organised, null);
    assert.deepEqual(own.own?.share, { within: 2, of: 2 });
    assert.deepEqual(own.own?.figures?.criteria[0], {
      code: 'K1',
      counts: { 'seen-well': 3, partly: 1, 'not-seen': 1, 'not-applicable': 0, unnoted: 0 },
      median: 3,
      share: { within: 4, of: 5 },
    });
    const { rating, ...others } = own;
    assert.equal(rating?.entries[0]?.evidence, '依据1');
    assert.doesNotMatch(JSON.stringify(others), /依据/);
    for (const person of raters.filter(({ id: one }) => one !== vice.id))
      assert.ok(!JSON.stringify(own).includes(person.id));
    const far = await getCalibration(await as(raters[3] ?? principal), { id });
    assert.deepEqual(far.own?.share, { within: 1, of: 2 });
    const panelist = await getCalibration(await as(groupMember), { id });
    assert.deepEqual(panelist.own?.share, { within: 2, of: 2 });

    const { organised } = await getCalibration(await as(officer), { id });
    assert.deepEqual([organised?.ratedRaters, organised?.ratedPanel], [5, 3]);
    assert.equal(organised?.sum?.figures?.reference, 'panel');
    const alpha = organised?.sum?.alpha;
    assert.ok(alpha?.kind === 'figure');
    assert.deepEqual([alpha.raters, alpha.criteria], [5, 2]);
    assert.doesNotMatch(JSON.stringify(organised), /依据|"step"/);
    const again = await getCalibration(await as(colleague), { id });
    assert.deepEqual(again.organised?.sum, organised?.sum);

    assert.equal((await getCalibration(await as(raters[7] ?? vice), { id })).own, null);
  });

  it('no figure stands on fewer than five', async () => {
    const session = await opened();
    for (const person of raters.slice(0, 4)) await rate(person, session.id);
    await closed(session);
    const { organised } = await getCalibration(await as(officer), session);
    assert.deepEqual(organised?.sum, { figures: null, alpha: { kind: 'too-few' } });
    const { own, rating } = await getCalibration(await as(principal), session);
    assert.deepEqual(own, { figures: null, share: null });
    assert.equal(rating?.version, 1);
  });

  it('is final, whether somebody closed it or the deadline did', async () => {
    const session = await opened();
    const late = async (person: TestPerson) => as(person, '2024-03-30');
    assert.equal((await getCalibration(await late(principal), session)).state, 'closed');
    await assert.rejects(
      late(principal).then((context) =>
        rateCalibration(context, { id: session.id, version: 0, entries: noted('partly') }),
      ),
      refused('conflict'),
    );
    await assert.rejects(
      late(officer).then((context) => extendCalibration(context, { ...session, deadlineOn: '2024-04-10' })),
      refused('conflict'),
    );
    const done = await closed(session);
    for (const again of [
      async () => openCalibration(await as(officer), done),
      async () => closeCalibration(await as(officer), done),
      async () => changeCalibration(await as(officer), { ...aPlan(), ...done }),
      async () => rate(principal, done.id),
    ])
      await assert.rejects(again(), refused('conflict'));
  });
});

describe('refusals', () => {
  const made = async (given: Partial<CalibrationPlan>) => makeCalibration(await as(officer), aPlan(given));

  it('a plan that cannot be', async () => {
    await assert.rejects(made({ mode: 'live' }), refused('invalid'));
    await assert.rejects(made({ raters: [teacher.id] }), refused('invalid'));
    await assert.rejects(made({ panel: [principal.id] }), refused('invalid'));
    await assert.rejects(made({ deadlineOn: '2024-03-19' }), refused('invalid'));
    await assert.rejects(made({ panel: ['018d4200-0000-7000-8000-0000000000ff'] }), refused('invalid'));
  });

  it('opening with too few; a second change from an old version', async () => {
    const few = await made({ raters: raters.slice(0, 4).map(({ id }) => id) });
    await assert.rejects(
      as(officer).then((context) => openCalibration(context, few)),
      refused('invalid'),
    );
    const changed = await changeCalibration(await as(colleague), { ...aPlan({ title: '改了' }), ...few });
    assert.deepEqual([changed.version, changed.state], [2, 'draft']);
    await assert.rejects(
      as(officer).then((context) => changeCalibration(context, { ...aPlan(), ...few })),
      refused('conflict'),
    );
    assert.equal((await getCalibration(await as(officer), few)).title, '改了');
  });

  it('a live lesson is judged when it has been held; a deadline only moves on', async () => {
    const session = await opened({ mode: 'live', schoolId: here.id, dayOn: '2024-03-25', slot: 3 });
    await assert.rejects(rate(principal, session.id), refused('invalid'));
    await rateCalibration(await as(principal, '2024-03-25'), {
      id: session.id,
      version: 0,
      entries: noted('partly'),
    });
    await assert.rejects(
      as(officer).then((context) => extendCalibration(context, { ...session, deadlineOn: '2024-03-29' })),
      refused('invalid'),
    );
    await extendCalibration(await as(officer), { ...session, deadlineOn: '2024-04-05' });
    assert.equal((await getCalibration(await as(principal, '2024-04-02'), session)).state, 'open');
  });

  it('nothing noted, or evidence without a step', async () => {
    const { id } = await opened();
    await assert.rejects(rate(principal, id, []), refused('invalid'));
    await assert.rejects(
      rate(principal, id, [{ code: 'K1', step: null, evidence: '板书' }]),
      refused('invalid'),
    );
    await assert.rejects(
      rate(principal, id, [{ code: 'Z1', step: 'partly', evidence: '' }]),
      refused('invalid'),
    );
  });
});

it('those who may be invited are principals and vice-principals', async () => {
  const { leaders } = await startCalibration(await as(officer));
  assert.ok(leaders.every(({ post }) => post === 'principal' || post === 'vice-principal'));
  assert.ok(leaders.some(({ personId }) => personId === vice.id));
  assert.ok(!leaders.some(({ personId }) => personId === teacher.id));
});
