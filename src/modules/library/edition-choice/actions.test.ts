import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { actorOf, contextFor, makeAppointment, makeBody, makePerson } from '#modules/organisation/testing.ts';
import { Refusal, type RefusalKind } from '#platform/refusal.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  getTextbookPath,
  getTextbooks,
  getVolume,
  restoreEdition,
  withdrawEdition,
} from '../textbook/actions.ts';
import { pathNames } from '../textbook/rules.ts';
import { findTextbookPaths } from '../textbook/store.ts';
import { planTextbooks } from '../textbook-import/rules.ts';
import { applyPlan } from '../textbook-import/store.ts';
import { emptyTree, written } from '../textbook-import/testing.ts';
import { chooseEdition, confirmProposals, listEditionChoices } from './actions.ts';
import { findChosenEdition, listVolumesInUse } from './store.ts';

const { db } = await createTestDatabase();

let officer: string;
let other: string;
before(async () => {
  officer = await makePerson(db, '数学教研员');
  other = await makePerson(db, '语文教研员');
  for (const [person, subject] of [
    [officer, 'mathematics'],
    [other, 'chinese'],
  ] as const)
    await makeAppointment(db, person, 'lead', {
      bodyId: await makeBody(db, 'core-group', `小学${subject}`, { stage: 'primary', subject }),
    });
  const file = written([
    ['学科', '年级', '版本', '修订年', '册次', '单元序号', '单元', '课序号', '课', '课时'],
    ['数学', '三年级', '人教版', '2024', '上册', '1', '时分秒', '1', '秒的认识', '1'],
    ['', '', '', '', '', '', '', '2', '时间的计算', '2'],
    ['', '', '', '', '', '2', '万以内的加法', '1', '两位数', '3'],
  ]);
  const plan = planTextbooks(file, emptyTree, { decisions: {}, mayKeep: () => true });
  await db.transaction().execute((transaction) => applyPlan(transaction, plan, '2026-11-23'));
});

const as = async (personId: string) => contextFor(db, await actorOf(db, personId));
const asOfficer = () => as(officer);

const refused = (kind: RefusalKind, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, sentence);
  return true;
};

const tree = async () => {
  const { editions } = await getTextbooks(await asOfficer(), { stage: 'primary', subject: 'mathematics' });
  const volumeId = editions[0]?.volumes[0]?.id ?? '';
  const { units } = await getVolume(await asOfficer(), { volumeId });
  return { edition: editions[0], volumeId, units };
};

describe('the path of an id', () => {
  it('names everything above it, at every level', async () => {
    const { edition, volumeId, units } = await tree();
    const lesson = units[0]?.lessons[0];
    const ids = [edition?.id ?? '', volumeId, units[0]?.id ?? '', lesson?.id ?? ''];
    const paths = await findTextbookPaths(db, [...ids, officer]);
    assert.equal(paths.size, 4);
    assert.deepEqual(
      ids.map((id) => paths.get(id)?.level),
      ['edition', 'volume', 'unit', 'lesson'],
    );
    const path = await getTextbookPath(await asOfficer(), { id: lesson?.id ?? '' });
    assert.deepEqual(pathNames(path), [
      '小学',
      '数学',
      '三年级',
      '人教版（2024年修订）',
      '上册',
      '第一单元 时分秒',
      '第1课 秒的认识',
    ]);
    await assert.rejects(
      async () => getTextbookPath(await asOfficer(), { id: officer }),
      refused('not-found', /没有找到/),
    );
  });
});

describe('the edition in use', () => {
  const target = { subject: 'mathematics', grade: 3 } as const;
  const rowOf = async (schoolYear: number) => {
    const { rows } = await listEditionChoices(await asOfficer(), {
      schoolYear,
      stage: 'primary',
      subject: 'mathematics',
    });
    const row = rows.find(({ grade }) => grade === 3);
    assert.ok(row);
    return row;
  };

  it('is chosen once, by whoever keeps the subject, and every change is kept', async () => {
    const { edition, volumeId } = await tree();
    const choose = { schoolYear: 2026, ...target, editionId: edition?.id ?? '' };
    await assert.rejects(
      async () => chooseEdition(await as(other), { ...choose, version: 0 }),
      refused('forbidden', /由该学科的教研员确定/),
    );
    await assert.rejects(
      async () => chooseEdition(await asOfficer(), { ...choose, grade: 4, version: 0 }),
      refused('invalid', /没有这个年级的册/),
    );
    assert.deepEqual(await chooseEdition(await asOfficer(), { ...choose, version: 0 }), { version: 1 });
    await assert.rejects(
      async () => chooseEdition(await asOfficer(), { ...choose, version: 0 }),
      refused('conflict', /刚刚被别人改过/),
    );
    assert.equal((await findChosenEdition(db, { schoolYear: 2026, ...target }))?.editionId, edition?.id);
    const inUse = await listVolumesInUse(db, { schoolYear: 2026, term: 1 }, target);
    assert.deepEqual(
      inUse.map((one) => [one.volumeId, one.part]),
      [[volumeId, 'first']],
    );
    assert.deepEqual(await listVolumesInUse(db, { schoolYear: 2026, term: 2 }, target), []);
  });

  it('is proposed for the next year and in use only once that is confirmed', async () => {
    const { edition } = await tree();
    const row = await rowOf(2027);
    assert.equal(row.chosen, null);
    assert.equal(row.proposal?.id, edition?.id);
    assert.equal(await findChosenEdition(db, { schoolYear: 2027, ...target }), undefined);
    const confirm = { ...target, editionId: edition?.id ?? '', version: row.version };
    await confirmProposals(await asOfficer(), { schoolYear: 2027, rows: [confirm] });
    assert.equal((await rowOf(2027)).chosen?.id, edition?.id);
    await assert.rejects(
      async () => confirmProposals(await asOfficer(), { schoolYear: 2027, rows: [confirm] }),
      refused('conflict', /刚刚被别人改过/),
    );
  });

  it('is not a withdrawn one, which stays where it was chosen', async () => {
    const { edition } = await tree();
    const editionId = edition?.id ?? '';
    const withdraw = { editionId, version: 1, from: '2027-09-01', reason: '换用新修订版' };
    await assert.rejects(
      async () => withdrawEdition(await as(other), withdraw),
      refused('forbidden', /由该学科的教研员维护/),
    );
    assert.deepEqual(await withdrawEdition(await asOfficer(), withdraw), { version: 2 });
    await assert.rejects(
      async () => withdrawEdition(await asOfficer(), withdraw),
      refused('conflict', /刚刚被别人改过/),
    );
    assert.equal((await rowOf(2027)).chosen?.withdrawnOn, '2027-09-01');
    assert.deepEqual((await rowOf(2028)).choices, []);
    assert.equal((await rowOf(2028)).proposal?.withdrawnOn, '2027-09-01');
    await assert.rejects(
      async () => chooseEdition(await asOfficer(), { schoolYear: 2028, ...target, editionId, version: 0 }),
      refused('invalid', /已经停用/),
    );
    const { units } = await tree();
    const path = await getTextbookPath(await asOfficer(), { id: units[0]?.id ?? '' });
    assert.equal(path.withdrawnReason, '换用新修订版');
    assert.deepEqual(await restoreEdition(await asOfficer(), { editionId, version: 2 }), { version: 3 });
    await assert.rejects(
      async () => restoreEdition(await asOfficer(), { editionId, version: 3 }),
      refused('conflict', /没有停用/),
    );
  });
});

describe('the application’s role', () => {
  it('deletes nothing of the tree, no choice and no competency', async () => {
    for (const table of [
      'library.edition',
      'library.volume',
      'library.unit',
      'library.lesson',
      'library.editionChoice',
      'library.competencyStandard',
      'library.competency',
    ] as const)
      await assert.rejects(db.deleteFrom(table).execute(), /permission denied/);
    await assert.rejects(
      db.updateTable('library.editionChoice').set({ grade: 1 }).execute(),
      /permission denied/,
    );
    await assert.rejects(
      db.updateTable('library.competency').set({ name: 'x' }).execute(),
      /permission denied/,
    );
  });
});
