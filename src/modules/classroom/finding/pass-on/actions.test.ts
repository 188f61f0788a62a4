import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { saveHomework } from '../../homework-check/actions.ts';
import { savePatrol } from '../../patrol/actions.ts';
import { aMark, arrival, aSaving } from '../../patrol/testing.ts';
import { anObservation, aTaughtClass, aTerm, contextOf, type TestPerson } from '../../testing.ts';
import { recordWritingCheck } from '../../writing-check/actions.ts';
import { getFinding, takeFindingStep } from '../actions.ts';
import { aDistrict } from '../testing.ts';
import type { PassableSource } from '../vocabulary/contract.ts';
import { listPassedOn, passOn } from './actions.ts';

const { db } = await createTestDatabase();
const dayOn = '2024-03-20';
const { id: termId } = await aTerm(db);
const { here, officer, head, groupMember, principal, vice, subjectLead, teacher, elsewhere } =
  await aDistrict(db);
let classId = '';
before(async () => {
  classId = await aTaughtClass(db, {
    schoolId: here.id,
    termId,
    teacherId: teacher.id,
    subject: 'chinese',
    times: [[3, 2]],
    grade: 5,
    number: 2,
  });
});

const as = (person: TestPerson) => contextOf(db, person, arrival);
const pass = async (
  person: TestPerson,
  source: PassableSource,
  sourceId: string,
  partId: string | null = null,
) => passOn(await as(person), { source, sourceId, partId });
const open = async (person: TestPerson, source: PassableSource, sourceId: string) =>
  (await listPassedOn(await as(person), { source, sourceIds: [sourceId] })).open.length;
const passed = async (person: TestPerson, source: PassableSource, sourceId: string) =>
  (await listPassedOn(await as(person), { source, sourceIds: [sourceId] })).rows.map(({ state }) => state);

const aCheck = async (person: TestPerson, faults: readonly 'head-low'[] = ['head-low']) => {
  const id = newId();
  await recordWritingCheck(await as(person), {
    id,
    schoolId: here.id,
    content: {
      dayOn,
      classId,
      grade: null,
      subject: 'chinese',
      sample: 20,
      posture: 15,
      grip: 12,
      form: 18,
      neat: 16,
      faults: [...faults],
      faultNote: '',
      advice: '课前提醒。',
    },
  });
  return id;
};
const aDay = async (person: TestPerson, kind: 'posted' | 'spot', minutes: number, on = dayOn) =>
  (
    await saveHomework(await as(person), {
      classId,
      dayOn: on,
      kind,
      version: 0,
      items: [{ subject: 'chinese', minutes, takeHome: true }],
    })
  ).id;

describe('what is passed on', () => {
  it('a patrol’s stop, inside the school, without the teacher’s name; once, also at the same moment', async () => {
    const walk = aSaving(here.id, [
      aMark(classId, {
        result: 'noted',
        findings: [{ kind: 'corporal-punishment', count: null }],
        note: '走廊里',
      }),
    ]);
    await savePatrol(await as(vice), walk);
    assert.equal(await open(principal, 'patrol', walk.id), 1);
    const outcomes = await Promise.allSettled(
      [principal, vice, principal].map(async (person) => {
        const context = await as(person);
        return db
          .transaction()
          .execute((transaction) =>
            passOn({ ...context, db: transaction }, { source: 'patrol', sourceId: walk.id, partId: classId }),
          );
      }),
    );
    const ids = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.findingId] : []));
    assert.deepEqual([ids.length, new Set(ids).size], [3, 1]);
    const finding = await getFinding(await as(principal), { id: ids[0] ?? '' });
    assert.deepEqual(
      [finding.kind, finding.type, finding.state, finding.sourceId, finding.acts[0]],
      ['school', 'safety', 'registered', walk.id, 'hand-over'],
    );
    assert.match(finding.description, /^2024年3月20日上午第2节巡课，.*体罚；走廊里。$/);
    assert.ok(!finding.description.includes(teacher.name));
    assert.deepEqual(
      [await passed(vice, 'patrol', walk.id), await open(vice, 'patrol', walk.id)],
      [['registered'], 0],
    );
    for (const nobody of [officer, head, elsewhere]) {
      assert.deepEqual(await passed(nobody, 'patrol', walk.id), []);
      await assert.rejects(pass(nobody, 'patrol', walk.id, classId), { kind: 'not-found' });
    }
    // Cancelled, it may be passed on anew.
    await takeFindingStep(await as(principal), {
      id: finding.id,
      version: finding.version,
      step: 'cancel',
      text: '点错了',
    });
    assert.equal(await open(principal, 'patrol', walk.id), 1);
    assert.notEqual((await pass(principal, 'patrol', walk.id, classId)).findingId, finding.id);
  });

  it('a school’s own check stays in the school, one of the district goes to it without the class', async () => {
    const own = await aCheck(principal);
    await assert.rejects(pass(officer, 'handwriting-check', own), { kind: 'forbidden' });
    const inside = await pass(vice, 'handwriting-check', own);
    const insideFinding = await getFinding(await as(principal), { id: inside.findingId });
    assert.deepEqual([insideFinding.kind, insideFinding.advice], ['school', '课前提醒。']);
    assert.match(insideFinding.place, /2/);
    assert.deepEqual(await passed(officer, 'handwriting-check', own), [], 'unknown above the school');

    const visit = await aCheck(officer);
    await assert.rejects(pass(principal, 'handwriting-check', visit), { kind: 'forbidden' });
    const finding = await getFinding(await as(head), {
      id: (await pass(officer, 'handwriting-check', visit)).findingId,
    });
    assert.deepEqual([finding.kind, finding.place, finding.grade], ['district', '', 5]);
    assert.match(finding.description, /五年级抽查20人.*眼离书本不足一尺。$/);
    assert.deepEqual(await passed(principal, 'handwriting-check', visit), [], 'not before it is handed over');

    const good = await aCheck(principal, []);
    assert.equal(await open(principal, 'handwriting-check', good), 0);
    await assert.rejects(pass(principal, 'handwriting-check', good), { kind: 'conflict' });
  });

  it('homework over the limit: a spot check to the school, the school’s own day inside it', async () => {
    const spot = await aDay(officer, 'spot', 75);
    const posted = await aDay(vice, 'posted', 90);
    assert.equal(await open(vice, 'homework-check', spot), 0);
    assert.equal(await open(officer, 'homework-check', posted), 0);
    const finding = await getFinding(await as(officer), {
      id: (await pass(officer, 'homework-check', spot)).findingId,
    });
    assert.deepEqual([finding.kind, finding.type, finding.grade], ['district', 'homework', 5]);
    assert.match(finding.description, /五年级各科书面作业合计75分钟，超过每天60分钟的上限（语文75）。依据：/);
    const inside = await pass(principal, 'homework-check', posted);
    assert.equal((await getFinding(await as(vice), { id: inside.findingId })).kind, 'school');
    const within = await aDay(officer, 'spot', 30, '2024-03-19');
    await assert.rejects(pass(officer, 'homework-check', within), { kind: 'conflict' });
    await assert.rejects(pass(elsewhere, 'homework-check', posted), { kind: 'not-found' });
  });

  it('an observation’s problem, by those who lead the school or the subject, and by nobody else', async () => {
    const note = async (state: 'draft' | 'finalised', slot: number, toImprove = '追问少。') =>
      anObservation(db, {
        observerId: vice.id,
        schoolId: here.id,
        state,
        content: {
          dayOn,
          slotFrom: slot,
          slotTo: slot,
          subject: 'mathematics',
          teacherName: teacher.name,
          toImprove,
          suggestion: '多问为什么。',
        },
      });
    const id = await note('finalised', 1);
    const { findingId, state } = await pass(subjectLead, 'observation', id);
    assert.equal(state, 'found', 'registered by those who lead the school');
    const finding = await getFinding(await as(principal), { id: findingId });
    assert.deepEqual([finding.kind, finding.advice], ['school', '多问为什么。']);
    assert.ok(!finding.description.includes(teacher.name));
    await assert.rejects(pass(groupMember, 'observation', id), { kind: 'not-found' });
    await assert.rejects(pass(principal, 'observation', await note('draft', 2)), { kind: 'not-found' });
    await assert.rejects(pass(principal, 'observation', await note('finalised', 3, '')), {
      kind: 'conflict',
    });
    await assert.rejects(pass(elsewhere, 'observation', id), { kind: 'not-found' });
  });
});
