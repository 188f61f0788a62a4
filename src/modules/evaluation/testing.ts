import {
  aBody,
  anAppointment,
  aPerson,
  aSchool,
  type TestPerson,
  type TestSchool,
} from '#modules/classroom/testing.ts';
import type { Stage } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';

export interface TestUnit extends TestSchool {
  readonly principal: TestPerson;
}

/** A school that stands in a consortium, with its principal. */
export const aUnit = async (
  db: Queryable,
  unit: { name?: string; consortia: readonly { id: string; stage: Stage }[] },
): Promise<TestUnit> => {
  const school = await aSchool(db, unit.name === undefined ? {} : { name: unit.name });
  const principal = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
  for (const { id, stage } of unit.consortia)
    await db
      .insertInto('organisation.consortiumSchool')
      .values({
        id: newId(),
        consortiumId: id,
        schoolId: school.id,
        stage,
        role: 'member',
        activeFrom: '2020-01-01',
      })
      .execute();
  return { ...school, principal };
};

export const aConsortium = async (db: Queryable, stage: Stage): Promise<{ id: string; stage: Stage }> => ({
  id: await aBody(db, { kind: 'consortium', stage }),
  stage,
});

/** Lessons 1–12 of one day each take a slot, so that a hundred records of one observer never overlap. */
export const slotOf = (index: number): { dayOn: string; slotFrom: number; slotTo: number } => {
  const slot = (index % 6) * 2 + 1;
  const day = 4 + Math.floor(index / 6);
  return { dayOn: `2024-03-${String(day).padStart(2, '0')}`, slotFrom: slot, slotTo: slot };
};
