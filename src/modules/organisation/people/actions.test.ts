import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { getSchool } from '../schools/actions.ts';
import { actorOf, contextFor, makeAppointment, makePerson, makeSchool } from '../testing.ts';
import {
  addHonour,
  editPerson,
  editPersonSubjects,
  getPerson,
  markPersonLeft,
  searchPeople,
} from './actions.ts';

const { db } = await createTestDatabase();

const district = async () => {
  const own = await makeSchool(db, '春晖小学');
  const other = await makeSchool(db, '清河小学');
  const principal = await makePerson(db, '赵校长', { schoolId: own, phone: '13900000001' });
  await makeAppointment(db, principal, 'principal', { schoolId: own });
  const people = await Promise.all([
    makePerson(db, '单晓燕', {
      schoolId: own,
      staffNumber: 'FN0001',
      phone: '13900000002',
      subjects: ['chinese'],
    }),
    makePerson(db, '单小楼', { schoolId: other, staffNumber: 'FN0002', phone: '13900000003' }),
    makePerson(db, '李晓明', { schoolId: other, subjects: ['chinese', 'music'] }),
    makePerson(db, '梁小川', { schoolId: own }),
  ]);
  return { own, other, principal, people };
};

let made: Awaited<ReturnType<typeof district>>;
before(async () => {
  made = await district();
});

const system = async () => contextFor(db, await actorOf(db, null, { duties: ['system'] }));
const principal = async () => contextFor(db, await actorOf(db, made.principal));
const search = { text: '', limit: 50 };

const namesFor = async (more: Partial<Parameters<typeof searchPeople>[1]>): Promise<string[]> =>
  (await searchPeople(await system(), { ...search, ...more })).rows.map(({ name }) => name);

for (const [text, names] of [
  ['晓', ['李晓明', '单晓燕']],
  ['shan', ['单小楼', '单晓燕']],
  ['shan xiaoyan', ['单晓燕']],
  ['sxy', ['单晓燕']],
  ['xiaoming', ['李晓明']],
  ['FN000', ['单小楼', '单晓燕']],
  ['FN0002', ['单小楼']],
  ['13900000002', []],
  ['%', []],
] as const)
  test(`“${text}” finds ${names.join('、') || 'nobody'}`, async () => {
    assert.deepEqual(await namesFor({ text }), names);
  });

test('a page goes on where the last one ended, and misses nobody', async () => {
  const all = await namesFor({});
  assert.deepEqual(all, ['李晓明', '梁小川', '单小楼', '单晓燕', '赵校长']);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof searchPeople>> = await searchPeople(await system(), {
      ...search,
      limit: 2,
      ...(cursor === null ? {} : { cursor }),
    });
    seen.push(...page.rows.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(seen, all);
});

test('people can be narrowed to a school and a subject', async () => {
  assert.deepEqual(await namesFor({ schoolId: made.other }), ['李晓明', '单小楼']);
  assert.deepEqual(await namesFor({ subject: 'chinese', schoolId: made.own }), ['单晓燕']);
});

test('the people of a central school are also those of its campuses', async () => {
  const central = await makeSchool(db, '柳岸中心校', { kind: 'central' });
  const campus = await makeSchool(db, '柳岸东校区', { kind: 'campus', parentId: central });
  await makePerson(db, '陈东江', { schoolId: campus });
  assert.deepEqual(await namesFor({ schoolId: central }), ['陈东江']);
  assert.equal((await getSchool(await system(), { schoolId: central })).peopleCount, 1);
});

test('a principal sees whole phone numbers of the own school only', async () => {
  const { rows } = await searchPeople(await principal(), { ...search, text: '单' });
  assert.deepEqual(
    rows.map(({ name, phone }) => [name, phone]),
    [
      ['单小楼', '139****0003'],
      ['单晓燕', '13900000002'],
    ],
  );
});

test('a principal edits the subjects of the own teachers only', async () => {
  const [own, other] = made.people;
  const edit = { version: 1, subjects: ['chinese', 'labour', 'chinese'] as const };
  await editPersonSubjects(await principal(), { ...edit, subjects: [...edit.subjects], personId: own });
  assert.deepEqual((await getPerson(await principal(), { personId: own })).subjects, ['chinese', 'labour']);
  await assert.rejects(
    editPersonSubjects(await principal(), { ...edit, subjects: [...edit.subjects], personId: other }),
    { kind: 'forbidden' },
  );
});

test('an edit from an older version is refused with the newer record', async () => {
  const [own] = made.people;
  const person = await getPerson(await system(), { personId: own });
  const fields = {
    personId: own,
    name: '单晓燕',
    staffNumber: 'FN0001',
    phone: null,
    homeSchoolId: made.own,
    subjects: [],
  };
  await editPerson(await system(), { ...fields, version: person.version });
  await assert.rejects(editPerson(await system(), { ...fields, version: person.version }), {
    kind: 'conflict',
  });
  await assert.rejects(editPerson(await system(), { ...fields, staffNumber: 'FN0002', version: 9 }), {
    kind: 'conflict',
    message: /单小楼/,
  });
});

test('honours are dated and of an open list', async () => {
  const [own] = made.people;
  await addHonour(await system(), {
    personId: own,
    kind: '名师+',
    field: '语文',
    issuer: '区教育局',
    level: 'district',
    activeFrom: '2025-09-10',
    activeTo: null,
  });
  const { honours } = await getPerson(await system(), { personId: own });
  assert.deepEqual(
    honours.map(({ kind, activeFrom }) => [kind, activeFrom]),
    [['名师+', '2025-09-10']],
  );
});

test('who leaves keeps the past posts and holds none from that day on', async () => {
  const { version } = await getPerson(await system(), { personId: made.principal });
  await markPersonLeft(await system(), { personId: made.principal, version, activeTo: '2026-11-01' });
  const left = await getPerson(await system(), { personId: made.principal });
  assert.deepEqual(
    left.appointments.map(({ post, activeTo }) => [post, activeTo]),
    [['principal', '2026-11-01']],
  );
  assert.equal((await actorOf(db, made.principal, { on: '2026-11-01' })).appointments.length, 0);
  assert.equal((await actorOf(db, made.principal, { on: '2026-10-31' })).appointments.length, 1);
  assert.deepEqual(await namesFor({ text: '赵校长' }), []);
});

test('no person, post or school can be removed, only ended', async () => {
  for (const table of ['organisation.person', 'organisation.appointment', 'organisation.school'] as const)
    await assert.rejects(db.deleteFrom(table).execute(), { code: '42501' });
});
