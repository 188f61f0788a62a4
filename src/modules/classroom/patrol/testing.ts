import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import {
  anAppointment,
  aPerson,
  aSchool,
  aTaughtClass,
  type TestPerson,
  type TestSchool,
} from '../testing.ts';
import type { Finish, StopMark } from './contract.ts';

/** A mark such as a phone makes it, on the morning of 20 March 2024. */
export const aMark = (classId: string, mark: Partial<StopMark> = {}): StopMark => ({
  id: newId(),
  classId,
  sequence: 1,
  at: '2024-03-20T00:55:00.000Z',
  result: 'in-order',
  findings: [],
  note: '',
  handling: null,
  taughtSubject: null,
  ...mark,
});

/** What a phone sends on the morning of 20 March 2024, in the second lesson. */
export const aSaving = (
  schoolId: string,
  marks: readonly StopMark[],
  rest: { id?: string; finish?: Finish | null } = {},
) => ({
  id: rest.id ?? newId(),
  schoolId,
  dayOn: '2024-03-20',
  slot: 2,
  offDayReason: '',
  startedAt: '2024-03-20T00:50:00.000Z',
  sentAt: '2024-03-20T01:00:00.000Z',
  marks: [...marks],
  finish: rest.finish ?? null,
});

/** When such a phone's call arrives. */
export const arrival = '2024-03-20T01:00:02Z';

export interface WalkedSchool {
  readonly school: TestSchool;
  readonly principal: TestPerson;
  readonly teachers: readonly TestPerson[];
  readonly classIds: readonly string[];
}

/** A school with bells for four lessons, three classes of the third grade and their lessons in the second. */
export const aWalkedSchool = async (
  db: Queryable,
  termId: string,
  subjects: readonly Subject[] = ['chinese', 'fine-art', 'mathematics'],
): Promise<WalkedSchool> => {
  const school = await aSchool(db, { stages: ['primary'] });
  const principal = await aPerson(db, { schoolId: school.id });
  await anAppointment(db, principal.id, { post: 'principal', schoolId: school.id });
  await db
    .insertInto('organisation.bellSlot')
    .values(
      [1, 2, 3, 4].map((slot) => ({
        id: newId(),
        schoolId: school.id,
        stage: 'primary',
        slot,
        startsAt: `${slot < 3 ? '08' : '14'}:${slot % 2 === 0 ? '50' : '00'}`,
        endsAt: `${slot < 3 ? '08' : '14'}:${slot % 2 === 0 ? '59' : '40'}`,
      })),
    )
    .execute();
  const teachers: TestPerson[] = [];
  const classIds: string[] = [];
  for (const [index, subject] of subjects.entries()) {
    const teacher = await aPerson(db, { schoolId: school.id });
    teachers.push(teacher);
    classIds.push(
      await aTaughtClass(db, {
        schoolId: school.id,
        termId,
        teacherId: teacher.id,
        grade: 3,
        number: index + 1,
        subject,
        times: [[3, 2]],
      }),
    );
  }
  return { school, principal, teachers, classIds };
};
