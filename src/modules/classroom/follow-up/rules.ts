import type { Day } from '#platform/dates.ts';

export interface SeenLesson {
  readonly id: string;
  readonly observerId: string;
  readonly teacherId: string | null;
  readonly teacherName: string;
  readonly dayOn: Day;
  readonly slotFrom: number | null;
  readonly finalised: boolean;
  readonly withdrawn: boolean;
}

/** A substitute outside the roster is known by name alone. */
export const isSameTeacher = (
  one: Pick<SeenLesson, 'teacherId' | 'teacherName'>,
  other: Pick<SeenLesson, 'teacherId' | 'teacherName'>,
): boolean =>
  one.teacherId === null
    ? other.teacherId === null && one.teacherName.trim() === other.teacherName.trim()
    : one.teacherId === other.teacherId;

const isAfter = (look: SeenLesson, agreed: SeenLesson): boolean =>
  look.dayOn > agreed.dayOn || (look.dayOn === agreed.dayOn && (look.slotFrom ?? 0) > (agreed.slotFrom ?? 0));

/** Why a lesson is not a look at what was agreed after another; null when it is. */
export const lookProblem = (look: SeenLesson, agreed: SeenLesson): string | null => {
  if (look.observerId !== agreed.observerId) return '只有商定改进的听课人再去听的课，才能作为回头看。';
  if (!isSameTeacher(look, agreed))
    return `这节课的授课教师不是${agreed.teacherName}，请选同一位老师的听课记录。`;
  if (!look.finalised) return '这份听课记录还没有完成，请先点“完成”。';
  if (look.withdrawn) return '这份听课记录已经撤回，请选另一份。';
  if (!isAfter(look, agreed)) return '回头看的课应在商定改进之后，请选后来的听课记录。';
  return null;
};

/** Why a day is no plan for the next look; null when it is. */
export const planProblem = (plannedOn: Day | null, agreedOn: Day): string | null =>
  plannedOn !== null && plannedOn < agreedOn ? '再看的日期不能早于商定改进的那节课，请重新选择。' : null;
