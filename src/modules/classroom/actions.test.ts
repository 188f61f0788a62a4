import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  correctObservation,
  feedBack,
  finaliseObservation,
  getObservation,
  listMyObservations,
  markAgreedChange,
  replyToFeedback,
  saveDraft,
  withdrawObservation,
} from './actions.ts';
import type { ObservationContent } from './contract.ts';
import { classroomContract } from './contract.ts';
import {
  aContent,
  anAppointment,
  anObservation,
  aPerson,
  aSchool,
  aTaughtClass,
  aTerm,
  contextOf,
  type TestPerson,
  type TestSchool,
} from './testing.ts';

const { db, pool } = await createTestDatabase();
let school: TestSchool;
let elsewhere: TestSchool;
let teacher: TestPerson;
let classId: string;
let termId: string;

/** A principal of the school, so that no two cases share slots. */
const aPrincipal = async (): Promise<TestPerson> => {
  const person = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, person.id, { post: 'principal', schoolId: school.id });
  return person;
};
const written = (content: Partial<ObservationContent> = {}): ObservationContent =>
  aContent({
    capacity: 'principal',
    schoolId: school.id,
    classId,
    teacherId: teacher.id,
    teacherName: teacher.name,
    ...content,
  });
const finalised = async (person: TestPerson, content: Partial<ObservationContent> = {}, at?: string) =>
  finaliseObservation(await contextOf(db, person, at), {
    id: newId(),
    version: 0,
    content: written(content),
  });

before(async () => {
  ({ id: termId } = await aTerm(db, ['2024-04-04']));
  school = await aSchool(db, { name: '青禾学校' });
  elsewhere = await aSchool(db);
  teacher = await aPerson(db, { name: '苏老师', schoolId: school.id, subjects: ['mathematics'] });
  classId = await aTaughtClass(db, {
    schoolId: school.id,
    termId,
    teacherId: teacher.id,
    grade: 3,
    number: 2,
    subject: 'mathematics',
    times: [[3, 2]],
  });
});

describe('a draft', () => {
  it('saves under the id the phone made; a stale copy is told and loses nothing', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    const id = newId();
    const first = await saveDraft(context, { id, version: 0, content: written({ strengths: '' }) });
    const second = await saveDraft(context, {
      id,
      version: first.version,
      content: written({ strengths: '追问有层次。' }),
    });
    assert.equal(second.version, first.version + 1);
    const again = await saveDraft(context, {
      id,
      version: first.version,
      content: written({ strengths: '追问有层次。' }),
    });
    assert.equal(again.version, second.version);
    await assert.rejects(
      saveDraft(context, {
        id,
        version: first.version,
        content: written({ strengths: '另一部手机上写的。' }),
      }),
      (error: unknown) => {
        assert.ok(error instanceof Refusal);
        assert.partialDeepStrictEqual(
          { kind: error.kind, details: error.details },
          {
            kind: 'conflict',
            details: { version: second.version, content: { strengths: '追问有层次。' } },
          },
        );
        return true;
      },
    );
    assert.equal((await getObservation(context, { id })).content.strengths, '追问有层次。');
  });
  it('takes back a criterion', async () => {
    const context = await contextOf(db, await aPrincipal());
    const id = newId();
    const { version } = await saveDraft(context, { id, version: 0, content: written() });
    await saveDraft(context, {
      id,
      version,
      content: written({ criteria: [{ code: 'K1', step: 'partly', evidence: '' }] }),
    });
    assert.deepEqual(
      (await getObservation(context, { id })).content.criteria.map(({ code }) => code),
      ['K1'],
    );
  });
  it("somebody else's id is not found and not changed", async () => {
    const mine = await contextOf(db, await aPrincipal());
    const theirs = await contextOf(db, await aPrincipal());
    const id = newId();
    await saveDraft(mine, { id, version: 0, content: written() });
    for (const version of [0, 1]) {
      await assert.rejects(saveDraft(theirs, { id, version, content: written({ topic: '改成别的' }) }), {
        kind: 'not-found',
      });
      await assert.rejects(finaliseObservation(theirs, { id, version, content: written() }), {
        kind: 'not-found',
      });
    }
    await assert.rejects(withdrawObservation(theirs, { id, version: 1, reason: '删' }), {
      kind: 'not-found',
    });
    assert.equal((await getObservation(mine, { id })).topic, '两位数乘两位数');
  });
  it('refuses what points at nothing and posts not held', async () => {
    const context = await contextOf(db, await aPrincipal());
    const cases: Partial<ObservationContent>[] = [
      { capacity: 'dean' },
      { schoolId: elsewhere.id },
      { teacherId: newId() },
      { criteria: [{ code: 'K11', step: 'partly', evidence: '' }] },
    ];
    for (const content of cases)
      await assert.rejects(saveDraft(context, { id: newId(), version: 0, content: written(content) }), {
        kind: 'invalid',
      });
  });
  it('fields the server works out are not taken from a body', () => {
    const parsed = classroomContract.saveDraft['~orpc'].inputSchema?.['~standard'].validate({
      id: newId(),
      version: 0,
      content: { ...written(), state: 'finalised', late: false, observerId: teacher.id },
    });
    assert.ok(parsed !== undefined && !(parsed instanceof Promise) && parsed.issues === undefined);
    assert.ok(
      !JSON.stringify(parsed.value).includes('observerId') &&
        !JSON.stringify(parsed.value).includes('"state"'),
    );
  });
});

describe('finalising', () => {
  it('keeps the content as a version, once, also when asked twice', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    const input = { id: newId(), version: 0, content: written() };
    const first = await finaliseObservation(context, input);
    const second = await finaliseObservation(context, input);
    assert.deepEqual([first.state, second.version], ['finalised', first.version]);
    const versions = await db
      .selectFrom('classroom.observationVersion')
      .selectAll()
      .where('observationId', '=', input.id)
      .execute();
    assert.deepEqual(
      versions.map(({ number, reason }) => [number, reason]),
      [[1, '完成']],
    );
  });
  it('says everything that is missing', async () => {
    await assert.rejects(finalised(await aPrincipal(), { topic: '', suggestion: '' }), (error: unknown) => {
      assert.ok(error instanceof Refusal);
      assert.partialDeepStrictEqual(
        { kind: error.kind, details: error.details },
        {
          kind: 'invalid',
          details: { problems: [{ field: 'topic' }, { field: 'strengths' }] },
        },
      );
      return true;
    });
  });
  it('refuses a second record in overlapping slots and names the first', async () => {
    const principal = await aPrincipal();
    await finalised(principal, { slotFrom: 2, slotTo: 3 });
    for (const [slotFrom, slotTo] of [
      [2, 2],
      [3, 4],
      [1, 2],
    ] as const)
      await assert.rejects(finalised(principal, { slotFrom, slotTo }), {
        kind: 'conflict',
        message: /2024年3月20日第2—3节已有一份听课记录（三\(2\)班，苏老师）/,
      });
    assert.equal((await finalised(principal, { slotFrom: 4, slotTo: 4 })).state, 'finalised');
    assert.equal(
      (await finalised(principal, { dayOn: '2024-03-19', slotFrom: 2, slotTo: 3 })).state,
      'finalised',
    );
    assert.equal((await finalised(await aPrincipal(), { slotFrom: 2, slotTo: 3 })).state, 'finalised');
  });
  it('of ten at once for one slot exactly one is kept', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        db
          .transaction()
          .execute((transaction) =>
            finaliseObservation(
              { ...context, db: transaction },
              { id: newId(), version: 0, content: written() },
            ),
          ),
      ),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') assert.equal(outcome.reason.kind, 'conflict');
  });
  it('the database itself holds the overlap rule', async () => {
    const { id: observerId } = await aPrincipal();
    const record = { observerId, schoolId: school.id };
    await anObservation(db, { ...record, content: { slotFrom: 2, slotTo: 3 } });
    await anObservation(db, { ...record, state: 'draft' });
    await anObservation(db, { ...record, withdrawn: true });
    await assert.rejects(
      anObservation(db, { ...record, content: { slotFrom: 3, slotTo: 3 } }),
      /observation_overlap/,
    );
  });
  it('marks late, away and video as facts of the record', async () => {
    const principal = await aPrincipal();
    const { id } = await finalised(principal, {
      dayOn: '2024-03-11',
      schoolId: elsewhere.id,
      classId: null,
      mode: 'video',
    });
    assert.partialDeepStrictEqual(await getObservation(await contextOf(db, principal), { id }), {
      late: true,
      away: true,
      mode: 'video',
    });
  });
  it('a day without teaching needs a reason', async () => {
    const principal = await aPrincipal();
    const at = '2024-04-05T01:00:00Z';
    await assert.rejects(finalised(principal, { dayOn: '2024-04-04' }, at), {
      kind: 'invalid',
      message: /按校历不上课/,
    });
    assert.equal(
      (await finalised(principal, { dayOn: '2024-04-04', offDayReason: '补课周调整' }, at)).state,
      'finalised',
    );
  });
});

describe('after finalising', () => {
  it('a correction is a new version and keeps the old one', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    const { id, version } = await finalised(principal);
    await assert.rejects(saveDraft(context, { id, version, content: written({ topic: '改' }) }), {
      kind: 'conflict',
    });
    await correctObservation(context, {
      id,
      version,
      content: written({ topic: '三位数乘两位数' }),
      reason: '课题写错',
    });
    await assert.rejects(correctObservation(context, { id, version, content: written(), reason: '旧页面' }), {
      kind: 'conflict',
    });
    const detail = await getObservation(context, { id });
    assert.deepEqual(
      [detail.topic, detail.corrections.map(({ reason }) => reason)],
      ['三位数乘两位数', ['课题写错']],
    );
    const kept = await pool.query(
      `select content->>'topic' as topic from classroom.observation_version where observation_id = $1 order by number`,
      [id],
    );
    assert.deepEqual(
      kept.rows.map(({ topic }) => topic),
      ['两位数乘两位数', '三位数乘两位数'],
    );
  });
  it('nothing changes or removes a version, and nothing removes a record', async () => {
    for (const statement of [
      `update classroom.observation_version set reason = ''`,
      'delete from classroom.observation_version',
      'delete from classroom.observation',
      'delete from classroom.observation_criterion',
      `update classroom.observation_reply set text = 'x'`,
      `update classroom.rubric_criterion set wording = 'x'`,
    ])
      await assert.rejects(pool.query(statement), /permission denied/);
  });
  it('a withdrawn record frees its slot, keeps its reason and stays with its observer', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    const { id, version } = await finalised(principal);
    await assert.rejects(withdrawObservation(context, { id, version, reason: ' ' }), { kind: 'invalid' });
    await withdrawObservation(context, { id, version, reason: '记到别班了' });
    assert.equal((await getObservation(context, { id })).withdrawnReason, '记到别班了');
    assert.equal((await finalised(principal)).state, 'finalised');
    const { rows } = await listMyObservations(context, { limit: 10, withdrawn: false });
    assert.equal(rows.length, 1);
    await assert.rejects(feedBack(context, { id, version: version + 1 }), { kind: 'conflict' });
  });
  it('goes from feedback to reply to one agreed change', async () => {
    const principal = await aPrincipal();
    const mine = await contextOf(db, principal);
    const theirs = await contextOf(db, teacher);
    const { id, version } = await finalised(principal);
    await assert.rejects(getObservation(theirs, { id }), { kind: 'not-found' });
    await assert.rejects(replyToFeedback(theirs, { id, text: '谢谢' }), { kind: 'not-found' });
    await assert.rejects(markAgreedChange(mine, { id, version, agreedChange: '每节至少一次小组汇报' }), {
      kind: 'conflict',
    });
    const fedBack = await feedBack(mine, { id, version });
    await assert.rejects(feedBack(mine, { id, version: fedBack.version }), { kind: 'conflict' });
    const replied = await replyToFeedback(theirs, { id, text: ' 下周试试先说后写。 ' });
    assert.equal(replied.state, 'replied');
    await markAgreedChange(theirs, { id, version: replied.version, agreedChange: '每节至少一次小组汇报' });
    const detail = await getObservation(mine, { id });
    assert.deepEqual(
      [detail.replies.map(({ text }) => text), detail.agreedChange, detail.may],
      [['下周试试先说后写。'], '每节至少一次小组汇报', { edit: true, reply: false, agree: true }],
    );
    await assert.rejects(
      correctObservation(theirs, { id, version: detail.version, content: written(), reason: '改评语' }),
      { kind: 'not-found' },
    );
  });
  it('every change is in the audit log, and no judgement is', async () => {
    const principal = await aPrincipal();
    const { id } = await finalised(principal);
    const entries = await db
      .selectFrom('platform.auditEntry')
      .selectAll()
      .where('objectId', '=', id)
      .orderBy('id')
      .execute();
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['classroom.observation-started', 'classroom.observation-finalised'],
    );
    assert.ok(!JSON.stringify(entries).includes('追问'));
  });
});

describe('lists', () => {
  it('page through everything once, newest first', async () => {
    const principal = await aPrincipal();
    const context = await contextOf(db, principal);
    for (const dayOn of ['2024-03-18', '2024-03-19', '2024-03-20'])
      for (const slot of [1, 2, 3]) await finalised(principal, { dayOn, slotFrom: slot, slotTo: slot });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listMyObservations(context, { limit: 2, withdrawn: false, cursor });
      seen.push(...page.rows.map(({ id, dayOn }) => `${dayOn}_${id}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.equal(new Set(seen).size, 9);
    assert.deepEqual(seen, seen.toSorted().toReversed());
  });
});
