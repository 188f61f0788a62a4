import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { seededRandom } from '#platform/random.ts';
import { createTestDatabase } from '#platform/testing.ts';
import { backboneOf } from './coverage/rules.ts';
import { listConsortia, listHonouredMembers } from './coverage/store.ts';
import { seedOrganisation } from './demo.ts';
import { groupSubjects } from './structure/demo.ts';

const today = '2026-11-23';
const { db } = await createTestDatabase();
await seedOrganisation(db, seededRandom(7), today);

const count = async (query: ReturnType<typeof sql<{ count: number }>>): Promise<number> => {
  const { rows } = await query.execute(db);
  return rows[0]?.count ?? 0;
};

test('the demonstration district has the size of the real one', async () => {
  const units = await db
    .selectFrom('organisation.school')
    .where('parentId', 'is', null)
    .select('stages')
    .execute();
  assert.equal(units.length, 39);
  assert.equal(units.filter(({ stages }) => stages.includes('junior')).length, 19);
  assert.equal(units.filter(({ stages }) => stages.includes('primary')).length, 21);

  const bodies = await db
    .selectFrom('organisation.body')
    .groupBy('kind')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
    .execute();
  const bodyCounts = Object.fromEntries(bodies.map(({ kind, count: number }) => [kind, number]));
  assert.deepEqual(bodyCounts, {
    'leading-group': 1,
    'research-office': 1,
    'core-group': 13,
    'grade-team': 21,
    consortium: 10,
    'subject-group': 60,
  });

  const people = await count(sql`select count(*) from organisation.person`);
  assert.ok(people > 2800 && people < 3200, `${people} people`);
  assert.equal(await count(sql`select count(*) from organisation.subject_base`), 11);
  assert.equal(await count(sql`select count(*) from organisation.appointment where post = 'principal'`), 39);
});

test('about 85 % of the coverage cells are filled', async () => {
  const covered = await count(sql`
    select count(distinct (body.parent_id, appointment.school_id, body.subject, appointment.grade_from))
    from organisation.appointment
    join organisation.body on body.id = appointment.body_id
    where body.kind = 'subject-group' and appointment.post = 'member'`);
  assert.ok(covered > 880 * 0.82 && covered < 880 * 0.88, `${covered} of 880`);
});

test('in every consortium some members of the subject groups hold an honour, and not all', async () => {
  for (const { id, name, stage } of await listConsortia(db, today)) {
    const groups = backboneOf(groupSubjects[stage], await listHonouredMembers(db, id, today));
    const honoured = groups.filter((group) => group.honoured > 0);
    assert.ok(
      honoured.length >= groups.length * 0.75,
      `${name}: ${honoured.length} of ${groups.length} groups`,
    );
    assert.ok(
      groups.some((group) => group.honoured < group.members),
      name,
    );
  }
});

test('no class and no teacher has two lessons at once, and each class has its plan of lessons', async () => {
  for (const owner of ['class_id', 'person_id']) {
    const clashes = await count(sql`
      select count(*) from (
        select 1
        from organisation.timetable_entry as entry
        join organisation.teaching_assignment as assignment on assignment.id = entry.assignment_id
        group by ${sql.ref(`assignment.${owner}`)}, entry.weekday, entry.slot
        having count(*) > 1) as clash`);
    assert.equal(clashes, 0, owner);
  }
  const { rows } = await sql<{ grade: number; lessons: number }>`
    select distinct grade, count(*) as lessons
    from organisation.timetable_entry as entry
    join organisation.teaching_assignment as assignment on assignment.id = entry.assignment_id
    group by assignment.class_id, grade
    order by grade`.execute(db);
  assert.deepEqual(
    rows.map(({ lessons }) => lessons),
    [26, 26, 30, 30, 30, 30, 34, 34, 34],
  );
});

test('no invented person or school bears a name of the notice', async () => {
  const files = globSync('data/fengnan-2024/*').filter((file) => /\.(?:txt|tsv|csv|json)$/.test(file));
  const real = new Set(
    files.flatMap((file) => readFileSync(file, 'utf8').match(/\p{Script=Han}{2,}/gu) ?? []),
  );
  assert.ok(real.has('张桂敏') && real.has('西城学校'), 'the notice was read');
  const people = await db.selectFrom('organisation.person').select('name').execute();
  const schools = await db.selectFrom('organisation.school').select('name').execute();
  const aliases = await db.selectFrom('organisation.schoolAlias').select('alias as name').execute();
  assert.deepEqual(
    [...people, ...schools, ...aliases].filter(({ name }) => real.has(name)),
    [],
  );
});

const tables = [
  'school',
  'school_alias',
  'person',
  'honour',
  'body',
  'consortium_school',
  'subject_base',
  'appointment',
  'school_class',
  'teaching_assignment',
  'timetable_entry',
  'nomination',
];

const fingerprint = async (of: Database): Promise<readonly unknown[]> => {
  const prints: unknown[] = [];
  for (const table of tables) {
    const { rows } = await sql`
      select ${table} as table, count(*), md5(string_agg(one::text, e'\n' order by one::text))
      from ${sql.table(`organisation.${table}`)} as one`.execute(of);
    prints.push(rows[0]);
  }
  return prints;
};

test('the same seed gives the same rows, another seed gives others', async () => {
  const again = await createTestDatabase();
  await seedOrganisation(again.db, seededRandom(7), today);
  assert.deepEqual(await fingerprint(again.db), await fingerprint(db));

  const other = await createTestDatabase();
  await seedOrganisation(other.db, seededRandom(8), today);
  assert.notDeepEqual(await fingerprint(other.db), await fingerprint(db));
});
