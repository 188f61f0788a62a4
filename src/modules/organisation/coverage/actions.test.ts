import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { previewEndOfAppointment } from '../appointments/actions.ts';
import {
  actorOf,
  contextFor,
  makeAppointment,
  makeBody,
  makePerson,
  makeSchool,
  placeSchool,
} from '../testing.ts';
import {
  acceptNomination,
  declineNomination,
  getCoverage,
  listCoverage,
  listNominations,
  nominate,
} from './actions.ts';

const { db } = await createTestDatabase();

const district = async () => {
  const base = await makeSchool(db, '春晖小学');
  const central = await makeSchool(db, '柳岸中心校', { kind: 'central' });
  const campus = await makeSchool(db, '柳岸东校区', { kind: 'campus', parentId: central });
  const elsewhere = await makeSchool(db, '清河小学');
  const consortium = await makeBody(db, 'consortium', '春晖小学联合体', { stage: 'primary' });
  const otherConsortium = await makeBody(db, 'consortium', '清河小学联合体', { stage: 'primary' });
  await placeSchool(db, consortium, base, 'primary', 'base');
  await placeSchool(db, consortium, central, 'primary');
  await placeSchool(db, otherConsortium, elsewhere, 'primary', 'base');
  const principal = await makePerson(db, '赵校长', { schoolId: central });
  await makeAppointment(db, principal, 'principal', { schoolId: central });
  const otherPrincipal = await makePerson(db, '孙校长', { schoolId: elsewhere });
  await makeAppointment(db, otherPrincipal, 'principal', { schoolId: elsewhere });
  const head = await makePerson(db, '周负责');
  await makeAppointment(db, head, 'head', { bodyId: consortium });
  const otherHead = await makePerson(db, '吴负责');
  await makeAppointment(db, otherHead, 'head', { bodyId: otherConsortium });
  const teacher = await makePerson(db, '陈老师', { schoolId: campus });
  return { base, central, elsewhere, consortium, principal, otherPrincipal, head, otherHead, teacher };
};

let made: Awaited<ReturnType<typeof district>>;
before(async () => {
  made = await district();
});

const as = async (personId: string) => contextFor(db, await actorOf(db, personId));

const cell = { grade: 3, subject: 'chinese' } as const;

const stateOfCell = async () => {
  const { schools } = await getCoverage(await as(made.principal), { consortiumId: made.consortium });
  const found = schools
    .find(({ id }) => id === made.central)
    ?.cells.find(({ grade, subject }) => grade === cell.grade && subject === cell.subject);
  return [found?.people.map(({ name }) => name), found?.requested];
};

test('a primary school has 22 cells, all empty at first', async () => {
  const { rows } = await listCoverage(await as(made.principal), {});
  assert.deepEqual(
    rows.map(({ name, schools, cells, covered, mine }) => [name, schools, cells, covered, mine]),
    [
      ['春晖小学联合体', 2, 44, 0, true],
      ['清河小学联合体', 1, 22, 0, false],
    ],
  );
});

test('a nomination fills the cell once the consortium accepts it; strangers do not see it', async () => {
  const request = {
    consortiumId: made.consortium,
    schoolId: made.central,
    ...cell,
    personId: made.teacher,
  };
  await assert.rejects(nominate(await as(made.otherPrincipal), request), { kind: 'not-found' });
  await assert.rejects(nominate(await as(made.principal), { ...request, grade: 2, subject: 'english' }), {
    kind: 'invalid',
  });
  await assert.rejects(nominate(await as(made.principal), { ...request, personId: made.otherPrincipal }), {
    kind: 'not-found',
  });
  const { id } = await nominate(await as(made.principal), request);
  await assert.rejects(nominate(await as(made.principal), request), { kind: 'conflict' });
  assert.deepEqual(await stateOfCell(), [[], true]);

  const decision = { nominationId: id, version: 1 };
  await assert.rejects(acceptNomination(await as(made.otherHead), decision), { kind: 'not-found' });
  await assert.rejects(acceptNomination(await as(made.principal), decision), { kind: 'forbidden' });
  for (const stranger of [made.otherPrincipal, made.otherHead, made.teacher])
    assert.deepEqual((await listNominations(await as(stranger), { limit: 50 })).rows, []);

  await acceptNomination(await as(made.head), decision);
  assert.deepEqual(await stateOfCell(), [['陈老师'], false]);
  await assert.rejects(acceptNomination(await as(made.head), decision), { kind: 'conflict' });
  await assert.rejects(nominate(await as(made.principal), request), { kind: 'conflict' });
  const { rows } = await listNominations(await as(made.head), { limit: 50 });
  assert.deepEqual(
    rows.map(({ personName, state, mayDecide }) => [personName, state, mayDecide]),
    [['陈老师', 'accepted', false]],
  );
});

test('the end of a membership shows the cell that would be empty, before anything is saved', async () => {
  const { id } = await db
    .selectFrom('organisation.appointment')
    .select('id')
    .where('personId', '=', made.teacher)
    .executeTakeFirstOrThrow();
  const system = contextFor(db, await actorOf(db, null, { duties: ['system'] }));
  const effect = await previewEndOfAppointment(system, { appointmentId: id, activeTo: '2026-12-01' });
  assert.deepEqual(effect.cellsEmptied, [{ schoolName: '柳岸中心校', ...cell }]);
  assert.deepEqual(await stateOfCell(), [['陈老师'], false]);
});

test('a declined nomination says why and leaves the cell empty', async () => {
  const { id } = await nominate(await as(made.principal), {
    consortiumId: made.consortium,
    schoolId: made.central,
    grade: 5,
    subject: 'science',
    personId: made.teacher,
  });
  await declineNomination(await as(made.head), { nominationId: id, version: 1, reason: '请推荐科学教师' });
  const { rows } = await listNominations(await as(made.principal), { state: 'declined', limit: 50 });
  assert.deepEqual(
    rows.map(({ reason, subject }) => [reason, subject]),
    [['请推荐科学教师', 'science']],
  );
});

test('whoever left meanwhile can be neither accepted nor put forward again', async () => {
  const leaver = await makePerson(db, '郑老师', { schoolId: made.central });
  const request = {
    consortiumId: made.consortium,
    schoolId: made.central,
    grade: 6,
    subject: 'mathematics',
    personId: leaver,
  } as const;
  const { id } = await nominate(await as(made.principal), request);
  const context = await as(made.head);
  await db
    .updateTable('organisation.person')
    .set({ activeTo: context.today })
    .where('id', '=', leaver)
    .execute();
  await assert.rejects(acceptNomination(context, { nominationId: id, version: 1 }), { kind: 'conflict' });
  await assert.rejects(nominate(await as(made.principal), { ...request, grade: 5 }), { kind: 'conflict' });
});

test('a school that was closed has no cells any more', async () => {
  const context = await as(made.principal);
  const close = (activeTo: string | null) =>
    db.updateTable('organisation.school').set({ activeTo }).where('id', '=', made.elsewhere).execute();
  const cells = async () =>
    (await listCoverage(context, {})).rows.find(({ name }) => name === '清河小学联合体')?.cells;
  assert.equal(await cells(), 22);
  await close(context.today);
  assert.equal(await cells(), 0);
  await close(null);
});

test('every decision stands in the audit log', async () => {
  const rows = await db
    .selectFrom('platform.auditEntry')
    .select('action')
    .where('objectKind', '=', 'nomination')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    rows.map(({ action }) => action),
    [
      'organisation.nominated',
      'organisation.nomination-accepted',
      'organisation.nominated',
      'organisation.nomination-declined',
      'organisation.nominated',
    ],
  );
});
