import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { aBody, anAppointment, aPerson, aSchool, contextOf, type TestPerson } from '../testing.ts';
import { registerFinding, takeFindingStep } from './actions.ts';
import type { FindingStep, HandOver, NewFinding } from './contract.ts';

/** Puts a school into a consortium, which makes it one of the district's units. */
export const aUnit = async (db: Queryable, consortiumId: string, schoolId: string): Promise<void> => {
  await db
    .insertInto('organisation.consortiumSchool')
    .values({
      id: newId(),
      consortiumId,
      schoolId,
      stage: 'primary',
      role: 'member',
      activeFrom: '2020-01-01',
    })
    .execute();
};

/** Two units, their leaders, a teacher, and the district's people. */
export const aDistrict = async (db: Queryable) => {
  const consortiumId = await aBody(db, { kind: 'consortium', stage: 'primary' });
  const office = await aBody(db, { kind: 'research-office' });
  const group = await aBody(db, { kind: 'leading-group' });
  const core = await aBody(db, { kind: 'core-group', stage: 'primary', subject: 'mathematics' });
  const here = await aSchool(db);
  const there = await aSchool(db);
  await aUnit(db, consortiumId, here.id);
  await aUnit(db, consortiumId, there.id);
  const person = async (name: string, held: Parameters<typeof anAppointment>[2], schoolId?: string) => {
    const made = await aPerson(db, schoolId === undefined ? { name } : { name, schoolId });
    await anAppointment(db, made.id, held);
    return made;
  };
  return {
    consortiumId,
    here,
    there,
    officer: await person('教研员甲', { post: 'research-officer', bodyId: office }),
    colleague: await person('教研员乙', { post: 'research-officer', bodyId: office }),
    head: await person('组长', { post: 'head', bodyId: group }),
    groupMember: await person('组员', { post: 'member', bodyId: core }),
    principal: await person('校长甲', { post: 'principal', schoolId: here.id }, here.id),
    vice: await person('副校长甲', { post: 'vice-principal', schoolId: here.id }, here.id),
    subjectLead: await person(
      '学科长甲',
      { post: 'subject-lead', schoolId: here.id, subject: 'mathematics' },
      here.id,
    ),
    teacher: await person('教师甲', { post: 'teacher', schoolId: here.id }, here.id),
    elsewhere: await person('校长乙', { post: 'principal', schoolId: there.id }, there.id),
  };
};
export type TestDistrict = Awaited<ReturnType<typeof aDistrict>>;

export const toPrincipal: HandOver = {
  deadlineOn: '2024-04-03',
  responsiblePost: 'principal',
  responsibleId: null,
  checkerId: null,
};

export const aNewFinding = (schoolId: string, given: Partial<NewFinding> = {}): NewFinding => ({
  kind: 'district',
  source: 'other',
  sourceId: null,
  schoolId,
  subject: 'mathematics',
  grade: 3,
  place: '',
  type: 'wrong-methods',
  description: '课堂以讲代练，学生动笔时间少于五分钟。',
  advice: '每节课留出十五分钟让学生独立练习。',
  repeatsId: null,
  handOver: toPrincipal,
  ...given,
});

export const at = (day: Day): string => `${day}T02:00:00Z`;

/** Takes steps one after another, each by a person on a day; answers the latest version. */
export const takeSteps = async (
  db: Queryable,
  id: string,
  version: number,
  steps: readonly (readonly [TestPerson, FindingStep, Day, (Day | null)?])[],
): Promise<number> => {
  let latest = version;
  for (const [person, step, on, dayOn = null] of steps) {
    const context = await contextOf(db, person, at(on));
    ({ version: latest } = await takeFindingStep(context, {
      id,
      version: latest,
      step,
      text: '已办',
      dayOn,
    }));
  }
  return latest;
};

/** A finding handed over by the officer on a day. */
export const aFinding = async (
  db: Queryable,
  { officer, here }: Pick<TestDistrict, 'officer' | 'here'>,
  { on = '2024-03-20', ...given }: Partial<NewFinding> & { on?: Day } = {},
) => registerFinding(await contextOf(db, officer, at(on)), aNewFinding(given.schoolId ?? here.id, given));
