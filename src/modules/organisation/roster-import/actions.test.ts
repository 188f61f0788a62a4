import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { appoint, endAppointment } from '../appointments/actions.ts';
import { getPerson, searchPeople } from '../people/actions.ts';
import { getStructure } from '../structure/actions.ts';
import { actorOf, contextFor, makeAppointment, makePerson, makeSchool } from '../testing.ts';
import {
  applyRoster,
  bringRoster,
  decideRoster,
  dropRoster,
  getRosterImport,
  importNoticeRoster,
  listRosterImports,
  listRosterRows,
} from './actions.ts';

const folder = join(import.meta.dirname, '../../../../data/fengnan-2024');
const names = (await readdir(folder)).filter((name) => name.endsWith('.tsv')).sort();
const files = await Promise.all(
  names.map(async (name) => ({ name, content: await readFile(join(folder, name)) })),
);

const notice = await createTestDatabase();
const list = await createTestDatabase();
const now = new Date('2026-11-23T01:00:00Z');

const system = async (db: typeof notice.db) =>
  contextFor(db, await actorOf(db, null, { duties: ['system'] }), now);

const upload = (text: string, name = '教师名单.csv') => ({
  params: {},
  query: { name },
  bytes: Buffer.from(text),
});

test('the first start imports the notice, and the next one does nothing', async () => {
  const { db } = notice;
  const plan = await importNoticeRoster(db, files, now);
  assert.deepEqual(
    [plan?.counts.schools, plan?.counts.gradeTeams, plan?.counts.emptySubjectBaseSlots],
    [39, 21, 12],
  );
  assert.equal(await importNoticeRoster(db, files, now), null);
  const structure = await getStructure(await system(db), { on: '2024-02-01' });
  assert.equal(structure.consortia.length, 10);
  assert.equal(structure.consortia.flatMap(({ schools }) => schools).length, 40);
  assert.equal(structure.consortia.filter(({ schools }) => schools[0]?.role === 'base').length, 10);
  assert.equal(structure.coreGroups.length, 13);
  assert.equal(structure.coreGroups.flatMap(({ teams }) => teams).length, 21);
  assert.equal(structure.subjectBases.filter(({ school }) => school === null).length, 12);
  assert.deepEqual(structure.schoolsOutside, []);
  assert.equal(structure.leadingGroup.holders.filter(({ post }) => post === 'deputy').length, 2);
});

test('a person of several posts stands once', async () => {
  const { db } = notice;
  const { rows } = await searchPeople(await system(db), { text: 'zgm', limit: 10 });
  assert.equal(rows.length, 1);
  const { appointments } = await getPerson(await system(db), { personId: rows[0]?.id ?? '' });
  assert.deepEqual(appointments.map(({ post }) => post).sort(), ['head', 'head', 'lead']);
});

test('its questions stay open on the page, and an answer is written by the next apply', async () => {
  const { db } = notice;
  const { rows } = await listRosterImports(await system(db));
  const [first] = rows;
  assert.ok(first);
  const open = await getRosterImport(await system(db), { importId: first.id });
  assert.deepEqual(open.changes, { new: 0, changed: 0, unchanged: open.changes.unchanged });
  assert.equal(open.questions.filter(({ kind }) => kind === 'unknown-parent').length, 6);
  const doubt = open.questions.find(({ kind }) => kind === 'same-name');
  assert.ok(doubt?.person);
  const { name, cells } = doubt.person;
  assert.equal(cells.length, 2);
  const decided = await decideRoster(await system(db), {
    importId: first.id,
    version: open.version,
    decisions: cells.map((cell) => ({ about: 'person', name, cell, is: 'new' })),
  });
  const ready = await getRosterImport(await system(db), { importId: first.id });
  assert.equal(ready.changes.new, 4);
  await applyRoster(await system(db), { importId: first.id, version: decided.version });
  const people = await searchPeople(await system(db), { text: name, limit: 10 });
  assert.equal(people.rows.length, 2);
  const again = await getRosterImport(await system(db), { importId: first.id });
  assert.deepEqual([again.changes.new, again.changes.changed], [0, 0]);
  await assert.rejects(applyRoster(await system(db), { importId: first.id, version: 1 }), {
    kind: 'conflict',
  });
});

const teachers = [
  '姓名,工号,学校,年级,学科,电话',
  '单晓燕,T001,春晖小学,三年级,语文,13900000001',
  '么四海,T002,春晖小学,四年级,数学,13900000002',
  '李清照,T003,不存在小学,五年级,英语,13900000003',
].join('\n');

test('a list is shown before anything is written, then written once', async () => {
  const { db } = list;
  await makeSchool(db, '春晖小学');
  const context = await system(db);
  const count = async () => (await searchPeople(context, { text: '', limit: 50 })).rows.length;
  const { importId } = await bringRoster(context, upload(teachers));
  assert.equal(await count(), 0);
  const page = await listRosterRows(context, { importId, status: 'new', limit: 1 });
  assert.equal(page.rows.length, 1);
  assert.notEqual(page.nextCursor, null);
  await applyRoster(context, { importId, version: 1 });
  const { rows } = await searchPeople(context, { text: 'yaosi', limit: 50 });
  assert.deepEqual(
    rows.map(({ name, schoolName, subjects, phone }) => [name, schoolName, subjects, phone]),
    [['么四海', '春晖小学', ['mathematics'], '13900000002']],
  );
  const second = await bringRoster(context, upload(teachers));
  const { changes, questions } = await getRosterImport(context, second);
  assert.deepEqual([changes.new, changes.changed], [0, 0]);
  assert.ok(questions.some(({ alias }) => alias?.text === '不存在小学'));
  await dropRoster(context, second);
  await assert.rejects(getRosterImport(context, second), { kind: 'not-found' });
});

test('a change that happened after the preview stops the apply', async () => {
  const { db } = list;
  const context = await system(db);
  const { importId } = await bringRoster(
    context,
    upload('姓名,工号,学校,年级,学科\n周敦颐,T010,春晖小学,一年级,语文'),
  );
  await makePerson(db, '周敦颐', { staffNumber: 'T010' });
  const attempt = db
    .transaction()
    .execute(async (transaction) => applyRoster({ ...context, db: transaction }, { importId, version: 1 }));
  await assert.rejects(attempt, { kind: 'conflict' });
  assert.equal((await searchPeople(context, { text: '周敦颐', limit: 10 })).rows.length, 1);
});

test('every new person and post of an import stands in the audit log', async () => {
  const actions = await list.db
    .selectFrom('platform.auditEntry')
    .select(['action', ({ fn }) => fn.countAll<number>().as('count')])
    .where('action', 'in', ['organisation.person-added', 'organisation.roster-applied'])
    .groupBy('action')
    .orderBy('action')
    .execute();
  assert.deepEqual(
    actions.map(({ action, count }) => [action, count]),
    [
      ['organisation.person-added', 3],
      ['organisation.roster-applied', 1],
    ],
  );
});

test('so does another import that leaves the numbers as they were; previewed anew, it is applied', async () => {
  const { db } = list;
  const context = await system(db);
  const homeSchoolId = await makeSchool(db, '秋实小学');
  const personId = await makePerson(db, '程明道', { staffNumber: 'T011', schoolId: homeSchoolId });
  await makeSchool(db, '冬青小学');
  const bring = (school: string) => bringRoster(context, upload(`姓名,工号,学校\n程明道,T011,${school}`));
  const apply = (importId: string, version: number) =>
    db
      .transaction()
      .execute((transaction) => applyRoster({ ...context, db: transaction }, { importId, version }));
  const { importId } = await bring('春晖小学');
  await apply((await bring('冬青小学')).importId, 1);
  await assert.rejects(apply(importId, 1), { kind: 'conflict' });
  assert.equal((await getPerson(context, { personId })).schoolName, '冬青小学');
  const { version } = await decideRoster(context, { importId, version: 1, decisions: [] });
  await apply(importId, version);
  assert.equal((await getPerson(context, { personId })).schoolName, '春晖小学');
});

const posts = await createTestDatabase();

test('posts of schools come with the list, audited and once; a school keeps the principal it has', async () => {
  const { db } = posts;
  const context = await system(db);
  const school = await makeSchool(db, '春晖小学');
  const led = await makeSchool(db, '秋实小学');
  const principal = await makePerson(db, '程明道', { schoolId: led, staffNumber: 'P001' });
  const asPrincipal = await makeAppointment(db, principal, 'principal', { schoolId: led });
  const text = [
    '姓名,工号,学校,年级,学科,职务',
    '单晓燕,P002,春晖小学,,,党支部书记、校长',
    '么四海,P003,春晖小学,四年级,数学,教导主任；学科长',
    '周敦颐,P004,秋实小学,,,校长',
    '李清照,P005,秋实小学,,,教师',
  ].join('\n');
  const postsOf = async (name: string) => {
    const { rows } = await searchPeople(context, { text: name, limit: 2 });
    const { appointments } = await getPerson(context, { personId: rows[0]?.id ?? '' });
    return appointments
      .map(({ post, schoolId, stage, subject, activeFrom, activeTo }) =>
        [post, schoolId === school ? '春晖' : '秋实', stage, subject, activeFrom, activeTo].join(' '),
      )
      .toSorted();
  };
  const { importId } = await bringRoster(context, upload(text));
  const { rows } = await listRosterRows(context, { importId, status: 'new', limit: 50 });
  assert.ok(rows.some((row) => row.text === '单晓燕：春晖小学 校长'));
  const { version } = await applyRoster(context, { importId, version: 1 });
  assert.deepEqual(await postsOf('单晓燕'), ['principal 春晖   2026-11-23 ']);
  assert.deepEqual(await postsOf('么四海'), [
    'dean 春晖   2026-11-23 ',
    'subject-lead 春晖 primary mathematics 2026-11-23 ',
  ]);
  assert.deepEqual(await postsOf('周敦颐'), []);
  assert.deepEqual(await postsOf('程明道'), ['principal 秋实   2024-01-26 ']);
  const appointed = await db
    .selectFrom('platform.auditEntry')
    .select('after')
    .where('action', '=', 'organisation.appointed')
    .execute();
  assert.equal(appointed.length, 3);
  assert.ok(appointed.every(({ after }) => JSON.stringify(after).includes(school)));

  const open = await getRosterImport(context, { importId });
  assert.deepEqual([open.changes.new, open.changes.changed], [0, 0]);
  assert.deepEqual(
    open.questions.map(({ kind, choices }) => [kind, choices.map(({ label }) => label)]),
    [['post-held', ['程明道，秋实小学，工号P001']]],
  );
  assert.match(open.questions[0]?.text ?? '', /秋实小学已登记的校长是程明道，名单里是周敦颐/u);

  await endAppointment(context, { appointmentId: asPrincipal, version: 1, activeTo: '2026-11-23' });
  const decided = await decideRoster(context, { importId, version, decisions: [] });
  await applyRoster(context, { importId, version: decided.version });
  assert.deepEqual(await postsOf('周敦颐'), ['principal 秋实   2026-11-23 ']);
  const again = await getRosterImport(context, await bringRoster(context, upload(text)));
  assert.deepEqual([again.changes.new, again.changes.changed, again.questions], [0, 0, []]);
});

test('a post given by hand is not given again, one ended by hand does not come back', async () => {
  const { db } = posts;
  const context = await system(db);
  const later = contextFor(db, context.actor, new Date('2026-12-07T01:00:00Z'));
  const schoolId = await makeSchool(db, '冬青小学');
  const personId = await makePerson(db, '张横渠', { schoolId, staffNumber: 'P010' });
  const bring = (post: string) =>
    bringRoster(context, upload(`姓名,工号,学校,学科,职务\n张横渠,P010,冬青小学,语文,${post}、代校长`));
  const changesOf = async (importId: string) => (await getRosterImport(context, { importId })).changes;
  const post = {
    personId,
    schoolId,
    bodyId: null,
    stage: null,
    gradeFrom: null,
    gradeTo: null,
    activeTo: null,
    activeFrom: '2027-02-20',
  };
  await appoint(context, { ...post, post: 'subject-lead', subject: 'chinese' });
  const { importId } = await bring('教务主任、学科长');
  assert.deepEqual(await changesOf(importId), { new: 1, changed: 1, unchanged: 1 });
  const { version } = await applyRoster(context, { importId, version: 1 });
  const { appointments } = await getPerson(context, { personId });
  const dean = appointments.find((one) => one.post === 'dean');
  assert.ok(dean);
  await endAppointment(later, { appointmentId: dean.id, version: 1, activeTo: '2026-12-01' });
  const decided = await decideRoster(later, { importId, version, decisions: [] });
  const { questions } = await getRosterImport(later, { importId });
  assert.deepEqual(questions.map(({ kind }) => kind).toSorted(), ['set-by-hand', 'unknown-post']);
  await applyRoster(later, { importId, version: decided.version });
  assert.equal((await getPerson(later, { personId })).appointments.length, 2);
});

for (const [what, text] of [
  ['an empty file', ''],
  ['a file that is no roster', '甲,乙\n1,2'],
] as const)
  test(`${what} is refused with the reason`, async () => {
    await assert.rejects(bringRoster(await system(list.db), upload(text)), { kind: 'invalid' });
  });
