import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSetting } from '#platform/district-setting.ts';
import { Refusal } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { readFindingSettings } from '../finding/figures/store.ts';
import { aDistrict } from '../finding/testing.ts';
import { readLimits } from '../homework-check/store.ts';
import { aTerm, contextOf, type TestPerson } from '../testing.ts';
import { listClassroomSettings, setClassroomSetting } from './actions.ts';
import { type ClassroomSetting, classroomSetting } from './contract.ts';
import { mayReadClassroomSettings, maySetClassroomSettings } from './policy.ts';
import { type ClassroomSettingKey, classroomSettingKeys } from './vocabulary/contract.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const { officer, head, principal, groupMember } = await aDistrict(db);
const as = (person: TestPerson) => contextOf(db, person, '2024-03-20T02:00:00Z');
const row = async (key: ClassroomSettingKey) => {
  const { rows } = await listClassroomSettings(await as(officer));
  const found = rows.find(({ setting }) => setting.key === key);
  assert.ok(found !== undefined, key);
  return found;
};
const set = async (setting: ClassroomSetting, fromOn: string, version: string) =>
  setClassroomSetting(await as(officer), { setting, fromOn, clause: '领导小组会议', version });
const refusedAs = (kind: Refusal['kind']) => (error: unknown) =>
  error instanceof Refusal && error.kind === kind;

describe('the district’s numbers for work in classrooms', () => {
  it('stand each with its clause, those that came with the program too', async () => {
    const { rows, mayChange } = await listClassroomSettings(await as(head));
    assert.deepEqual(
      rows.map(({ setting }) => setting.key),
      classroomSettingKeys,
    );
    assert.equal(mayChange, true);
    assert.ok(rows.every(({ clause }) => clause !== ''));
    assert.match((await row('homework.limits')).clause, /双减/);
    assert.equal((await row('observation.late-days')).fromOn, null);
  });

  it('are set from a day on, which leaves what was before, and say who set them', async () => {
    const before = await row('finding.answer-days');
    await set({ key: 'finding.answer-days', value: 7 }, '2024-04-01', before.version);
    const after = await row('finding.answer-days');
    assert.deepEqual(
      [after.setting.value, after.values[0]?.setting.value, after.values[0]?.setByName],
      [5, 7, officer.name],
    );
    assert.equal((await readFindingSettings(db, '2024-03-31')).answerDays, 5);
    assert.equal((await readFindingSettings(db, '2024-04-01')).answerDays, 7);
    const { after: said } = await db
      .selectFrom('platform.auditEntry')
      .where('action', '=', 'classroom.setting-set')
      .select('after')
      .executeTakeFirstOrThrow();
    assert.match(JSON.stringify(said), /2024-04-01/);
  });

  it('are not set over somebody else’s change, nor for days that are over', async () => {
    const { version } = await row('finding.deadline-days');
    const one = { key: 'finding.deadline-days', value: 21 } as const;
    await set(one, '2024-03-20', version);
    await assert.rejects(set({ ...one, value: 30 }, '2024-03-20', version), refusedAs('conflict'));
    const { version: now } = await row('finding.deadline-days');
    await assert.rejects(set(one, '2024-03-19', now), refusedAs('invalid'));
    assert.equal((await row('finding.deadline-days')).setting.value, 21);
  });

  it('the limits of homework are read as they were set', async () => {
    const { setting, version } = await row('homework.limits');
    assert.ok(setting.key === 'homework.limits');
    const bands = setting.value.bands.map((band) =>
      band.gradeFrom === 3 ? { ...band, minutes: 50, ground: '区里的规定' } : band,
    );
    await set({ key: 'homework.limits', value: { bands } }, '2024-03-21', version);
    assert.equal((await readLimits(db, '2024-03-20'))[1]?.minutes, 60);
    assert.deepEqual(await readLimits(db, '2024-03-21'), bands);
    assert.ok((await readSetting<number>(db, 'library.opening-hours', '2024-03-20', 0)) > 0);
  });
});

it('who reads and who sets', async () => {
  for (const [person, reads, sets] of [
    [officer, true, true],
    [head, true, true],
    [principal, false, false],
    [groupMember, false, false],
  ] as const) {
    const { actor } = await as(person);
    assert.deepEqual(
      [mayReadClassroomSettings(actor), maySetClassroomSettings(actor)],
      [reads, sets],
      person.name,
    );
    assert.equal(maySetClassroomSettings({ ...actor, personId: null }), false);
  }
});

it('what is no value of a setting is refused', () => {
  const band = { gradeFrom: 1, gradeTo: 9, minutes: 60, takeHome: true, ground: '依据' };
  const homework = (bands: readonly object[]) => ({ key: 'homework.limits', value: { bands } });
  const cases: readonly [given: object, fits: boolean][] = [
    [{ key: 'observation.late-days', value: 7 }, true],
    [{ key: 'observation.late-days', value: 0 }, false],
    [{ key: 'observation.late-days', value: 1.5 }, false],
    [{ key: 'observation.late-days', value: true }, false],
    [{ key: 'observation.video-counts', value: false }, true],
    [{ key: 'finding.answer-days', value: 31 }, false],
    [{ key: 'somebody.else', value: 1 }, false],
    [homework([band]), true],
    [
      homework([
        { ...band, gradeTo: 2, minutes: null, takeHome: false },
        { ...band, gradeFrom: 3 },
      ]),
      true,
    ],
    [
      homework([
        { ...band, gradeTo: 2 },
        { ...band, gradeFrom: 4 },
      ]),
      false,
    ],
    [
      homework([
        { ...band, gradeTo: 3 },
        { ...band, gradeFrom: 3 },
      ]),
      false,
    ],
    [homework([{ ...band, gradeTo: 8 }]), false],
    [homework([{ ...band, ground: ' ' }]), false],
    [homework([]), false],
  ];
  for (const [given, fits] of cases)
    assert.equal(classroomSetting.safeParse(given).success, fits, JSON.stringify(given));
});
