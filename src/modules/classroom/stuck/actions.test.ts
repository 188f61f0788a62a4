import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { finaliseObservation, getObservation, saveDraft } from '../actions.ts';
import {
  aContent,
  anAppointment,
  aPerson,
  aSchool,
  aTerm,
  contextOf,
  type TestPerson,
  type TestSchool,
} from '../testing.ts';
import { bringInStuckRecord, lookAtStuckRecord } from './actions.ts';
import type { ExportedRecord } from './contract.ts';
import { mayBringIn } from './policy.ts';

const { db } = await createTestDatabase();
let school: TestSchool;
let observer: TestPerson;
let keeper: TestPerson;

before(async () => {
  await aTerm(db);
  school = await aSchool(db, { name: '青禾学校' });
  observer = await aPerson(db, { name: '周校长', schoolId: school.id });
  await anAppointment(db, observer.id, { post: 'principal', schoolId: school.id });
  keeper = await aPerson(db, { name: '管理员' });
});

const exported = (change: Partial<ExportedRecord['record']> = {}, person = observer): ExportedRecord => ({
  kind: 'yanxun-observation',
  schema: 1,
  exportedAt: '2024-03-20T04:00:00Z',
  accountId: newId(),
  personId: person.id,
  name: person.name,
  record: {
    id: newId(),
    version: 0,
    finish: true,
    rubricId: null,
    content: aContent({ capacity: 'principal', schoolId: school.id }),
    ...change,
  },
});
const textOf = (file: unknown): { text: string } => ({ text: JSON.stringify(file) });
const administrator = () => contextOf(db, keeper);
const countRecords = async (id: string): Promise<number> =>
  (await db.selectFrom('classroom.observation').select('id').where('id', '=', id).execute()).length;

describe('a record that a phone could not send', () => {
  it('comes in as a draft of its observer, with its receipt and an audit row', async () => {
    const file = exported();
    const looked = await lookAtStuckRecord(await administrator(), textOf(file));
    assert.partialDeepStrictEqual(looked, {
      observerName: '周校长',
      dayOn: '2024-03-20',
      schoolName: '青禾学校',
      setAside: [],
      receipt: null,
    });
    assert.equal(await countRecords(file.record.id), 0);
    const { receipt } = await bringInStuckRecord(await administrator(), textOf(file));
    const stands = await getObservation(await contextOf(db, observer), { id: file.record.id });
    assert.partialDeepStrictEqual(stands, { state: 'draft', receipt, content: file.record.content });
    const audit = await db
      .selectFrom('platform.auditEntry')
      .select(['action', 'personId'])
      .where('objectId', '=', file.record.id)
      .execute();
    assert.deepEqual(audit, [{ action: 'classroom.observation-brought-in', personId: keeper.id }]);
  });

  it('is finished by its observer alone', async () => {
    const file = exported({
      content: aContent({ capacity: 'principal', schoolId: school.id, slotFrom: 5, slotTo: 5 }),
    });
    await bringInStuckRecord(await administrator(), textOf(file));
    const { id, content } = file.record;
    await assert.rejects(
      finaliseObservation(await administrator(), {
        id,
        version: 1,
        content: { ...content, capacity: 'teacher' },
      }),
      { kind: 'not-found' },
    );
    const done = await finaliseObservation(await contextOf(db, observer), { id, version: 1, content });
    assert.equal(done.state, 'finalised');
  });

  it('brought in twice is there once, and the second time says so', async () => {
    const file = exported();
    const { receipt } = await bringInStuckRecord(await administrator(), textOf(file));
    assert.equal((await lookAtStuckRecord(await administrator(), textOf(file))).receipt, receipt);
    await assert.rejects(bringInStuckRecord(await administrator(), textOf(file)), {
      kind: 'conflict',
      message: new RegExp(`已经收到（回执号 ${receipt}）`),
    });
    assert.equal(await countRecords(file.record.id), 1);
  });

  it('that arrived by itself meanwhile is left as it is', async () => {
    const file = exported({
      content: aContent({ capacity: 'principal', schoolId: school.id, topic: '后来改的' }),
    });
    const { id } = file.record;
    const sent = await saveDraft(await contextOf(db, observer), {
      id,
      version: 0,
      content: aContent({ capacity: 'principal', schoolId: school.id }),
    });
    await assert.rejects(bringInStuckRecord(await administrator(), textOf(file)), { kind: 'conflict' });
    const stands = await getObservation(await contextOf(db, observer), { id });
    assert.deepEqual([stands.version, stands.content.topic], [sent.version, '两位数乘两位数']);
  });

  it('whose number belongs to somebody else’s record is refused', async () => {
    const other = await aPerson(db, { schoolId: school.id });
    const file = exported();
    await saveDraft(await contextOf(db, other), {
      id: file.record.id,
      version: 0,
      content: aContent({ schoolId: school.id }),
    });
    await assert.rejects(bringInStuckRecord(await administrator(), textOf(file)), {
      kind: 'conflict',
      message: /被另一个人的记录占用/,
    });
  });

  for (const [name, text, message] of [
    ['half a file', JSON.stringify({ kind: 'yanxun-observation' }).slice(0, 15), /已损坏/],
    ['another file', '{"name":"x"}', /不是从/],
    ['a list', '[]', /不是从/],
    ['a record without its content', '{"kind":"yanxun-observation","schema":1}', /不完整/],
  ] as const)
    it(`${name} is refused in a sentence`, async () => {
      await assert.rejects(lookAtStuckRecord(await administrator(), { text }), { kind: 'invalid', message });
    });

  it('of somebody who is not in the district is refused by name', async () => {
    const stranger = { id: newId(), name: '外区老师' };
    await assert.rejects(lookAtStuckRecord(await administrator(), textOf(exported({}, stranger))), {
      kind: 'invalid',
      message: /外区老师.*没有这个人/,
    });
  });

  it('that no longer fits the roster keeps every word, and says what is set aside', async () => {
    const content = aContent({
      capacity: 'dean',
      schoolId: school.id,
      classId: newId(),
      teacherId: newId(),
      criteria: [
        { code: 'K4', step: 'partly', evidence: '追问两次。' },
        { code: 'Z9', step: 'seen-well', evidence: '这一条已经没有了。' },
      ],
    });
    const file = exported({ content });
    const { setAside } = await lookAtStuckRecord(await administrator(), textOf(file));
    assert.equal(setAside.length, 4);
    await bringInStuckRecord(await administrator(), textOf(file));
    const stands = await getObservation(await contextOf(db, observer), { id: file.record.id });
    assert.partialDeepStrictEqual(stands.content, {
      capacity: 'principal',
      classId: null,
      classLabel: content.classLabel,
      teacherId: null,
      teacherName: content.teacherName,
      criteria: [{ code: 'K4', step: 'partly', evidence: '追问两次。' }],
      suggestion: `${content.suggestion}\n这一条已经没有了。`,
    });
  });

  it('is the system administrator’s to bring in', async () => {
    const { actor } = await administrator();
    for (const [duties, may] of [
      [['system'], true],
      [['security'], false],
      [['audit'], false],
      [[], false],
    ] as const)
      assert.equal(mayBringIn({ ...actor, duties: [...duties] }), may);
  });
});
