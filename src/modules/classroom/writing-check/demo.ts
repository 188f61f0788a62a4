import { isTeachingDay, taughtWeekday } from '#modules/organisation/calendar/rules.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { type Day, eachDay } from '#platform/dates.ts';
import { type SeededRandom, seededRandom } from '#platform/random.ts';
import { classLabel } from '../timetable/rules.ts';
import type { DemoObserver, World } from '../world/demo.ts';
import type { Fault } from './vocabulary/contract.ts';

const ownSeed = 94;
const commonFaults: readonly Fault[] = [
  'head-low',
  'head-low',
  'chest-on-desk',
  'fingers-low',
  'fingers-low',
  'fingers-low',
  'thumb-over',
  'body-askew',
  'structure',
  'symbols',
  'alterations',
  'uneven-lines',
  'stroke-order',
];
const advices = [
  '每节课书写前提醒一次“一尺一拳一寸”。',
  '各科作业统一格式，数学的数字和符号也要规范。',
  '本周起每天课前练字五分钟，由任课教师巡看。',
  '低年级先改执笔，再讲速度。',
  '',
];

/** Checks of the running term: each school's own every other week, and a few of the district's. */
export const seedWritingChecks = async (db: Queryable, world: World, today: Day): Promise<void> => {
  const random = seededRandom(ownSeed);
  const term = world.terms.at(-1);
  if (term === undefined) return;
  const all = eachDay(term.startsOn, term.endsOn).filter((day) => isTeachingDay(term, day));
  const days = all.filter((day) => day < today);
  const leaders = world.observers.filter(({ schoolId }) => schoolId !== null);
  const officers = world.observers.filter(({ capacity }) => capacity === 'research-officer');
  const checks = [
    ...leaders.flatMap((leader) =>
      days
        .filter((_, index) => index % 10 === 3)
        .filter(() => random.chance(0.6))
        .map((day) => ({ maker: leader, schoolId: leader.schoolId ?? '', madeAs: 'school' as const, day })),
    ),
    ...(officers.length === 0 || days.length === 0
      ? []
      : Array.from({ length: 60 }, () => ({
          maker: random.pick(officers),
          schoolId: random.pick(world.schoolIds),
          madeAs: 'district' as const,
          day: random.pick(days),
        }))),
  ].flatMap(({ maker, schoolId, madeAs, day }) => {
    const lessons = world.lessonsAt(schoolId, taughtWeekday(term, day) ?? 0, null);
    if (lessons.length === 0) return [];
    const lesson = random.pick(lessons);
    const grown = days.indexOf(day) / Math.max(1, all.length);
    return [write({ maker, schoolId, madeAs, day, termId: term.id }, lesson, grown, random)];
  });
  await insertRows(
    db,
    'classroom.writingCheck',
    checks.map(({ head }) => head),
  );
  await insertRows(
    db,
    'classroom.writingCheckVersion',
    checks.map(({ content }) => content),
  );
};

interface Visit {
  readonly maker: DemoObserver;
  readonly schoolId: string;
  readonly madeAs: 'school' | 'district';
  readonly day: Day;
  readonly termId: string;
}

const write = (
  { maker, schoolId, madeAs, day, termId }: Visit,
  lesson: ReturnType<World['lessonsAt']>[number],
  grown: number,
  random: SeededRandom,
) => {
  const at = `${day}T0${random.integer(1, 8)}:${random.integer(10, 59)}:00.000Z`;
  const id = random.id(Date.parse(at));
  // A short look at one row of desks now and then: too few for a share.
  const sample = random.chance(0.15) ? random.integer(5, 9) : random.integer(4, 8) * 5;
  const count = (base: number): number =>
    Math.min(sample, Math.round(sample * Math.min(1, base + grown * 0.15 + random.next() * 0.16)));
  return {
    head: {
      id,
      schoolId,
      madeAs,
      checkedBy: maker.personId,
      version: 1,
      createdAt: at,
      withdrawnAt: null,
      withdrawnBy: null,
      withdrawnReason: null,
    },
    content: {
      checkId: id,
      version: 1,
      termId,
      dayOn: day,
      classId: lesson.classId,
      classLabel: classLabel(lesson.grade, lesson.classNumber),
      grade: lesson.grade,
      subject: random.chance(0.5) ? lesson.subject : 'chinese',
      sample,
      posture: count(0.62),
      grip: count(0.55),
      form: count(0.66),
      neat: count(0.7),
      faults: [...new Set(Array.from({ length: random.integer(0, 3) }, () => random.pick(commonFaults)))],
      faultNote: '',
      advice: random.pick(advices),
      reason: '登记',
      madeBy: maker.personId,
      madeAt: at,
    },
  };
};
