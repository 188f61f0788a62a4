import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, daysBetween } from '#platform/dates.ts';
import { seededRandom } from '#platform/random.ts';
import type { World } from '../world/demo.ts';
import { budgetPurposes } from './vocabulary/contract.ts';

const ownSeed = 97;
const notes = {
  'go-out': ['骨干教师外出跟岗', '到兄弟区听课研讨', '参加市级教学研讨会'],
  'invite-in': ['请教研员来校指导大单元设计', '请名师来校上示范课', '课题指导讲座'],
  'school-research': ['校本教研资料印制', '课例研讨活动', '跨学科主题学习展示'],
  books: ['教师专业书籍', '学科期刊', '课程标准解读用书'],
  other: ['研训活动用品'],
} as const;

/** A planned amount and some spending of the running school year at every school that has a principal. */
export const seedBudgets = async (db: Queryable, world: World, today: Day): Promise<void> => {
  const random = seededRandom(ownSeed);
  const year = world.terms.filter(({ schoolYear }) => schoolYear === world.schoolYear);
  const [first] = year;
  if (first === undefined) return;
  const passed = Math.max(0, daysBetween(first.startsOn, today) - 1);
  const schools = world.observers.flatMap(({ capacity, schoolId, personId }) =>
    capacity === 'principal' && schoolId !== null ? [{ schoolId, personId }] : [],
  );
  const plans = schools.map(({ schoolId, personId }) => ({
    schoolId,
    schoolYear: world.schoolYear,
    version: 1,
    plannedFen: random.integer(20, 90) * 100_000,
    note: '年初预算',
    setBy: personId,
    setAt: `${first.startsOn}T02:00:00Z`,
  }));
  const entries = schools.flatMap(({ schoolId, personId }) =>
    Array.from({ length: random.integer(2, 9) }, () => {
      const dayOn = addDays(first.startsOn, random.integer(0, passed));
      const purpose = random.pick(budgetPurposes);
      const enteredAt = `${dayOn}T07:00:00Z`;
      return {
        id: random.id(Date.parse(enteredAt) + random.integer(0, 3_600_000)),
        schoolId,
        schoolYear: world.schoolYear,
        dayOn,
        purpose,
        note: random.pick(notes[purpose]),
        amountFen: random.integer(200, 60_000) * 10,
        enteredBy: personId,
        enteredAt,
        withdrawnAt: null,
        withdrawnBy: null,
        withdrawnReason: null,
      };
    }),
  );
  // One planned amount a school, also where two principals followed one another.
  const firstOf = new Map(plans.map((plan) => [plan.schoolId, plan]));
  await insertRows(db, 'classroom.budgetPlan', [...firstOf.values()]);
  await insertRows(db, 'classroom.budgetEntry', entries);
};
