import { isTeachingDay, taughtWeekday } from '#modules/organisation/calendar/rules.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, eachDay } from '#platform/dates.ts';
import { type SeededRandom, seededRandom } from '#platform/random.ts';
import { classLabel } from '../timetable/rules.ts';
import type { DemoLesson, World } from '../world/demo.ts';
import type { HomeworkItem } from './contract.ts';
import { type HomeworkBand, judgeHomework, limitOfGrade } from './rules.ts';
import { readLimits } from './store.ts';
import type { HomeworkKind } from './vocabulary/contract.ts';

const ownSeed = 95;
const daysBack = 21;

/** Most days stay under the limit, some sums do not though no subject is over. */
const itemsFor = (grade: number, random: SeededRandom): HomeworkItem[] => {
  const item = (subject: HomeworkItem['subject'], low: number, high: number): HomeworkItem => ({
    subject,
    minutes: random.integer(low, high) * 5,
    takeHome: grade >= 3,
  });
  if (grade <= 2) return random.chance(0.5) ? [item('chinese', 2, 3)] : [];
  const more = random.chance(0.12) ? 1 : 0;
  return grade <= 6
    ? [item('chinese', 3, 5 + more), item('mathematics', 3, 4 + more), item('english', 2, 3 + more * 2)]
    : [
        item('chinese', 3, 5 + more),
        item('mathematics', 4, 5 + more),
        item('english', 3, 4 + more),
        ...(grade >= 8 ? [item('physics', 2, 4)] : []),
      ];
};

/** The last weeks of every school that has leaders: a third of the class days posted; some classes are looked into by a research officer. */
export const seedHomework = async (db: Queryable, world: World, today: Day): Promise<void> => {
  const random = seededRandom(ownSeed);
  const term = world.terms.at(-1);
  if (term === undefined) return;
  const bands = await readLimits(db, today);
  const officers = world.observers.filter(({ capacity }) => capacity === 'research-officer');
  const days = eachDay(addDays(today, -daysBack), addDays(today, -1)).filter((day) =>
    isTeachingDay(term, day),
  );
  const schoolIds = [
    ...new Set(world.observers.flatMap(({ schoolId }) => (schoolId === null ? [] : [schoolId]))),
  ];
  const write = (kind: HomeworkKind, lesson: DemoLesson, savedBy: string, day: Day) =>
    record(kind, lesson, { savedBy, day, bands, termId: term.id }, random);
  const made = days.flatMap((day) =>
    schoolIds.flatMap((schoolId) => {
      const lessons = world.lessonsAt(schoolId, taughtWeekday(term, day) ?? 0, null);
      const classes = [...new Map(lessons.map((lesson) => [lesson.classId, lesson])).values()];
      return classes.flatMap((lesson) => {
        const posted = random.chance(0.35) ? [write('posted', lesson, lesson.teacherId, day)] : [];
        const spot =
          officers.length > 0 && random.chance(0.004)
            ? [write('spot', lesson, random.pick(officers).personId, day)]
            : [];
        return [...posted, ...spot];
      });
    }),
  );
  await insertRows(
    db,
    'classroom.homeworkDay',
    made.map(({ head }) => head),
  );
  await insertRows(
    db,
    'classroom.homeworkVersion',
    made.map(({ version }) => version),
  );
  await insertRows(
    db,
    'classroom.homeworkItem',
    made.flatMap(({ items }) => items),
  );
};

const record = (
  kind: HomeworkKind,
  lesson: DemoLesson,
  facts: { savedBy: string; day: Day; bands: readonly HomeworkBand[]; termId: string | null },
  random: SeededRandom,
) => {
  const { savedBy, day, bands, termId } = facts;
  const savedAt = `${day}T08:${random.integer(10, 59)}:00.000Z`;
  const id = random.id(Date.parse(savedAt));
  const items = itemsFor(lesson.grade, random);
  // What a spot check may come upon.
  const found =
    kind === 'spot' && lesson.grade <= 2 ? items.map((item) => ({ ...item, takeHome: true })) : items;
  const { minutes, takeHomeMinutes, standing } = judgeHomework(
    limitOfGrade(bands, lesson.grade),
    lesson.grade,
    found,
  );
  return {
    head: {
      id,
      schoolId: lesson.schoolId,
      termId,
      classId: lesson.classId,
      classLabel: classLabel(lesson.grade, lesson.classNumber),
      grade: lesson.grade,
      dayOn: day,
      kind,
      version: 1,
    },
    version: { homeworkId: id, version: 1, minutes, takeHomeMinutes, standing, savedBy, savedAt },
    items: found.map((item) => ({
      homeworkId: id,
      version: 1,
      subject: item.subject,
      minutes: item.minutes,
      takeHome: item.takeHome,
    })),
  };
};
