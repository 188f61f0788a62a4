import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import type { World } from '../world/demo.ts';
import { type PlanContent, planPosts } from './contract.ts';
import { spreadOver, weeksOfTerm } from './rules.ts';

const problems = [
  '课堂追问多停在“是什么”，学生讲得少，为什么问得不够。',
  '小组讨论有形式，任务不清楚，汇报时只有少数学生开口。',
  '新授课的目标写得大，板书和目标对不上。',
  '练习课题量多、讲评少，学生不会用教材。',
  '毕业年级复习课节奏快，中下学生跟不上。',
] as const;
const talks = [
  '听课当天课后当面交流',
  '每周五教研时间集中交流',
  '当天简短交流，每月底在教研组里汇总一次',
] as const;
const openPoints = [
  '上学期约定的“走下讲台”还有三位教师没有回看。',
  '上学期低年级写字姿势的问题要再看一次。',
  '',
] as const;
const reasons = ['新教师到岗，增加跟踪听课。', '期中以后把重点转到毕业年级。'] as const;

/** Lessons a term of those who owe no number. */
const lessonsATerm = { principal: 170, other: 30 } as const;

/** Most leaders have confirmed a plan for the running term, some are still writing, a few have none. */
export const seedDiagnosisPlans = async (
  db: Queryable,
  world: World,
  random: SeededRandom,
  today: Day,
): Promise<void> => {
  const term = world.terms.at(-1);
  if (term === undefined) return;
  const weeks = weeksOfTerm(term);
  const confirmedOn = addDays(term.startsOn, 3) < today ? addDays(term.startsOn, 3) : today;
  const at = `${confirmedOn}T09:00:00Z`;
  const planned = world.observers.flatMap(({ personId, capacity, schoolId }) => {
    const post = planPosts.find((one) => one === capacity);
    const kind = random.next();
    if (post === undefined || schoolId === null || kind > 0.92) return [];
    const lessons = world.lessonsAt(schoolId, 1, null);
    const focus = lessons.length === 0 ? null : random.pick(lessons);
    const content: PlanContent = {
      problem: random.pick(problems),
      grades: focus === null ? [] : [focus.grade],
      subjects: focus === null || random.chance(0.5) ? [] : [focus.subject],
      teacherIds: focus === null || focus.teacherId === personId ? [] : [focus.teacherId],
      kinds: random.chance(0.5) ? ['drop-in', 'follow-up'] : ['drop-in', 'announced'],
      weeks: spreadOver(lessonsATerm[post === 'principal' ? 'principal' : 'other'], weeks),
      talkOn: random.pick(talks),
      openPoints: random.pick(openPoints),
    };
    const confirmed = kind < 0.8;
    const revised = confirmed && random.chance(0.2);
    const id = random.id(Date.parse(at));
    return [
      {
        row: {
          id,
          personId,
          schoolId,
          termId: term.id,
          post,
          state: confirmed ? 'confirmed' : 'draft',
          content: { ...content },
          contentNumber: confirmed ? (revised ? 2 : 1) : 0,
          version: confirmed ? (revised ? 3 : 2) : 1,
          savedAt: at,
          confirmedAt: confirmed ? at : null,
        },
        versions: (confirmed ? ['确定', ...(revised ? [random.pick(reasons)] : [])] : []).map(
          (reason, index) => ({
            planId: id,
            number: index + 1,
            content: { ...content },
            reason,
            madeBy: personId,
            madeAt: at,
          }),
        ),
      },
    ];
  });
  await insertRows(
    db,
    'classroom.diagnosisPlan',
    planned.map(({ row }) => row),
  );
  await insertRows(
    db,
    'classroom.diagnosisPlanVersion',
    planned.flatMap(({ versions }) => versions),
  );
};
