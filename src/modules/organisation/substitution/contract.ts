import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, done, grade, id, subject } from '../shapes/contract.ts';
import { slotNumber } from '../teaching/contract.ts';

const reason = z.string().trim().max(100);

const place = { schoolId: id, classId: id, dayOn: day, slot: slotNumber };

const dayLesson = z.object({
  slot: slotNumber,
  subject,
  teacherId: id,
  teacherName: z.string(),
  substitutionId: id.nullable(),
  insteadOf: z.object({ subject, teacherName: z.string() }).nullable(),
});

const substitution = z.object({
  id,
  classLabel: z.string(),
  grade,
  dayOn: day,
  slot: slotNumber,
  subject,
  teacherName: z.string(),
  exchanged: z.boolean(),
  reason: z.string(),
  enteredBy: z.string(),
});
export type Substitution = z.infer<typeof substitution>;

export const substitutionContract = {
  /** What a class is really taught on a day. */
  listDayLessons: oc.input(z.object({ schoolId: id, classId: id, dayOn: day })).output(
    z.object({
      isTeachingDay: z.boolean(),
      /** The weekday whose timetable is taught. */
      weekday: z.number().int().nullable(),
      note: z.string().nullable(),
      lessons: z.array(dayLesson),
      /** Whoever may be asked to teach here. */
      staff: z.array(z.object({ id, name: z.string() })),
    }),
  ),
  /** The newest days first; those withdrawn are left out. */
  listSubstitutions: oc
    .input(z.object({ schoolId: id, from: day }))
    .output(z.object({ rows: z.array(substitution) })),
  /** 代课: somebody else, or another subject, in one slot of one day. */
  substituteLesson: oc.input(z.object({ ...place, personId: id, subject, reason })).output(done),
  /** 调课: two lessons of a class change places. */
  exchangeLessons: oc
    .input(z.object({ ...place, otherDayOn: day, otherSlot: slotNumber, reason }))
    .output(done),
  withdrawSubstitution: oc.input(z.object({ schoolId: id, substitutionId: id })).output(done),
};
