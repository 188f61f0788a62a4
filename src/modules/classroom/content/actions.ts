import { findTermOn, type TermRecord } from '#modules/organisation/calendar/store.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { invalid } from '#platform/refusal.ts';
import type { ObservationContent } from '../contract.ts';
import { findRubric, type Rubric } from '../rubric/store.ts';
import { capacitiesFrom } from '../rules.ts';
import type { Derived } from '../store.ts';
import { findHomeSchool, findNamedPlaces, isSchoolWithin } from '../timetable/store.ts';

/** The edition a record was written with, even when it is no longer in force; else the one in force on its day. */
export const rubricFor = async (db: Queryable, on: Day, rubricId: string | undefined): Promise<Rubric> => {
  const rubric = await findRubric(db, rubricId === undefined ? { on } : { id: rubricId });
  if (rubric.criteria.length === 0)
    throw invalid('系统中没有填写时所用的那一版评价标准。请导出成文件，交教研室的系统管理员处理。');
  return rubric;
};

/** Throws for content that points at nothing, or at a post the observer does not hold. */
export const derive = async (
  db: Queryable,
  observerId: string,
  content: ObservationContent,
  rubricCodes: readonly string[],
): Promise<Derived & { readonly term: TermRecord | undefined }> => {
  if (content.teacherId === observerId)
    throw invalid('授课教师是您本人：自己上的课不计入听课，请核对授课教师。', { field: 'teacherName' });
  const known = await findNamedPlaces(db, content);
  if (content.schoolId !== null && !known.school) throw invalid('没有这所学校，请重新选择。');
  if (content.classId !== null && !known.class) throw invalid('这个班不在所选学校，请重新选择班级。');
  if (content.teacherId !== null && !known.teacher) throw invalid('没有这位教师，请重新选择。');
  if (content.criteria.some(({ code }) => !rubricCodes.includes(code)))
    throw invalid('评价标准已更新，请刷新页面；您填写的内容仍保留在本页。');
  const heldThen = await listActiveAppointments(db, observerId, content.dayOn);
  const choices = capacitiesFrom(heldThen, await findHomeSchool(db, observerId)).filter(
    ({ capacity }) => capacity === content.capacity,
  );
  const capacity = choices.find(({ schoolId }) => schoolId === content.schoolId) ?? choices[0];
  if (capacity === undefined)
    throw invalid('听课那一天您没有担任所选的职务，请重新选择听课身份。', { field: 'capacity' });
  const { schoolId: observerSchoolId } = capacity;
  const term = await findTermOn(db, content.dayOn);
  return {
    term,
    termId: term?.id ?? null,
    observerSchoolId,
    away:
      content.schoolId !== null &&
      observerSchoolId !== null &&
      !(await isSchoolWithin(db, content.schoolId, observerSchoolId)),
  };
};

export const derivedColumns = ({ termId, observerSchoolId, away }: Derived): Derived => ({
  termId,
  observerSchoolId,
  away,
});
