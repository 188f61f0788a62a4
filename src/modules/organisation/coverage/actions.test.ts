import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { previewEndOfAppointment } from '../appointments/actions.ts';
import {
  actorOf,
  contextFor,
  makeAppointment,
  makeBody,
  makeHonour,
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

test('the backbone counts people with a named honour that holds today, each once', async () => {
  const consortium = await makeBody(db, 'consortium', '桃源小学联合体', { stage: 'primary' });
  const school = await makeSchool(db, '桃源小学');
  await placeSchool(db, consortium, school, 'primary', 'base');
  const group = await makeBody(db, 'subject-group', '桃源小学联合体数学学科组', {
    stage: 'primary',
    subject: 'mathematics',
    parentId: consortium,
  });
  const join = async (name: string, dates: { activeTo?: string } = {}) => {
    const personId = await makePerson(db, name, { schoolId: school });
    const cells = { bodyId: group, schoolId: school, gradeFrom: 1, gradeTo: 1, ...dates };
    await makeAppointment(db, personId, 'member', cells);
    return personId;
  };
  const twice = await join('安老师');
  await makeAppointment(db, twice, 'member', {
    bodyId: group,
    schoolId: school,
    gradeFrom: 2,
    gradeTo: 2,
  });
  await makeAppointment(db, twice, 'lead', { bodyId: group, schoolId: school });
  await makeHonour(db, twice, 'master');
  await makeHonour(db, twice, 'backbone');
  await makeHonour(db, twice, 'backbone', { activeFrom: '2025-09-10' });
  const lapsed = await join('白老师');
  await makeHonour(db, lapsed, 'backbone', { activeTo: '2026-11-23' });
  const ownWord = await join('常老师');
  await makeHonour(db, ownWord, '桃李之星');
  const until = await join('戴老师');
  await makeHonour(db, until, 'master-plus', { activeTo: '2026-11-24' });
  const notYet = await join('方老师');
  await makeHonour(db, notYet, 'master', { activeFrom: '2026-11-24' });
  const gone = await join('高老师', { activeTo: '2026-11-23' });
  await makeHonour(db, gone, 'master');
  const retired = await join('洪老师');
  await makeHonour(db, retired, 'master');
  await db
    .updateTable('organisation.person')
    .set({ activeTo: '2026-09-01' })
    .where('id', '=', retired)
    .execute();

  const backboneOn = async (on: string) =>
    (await getCoverage(await as(made.teacher), { consortiumId: consortium, on })).backbone;
  const today = await backboneOn('2026-11-23');
  assert.deepEqual(
    today.map(({ subject, honoured, members }) => [subject, honoured, members]),
    [
      ['chinese', 0, 0],
      ['mathematics', 2, 5],
      ['english', 0, 0],
      ['science', 0, 0],
    ],
  );
  assert.deepEqual(
    today
      .find(({ subject }) => subject === 'mathematics')
      ?.people.map(({ name, schoolName, honours }) => [name, schoolName, honours.map(({ kind }) => kind)]),
    [
      ['安老师', '桃源小学', ['backbone', 'master']],
      ['白老师', '桃源小学', []],
      ['常老师', '桃源小学', []],
      ['戴老师', '桃源小学', ['master-plus']],
      ['方老师', '桃源小学', []],
    ],
  );
  const figures = (on: string) =>
    backboneOn(on).then((rows) =>
      rows.flatMap(({ subject, honoured, members }) =>
        subject === 'mathematics' ? [[honoured, members]] : [],
      ),
    );
  assert.deepEqual(await figures('2026-08-31'), [[5, 7]]);
  assert.deepEqual(await figures('2026-11-22'), [[4, 6]]);
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
