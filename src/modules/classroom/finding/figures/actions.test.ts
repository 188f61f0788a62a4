import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTestDatabase } from '#platform/testing.ts';
import { aSchool, aTerm, contextOf, type TestPerson } from '../../testing.ts';
import { listFindings } from '../actions.ts';
import { findingFlags } from '../contract.ts';
import { aDistrict, aFinding, at, aUnit, takeSteps } from '../testing.ts';
import { findingFigures } from './actions.ts';

const { db } = await createTestDatabase();
await aTerm(db);
const district = await aDistrict(db);
const { there, officer, principal, elsewhere } = district;
const as = (person: TestPerson, on = '2024-03-20') => contextOf(db, person, at(on));

before(async () => {
  const open = await aFinding(db, district, { on: '2024-03-01' });
  await takeSteps(db, open.id, open.version, [[principal, 'accept', '2024-03-04']]);
  const closed = await aFinding(db, district, { on: '2024-03-01', type: 'unclear-ideas' });
  await takeSteps(db, closed.id, closed.version, [
    [principal, 'accept', '2024-03-02'],
    [principal, 'plan', '2024-03-02'],
    [principal, 'report-done', '2024-03-05'],
    [officer, 'recheck', '2024-03-06'],
    [officer, 'send-back', '2024-03-06', '2024-03-20'],
    [principal, 'report-done', '2024-03-10'],
    [officer, 'recheck', '2024-03-12'],
    [officer, 'close', '2024-03-12'],
  ]);
  await aFinding(db, district, { on: '2024-03-18', type: 'unclear-ideas', repeatsId: closed.id });
  const cancelled = await aFinding(db, district, { on: '2024-03-02', schoolId: there.id });
  await takeSteps(db, cancelled.id, cancelled.version, [[officer, 'cancel', '2024-03-03']]);
  await aFinding(db, district, { on: '2024-03-02', schoolId: there.id, type: 'safety' });
});

it('the figures of the term, as they stand', async () => {
  const { all } = await findingFigures(await as(officer));
  assert.deepEqual(all, {
    total: 3,
    open: 2,
    overdue: 0,
    closed: 1,
    rechecked: 1,
    sentBack: 1,
    repeated: 0,
    medianDays: 11,
  });
  const later = (await findingFigures(await as(officer, '2024-04-04'))).all;
  assert.deepEqual([later.total, later.open, later.overdue, later.repeated], [4, 3, 3, 1]);
});

describe('figures', () => {
  it('every figure opens exactly its rows, by school and by type', async () => {
    for (const on of ['2024-03-20', '2024-04-30']) {
      const context = await as(officer, on);
      const { all, schools, types, from, to } = await findingFigures(context);
      const base = { kind: 'district', counted: true, from, to, limit: 100 } as const;
      const count = async (more: object) => (await listFindings(context, { ...base, ...more })).rows.length;
      const check = async (figures: typeof all, more: object) => {
        assert.equal(await count(more), figures.total);
        const of = { open: 'open', overdue: 'overdue', closed: 'closed', rechecked: 'rechecked' } as const;
        for (const flag of findingFlags) {
          const figure = flag === 'sent-back' ? 'sentBack' : flag === 'repeated' ? 'repeated' : of[flag];
          assert.equal(await count({ ...more, flag }), figures[figure], `${flag} on ${on}`);
        }
      };
      await check(all, {});
      for (const school of schools) await check(school, { schoolId: school.schoolId });
      for (const type of types) await check(type, { type: type.type });
      assert.equal(
        schools.reduce((sum, { total }) => sum + total, 0),
        all.total,
      );
    }
  });

  it('counts what was accepted at once, the rest when the days for an answer are over', async () => {
    const atFirst = (await findingFigures(await as(officer))).all.total;
    const { id, version } = await aFinding(db, district, { schoolId: there.id });
    assert.equal((await findingFigures(await as(officer))).all.total, atFirst);
    const later = (await findingFigures(await as(officer, '2024-03-26'))).all.total;
    await takeSteps(db, id, version, [[elsewhere, 'accept', '2024-03-20']]);
    assert.equal((await findingFigures(await as(officer))).all.total, atFirst + 1);
    assert.equal((await findingFigures(await as(officer, '2024-03-26'))).all.total, later);
  });

  it('a school that is a unit no more keeps its line, so that the schools come to the whole', async () => {
    const gone = await aSchool(db);
    await aUnit(db, district.consortiumId, gone.id);
    const { id, version } = await aFinding(db, district, { on: '2024-03-02', schoolId: gone.id });
    await db
      .updateTable('organisation.consortiumSchool')
      .set({ activeTo: '2024-03-15' })
      .where('schoolId', '=', gone.id)
      .execute();
    const { all, schools } = await findingFigures(await as(officer));
    assert.deepEqual(
      schools.flatMap(({ schoolId, total }) => (schoolId === gone.id ? [total] : [])),
      [1],
    );
    assert.equal(
      schools.reduce((sum, { total }) => sum + total, 0),
      all.total,
    );
    await takeSteps(db, id, version, [[officer, 'cancel', '2024-03-20']]);
  });

  it('a school’s leaders see their own school only', async () => {
    const { schools, all } = await findingFigures(await as(elsewhere));
    assert.deepEqual(
      schools.map(({ schoolId }) => schoolId),
      [there.id],
    );
    assert.equal(schools[0]?.total, all.total);
  });
});
