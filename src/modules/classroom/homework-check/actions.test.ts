import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { writtenHomework } from '#modules/library/consistency/sums/rules.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#platform/testing.ts';
import {
  aBody,
  anAppointment,
  aPerson,
  aSchool,
  aTaughtClass,
  aTerm,
  contextOf,
  type TestPerson,
} from '../testing.ts';
import { homeworkTrend, listHomework, openHomework, saveHomework } from './actions.ts';
import type { HomeworkItem } from './contract.ts';
import { judgeHomework, withSubject } from './rules.ts';

const { db } = await createTestDatabase();
const dayOn = '2024-03-20';

let schoolId = '';
let second = '';
let fifth = '';
let teacher: TestPerson;
let colleague: TestPerson;
let dean: TestPerson;
let officer: TestPerson;
let stranger: TestPerson;

const item = (subject: HomeworkItem['subject'], minutes: number, takeHome = true): HomeworkItem => ({
  subject,
  minutes,
  takeHome,
});
const as = (person: TestPerson) => contextOf(db, person);

before(async () => {
  const { id: termId } = await aTerm(db);
  const school = await aSchool(db);
  schoolId = school.id;
  teacher = await aPerson(db, { schoolId });
  colleague = await aPerson(db, { schoolId });
  dean = await aPerson(db, { schoolId });
  await anAppointment(db, dean.id, { post: 'dean', schoolId });
  officer = await aPerson(db);
  await anAppointment(db, officer.id, {
    post: 'research-officer',
    bodyId: await aBody(db, { kind: 'research-office' }),
  });
  stranger = await aPerson(db);
  await anAppointment(db, stranger.id, { post: 'principal', schoolId: (await aSchool(db)).id });
  const taught = { schoolId, termId, teacherId: teacher.id, subject: 'chinese', times: [[3, 1]] } as const;
  second = await aTaughtClass(db, { ...taught, grade: 2, number: 1 });
  fifth = await aTaughtClass(db, { ...taught, grade: 5, number: 1, times: [[3, 2]] });
});

describe('who enters the homework of a class', () => {
  it('its teachers and the school’s leaders post, research officers look in, nobody else', async () => {
    const cases: [string, TestPerson, posted: boolean, spot: boolean][] = [
      ['teacher of the class', teacher, true, false],
      ['colleague', colleague, false, false],
      ['dean', dean, true, false],
      ['research officer', officer, false, true],
      ['principal elsewhere', stranger, false, false],
    ];
    for (const [index, [who, person, posted, spot]] of cases.entries())
      for (const [kind, may] of [
        ['posted', posted],
        ['spot', spot],
      ] as const) {
        const input = { classId: fifth, dayOn: `2024-03-0${index + 4}`, kind, version: 0, items: [] };
        const saved = saveHomework(await as(person), input);
        if (may) assert.equal((await saved).version, 1, `${who} ${kind}`);
        else await assert.rejects(saved, { kind: 'not-found' }, `${who} ${kind}`);
      }
  });

  it('the page offers the classes one may enter for', async () => {
    const classes = async (person: TestPerson) =>
      (await openHomework(await as(person), { schoolId, dayOn })).classes.map(({ grade }) => grade);
    assert.deepEqual(await classes(teacher), [2, 5]);
    assert.deepEqual(await classes(dean), [2, 5]);
    assert.deepEqual(await classes(officer), [2, 5]);
    assert.deepEqual(await classes(colleague), []);
    const open = await openHomework(await as(teacher), { schoolId, dayOn, classId: fifth });
    assert.equal(open.limit?.minutes, 60);
    assert.deepEqual([open.kind, open.subjects], ['posted', ['chinese']]);
    assert.equal((await openHomework(await as(officer), { schoolId, dayOn })).kind, 'spot');
  });
});

describe('the limits', () => {
  it('grade 2 to take home is refused with its ground; a spot check writes it down', async () => {
    const input = { classId: second, dayOn, version: 0, items: [item('chinese', 10)] };
    await assert.rejects(
      saveHomework(await as(teacher), { ...input, kind: 'posted' }),
      ({ kind, message }: { kind: string; message: string }) =>
        kind === 'invalid' && message.includes('“双减”意见'),
    );
    const spot = await saveHomework(await as(officer), { ...input, kind: 'spot' });
    assert.equal(spot.standing, 'forbidden');
    const done = await saveHomework(await as(teacher), {
      ...input,
      kind: 'posted',
      items: [item('chinese', 10, false)],
    });
    assert.equal(done.standing, 'within');
  });

  it('65 minutes in grade 5 are a warning though no subject is over', async () => {
    const items = [item('chinese', 25), item('mathematics', 20), item('english', 20)];
    const saved = await saveHomework(await as(dean), {
      classId: fifth,
      dayOn,
      kind: 'posted',
      version: 0,
      items,
    });
    assert.equal(saved.standing, 'over');
    assert.match(saved.sentence, /65/);
  });
});

describe('homework designs of two subjects for one class and day', () => {
  const at = '2024-03-18';
  const design = (...items: Readonly<Record<string, string>>[]) =>
    writtenHomework({
      sections: [
        {
          key: 'homework',
          title: '作业设计',
          body: { form: 'rows', rows: items.map((cells, index) => ({ id: `h${index}`, cells })) },
        },
      ],
    });

  it('are one sum, seen before it is saved and saved once', async () => {
    const chinese = design(
      { type: 'written', minutes: '25' },
      { type: 'written', layer: 'extended', minutes: '10' },
      { type: 'written', layer: 'free', minutes: '30' },
      { type: 'oral', minutes: '15' },
    );
    const maths = design({ type: 'written', layer: 'basic', minutes: '30' });
    assert.deepEqual(
      [chinese, maths],
      [
        { items: 2, minutes: 35 },
        { items: 1, minutes: 30 },
      ],
    );
    /** As the form 布置到班级 does: read the day, put the own subject in, save from the version that was read. */
    const seen = async (person: TestPerson) =>
      openHomework(await as(person), { schoolId, classId: fifth, dayOn: at, kind: 'posted' });
    const assign = async (person: TestPerson, day: Awaited<ReturnType<typeof seen>>, own: HomeworkItem) => {
      const items = withSubject(day.kept?.items ?? [], own);
      const judged = judgeHomework(day.limit, 5, items);
      const input = {
        classId: fifth,
        dayOn: at,
        kind: 'posted',
        version: day.kept?.version ?? 0,
        items,
      } as const;
      return { judged, saved: await saveHomework(await as(person), input) };
    };
    const [empty, alsoEmpty] = [await seen(teacher), await seen(dean)];
    const one = await assign(teacher, empty, item('chinese', chinese.minutes));
    assert.deepEqual([one.judged.standing, one.saved.version], ['within', 1]);
    // Whoever read the day before the other's homework stood there has to look again.
    await assert.rejects(assign(dean, alsoEmpty, item('mathematics', maths.minutes)), { kind: 'conflict' });
    const day = await seen(dean);
    const both = await assign(dean, day, item('mathematics', maths.minutes));
    assert.equal(both.judged.standing, 'over');
    assert.match(both.judged.sentence, /合计 65 分钟，超过五年级每天 60 分钟的上限 5 分钟/);
    assert.deepEqual(
      [both.saved.version, both.saved.standing, both.saved.sentence],
      [2, 'over', both.judged.sentence],
    );
    // The same again after a lost answer.
    assert.equal((await assign(dean, day, item('mathematics', maths.minutes))).saved.version, 2);
    const { rows } = await listHomework(await as(dean), { from: at, to: at, kind: 'posted', limit: 30 });
    assert.deepEqual(
      rows.map(({ minutes, standing }) => [minutes, standing]),
      [[65, 'over']],
    );
  });

  it('is named beside its minutes, of this school and subject only', async () => {
    const adapted = async (subject: string, school: string): Promise<string> => {
      const [itemId, id] = [newId(), newId()];
      await db
        .insertInto('library.item')
        .values({
          id: itemId,
          kind: 'homework-design',
          title: '一课一得',
          subject,
          stage: 'primary',
          grade: 5,
          shared: true,
          madeBy: teacher.id,
        })
        .execute();
      const version = { itemId, number: 1, title: '一课一得', note: '', content: '{"sections":[]}' };
      await db
        .insertInto('library.version')
        .values({ ...version, contributors: [teacher.id], publishedBy: teacher.id })
        .execute();
      await db
        .insertInto('library.adaptation')
        .values({ id, itemId, basedOn: 1, schoolId: school, personId: teacher.id, openTo: 'maker' })
        .execute();
      return id;
    };
    const own = await adapted('chinese', schoolId);
    const elsewhere = await adapted('chinese', (await aSchool(db)).id);
    const input = { classId: fifth, dayOn: '2024-03-15', kind: 'posted' } as const;
    const post = async (adaptationId: string, subject: HomeworkItem['subject'] = 'chinese', version = 0) =>
      saveHomework(await as(teacher), {
        ...input,
        version,
        items: [{ ...item(subject, 20), adaptationId }],
      });
    const refusal = { kind: 'invalid', message: /不是这所学校这个学科的/ };
    await assert.rejects(post(elsewhere), refusal);
    await assert.rejects(post(newId()), refusal);
    await assert.rejects(post(own, 'mathematics'), refusal);
    assert.equal((await post(own)).version, 1);
    const { kept } = await openHomework(await as(dean), { ...input, schoolId });
    assert.equal(kept?.items[0]?.adaptationId, own);
    // Who corrects the minutes keeps the design; who takes it out takes it out.
    const corrected = [{ ...item('chinese', 25), adaptationId: own }, item('english', 10)];
    assert.equal((await saveHomework(await as(dean), { ...input, version: 1, items: corrected })).version, 2);
    const without = [item('chinese', 25), item('english', 10)];
    assert.equal((await saveHomework(await as(dean), { ...input, version: 2, items: without })).version, 3);
  });

  it('in grade 2 written homework is refused where it goes home', async () => {
    const { limit } = await openHomework(await as(teacher), { schoolId, classId: second, dayOn: at });
    const items = withSubject([], item('chinese', 15));
    assert.equal(judgeHomework(limit, 2, items).standing, 'forbidden');
    await assert.rejects(
      saveHomework(await as(teacher), { classId: second, dayOn: at, kind: 'posted', version: 0, items }),
      { kind: 'invalid', message: judgeHomework(limit, 2, items).sentence },
    );
  });
});

describe('two people at one class and day', () => {
  const at = '2024-03-19';
  const save = async (person: TestPerson, version: number, minutes: number) =>
    saveHomework(await as(person), {
      classId: fifth,
      dayOn: at,
      kind: 'posted',
      version,
      items: [item('chinese', minutes)],
    });

  it('the second is told what stands, and nothing that was saved goes', async () => {
    assert.equal((await save(teacher, 0, 20)).version, 1);
    await assert.rejects(save(dean, 0, 30), ({ kind, details }: { kind: string; details: object }) => {
      assert.equal(kind, 'conflict');
      assert.deepEqual(details, { version: 1, items: [item('chinese', 20)], savedByName: teacher.name });
      return true;
    });
    // The same rows again: an answer that was lost.
    assert.equal((await save(teacher, 0, 20)).version, 1);
    assert.equal((await save(dean, 1, 30)).version, 2);
    const versions = await db
      .selectFrom('classroom.homeworkItem as item')
      .innerJoin('classroom.homeworkDay as day', 'day.id', 'item.homeworkId')
      .where('day.dayOn', '=', at)
      .select(['item.version', 'item.minutes'])
      .orderBy('item.version')
      .execute();
    assert.deepEqual(versions, [
      { version: 1, minutes: 20 },
      { version: 2, minutes: 30 },
    ]);
  });

  it('of two first ones at the same moment one stands', async () => {
    const both = await Promise.allSettled(
      [teacher, dean].map((person, index) =>
        db.transaction().execute(async (transaction) =>
          saveHomework(
            { ...(await as(person)), db: transaction },
            {
              classId: second,
              dayOn: '2024-03-12',
              kind: 'posted',
              version: 0,
              items: [item('mathematics', 10 + index, false)],
            },
          ),
        ),
      ),
    );
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  });

  it('the application cannot take back what was saved', async () => {
    await assert.rejects(db.deleteFrom('classroom.homeworkVersion').execute(), /permission denied/);
    await assert.rejects(
      db.updateTable('classroom.homeworkItem').set({ minutes: 1 }).execute(),
      /permission denied/,
    );
  });
});

it('weeks and schools sum to the rows behind them; the district sees no class', async () => {
  const trend = await homeworkTrend(await as(officer), { schoolId });
  const sum = (name: 'posted' | 'postedOver' | 'spot' | 'spotOver') =>
    trend.weeks.reduce((all, week) => all + week[name], 0);
  for (const name of ['posted', 'postedOver', 'spot', 'spotOver'] as const)
    assert.equal(sum(name), trend.total[name], name);
  const listed = await listHomework(await as(officer), { schoolId, limit: 100 });
  assert.equal(listed.rows.length, trend.total.posted + trend.total.spot);
  assert.ok(listed.rows.every(({ kind, classLabel }) => (classLabel === null) === (kind === 'posted')));
  const all = await homeworkTrend(await as(officer), {});
  assert.equal(
    all.schools.reduce((total, one) => total + one.posted, 0),
    all.total.posted,
  );
  const own = await listHomework(await as(dean), { limit: 100 });
  assert.ok(own.rows.length > 0 && own.rows.every(({ classLabel }) => classLabel !== null));
  assert.equal((await listHomework(await as(stranger), { limit: 100 })).rows.length, 0);
  await assert.rejects(homeworkTrend(await as(stranger), { schoolId }), { kind: 'not-found' });
});
