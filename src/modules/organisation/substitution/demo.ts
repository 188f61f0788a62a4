import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { isTeachingDay } from '../calendar/rules.ts';
import { findCurrentTerm } from '../calendar/store.ts';
import type { TaughtLesson } from './rules.ts';
import { listTaughtLessons } from './store.ts';

const reasons = ['外出参加培训', '参加区级教研活动', '病假'] as const;
const mostSchools = 24;

/** A lesson and a colleague of the same subject who has none at that time. */
const findCover = (lessons: readonly TaughtLesson[]) => {
  for (const lesson of lessons) {
    const busy = new Set(lessons.flatMap(({ slot, teacherId }) => (slot === lesson.slot ? [teacherId] : [])));
    const cover = lessons.find(
      ({ subject, teacherId }) => subject === lesson.subject && !busy.has(teacherId),
    );
    if (cover !== undefined && lesson.classId !== null)
      return {
        classId: lesson.classId,
        slot: lesson.slot,
        subject: lesson.subject,
        personId: cover.teacherId,
      };
  }
  return null;
};

/** A few lessons given by a colleague, on the two taught days before `today` and the one after it. */
export const seedSubstitutions = async (db: Queryable, today: Day): Promise<void> => {
  const term = await findCurrentTerm(db, today);
  if (term === undefined) return;
  const taught = (from: number, step: number, wanted: number): Day[] => {
    const days: Day[] = [];
    for (let away = from; Math.abs(away) < 15 && days.length < wanted; away += step)
      if (isTeachingDay(term, addDays(today, away))) days.push(addDays(today, away));
    return days;
  };
  const days = [...taught(-1, -1, 2), ...taught(1, 1, 1)];
  const schools = await db
    .selectFrom('organisation.teachingAssignment')
    .where('termId', '=', term.id)
    .select('schoolId')
    .distinct()
    .orderBy('schoolId')
    .limit(mostSchools)
    .execute();
  for (const [index, { schoolId }] of schools.entries()) {
    const dayOn = days[index % Math.max(1, days.length)];
    if (dayOn === undefined) return;
    const cover = findCover(await listTaughtLessons(db, { schoolId, term, on: dayOn }));
    if (cover === null) continue;
    await db
      .insertInto('organisation.substitution')
      .values({ id: newId(), schoolId, dayOn, reason: reasons[index % reasons.length] ?? '', ...cover })
      .execute();
  }
};
