import { z } from 'zod';
import { day, grade, subject } from '#modules/organisation/contract.ts';
import { criterionEntry, slot, text } from '../shapes/contract.ts';
import { capacities, lessonTypes, modes, mostLessons, occasions } from '../vocabulary/contract.ts';

/** What the observer writes; whatever the server works out (state, term, late …) is not in it. */
export const observationContent = z
  .object({
    capacity: z.enum(capacities),
    dayOn: day,
    slotFrom: slot.nullable(),
    slotTo: slot.nullable(),
    schoolId: z.uuid().nullable(),
    classId: z.uuid().nullable(),
    classLabel: text(40),
    grade: grade.nullable(),
    subject: subject.nullable(),
    teacherId: z.uuid().nullable(),
    teacherName: text(40),
    topic: text(100),
    lessonType: z.enum(lessonTypes).nullable(),
    occasion: z.enum(occasions),
    announced: z.boolean(),
    mode: z.enum(modes),
    offDayReason: text(200),
    criteria: z.array(criterionEntry).max(20),
    strengths: text(4000),
    toImprove: text(4000),
    suggestion: text(4000),
  })
  .refine(({ slotFrom, slotTo }) => slotFrom === null || slotTo === null || slotTo >= slotFrom, {
    path: ['slotTo'],
    message: '结束节次不能早于开始节次',
  })
  .refine(({ slotFrom, slotTo }) => slotFrom === null || slotTo === null || slotTo - slotFrom < mostLessons, {
    path: ['slotTo'],
    message: `一份记录最多连听 ${mostLessons} 节，请分开填写`,
  })
  .refine(({ criteria }) => new Set(criteria.map(({ code }) => code)).size === criteria.length, {
    path: ['criteria'],
    message: '同一条标准填写了两次',
  });
export type ObservationContent = z.infer<typeof observationContent>;
