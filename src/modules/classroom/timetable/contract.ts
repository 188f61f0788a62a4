import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, grade, subject } from '#modules/organisation/contract.ts';
import { rubricCriterion, slot } from '../shapes/contract.ts';
import { capacities } from '../vocabulary/contract.ts';

export const namedSchool = z.object({ id: z.uuid(), name: z.string() });
export const proposedLesson = z.object({
  slot,
  classId: z.uuid().nullable(),
  classLabel: z.string(),
  grade,
  subject,
  teacherId: z.uuid(),
  teacherName: z.string(),
  /** How often the caller has observed this teacher this term. */
  observedBefore: z.number(),
  /** Whoever the timetable says teaches here, where somebody else does today (代课、调课). */
  insteadOf: z.string().nullable(),
});
export type ProposedLesson = z.infer<typeof proposedLesson>;

export const settingsShown = z.object({
  minSentences: z.number(),
  lateDays: z.number(),
  videoCounts: z.boolean(),
});

/** What is being taught at one place and time, and what the form needs besides. */
const start = z.object({
  dayOn: day,
  week: z.number().nullable(),
  isTeachingDay: z.boolean(),
  school: namedSchool.nullable(),
  /** Own schools first. */
  schools: z.array(namedSchool),
  slot: slot.nullable(),
  slots: z.array(z.object({ slot, startsAt: z.string(), endsAt: z.string() })),
  lessons: z.array(proposedLesson),
  capacities: z.array(z.enum(capacities)),
  /** The edition in force on the day. */
  rubricId: z.uuid(),
  rubric: z.array(rubricCriterion),
  settings: settingsShown,
});
export type Start = z.infer<typeof start>;

export const peopleOfSchool = z.object({
  classes: z.array(z.object({ id: z.uuid(), label: z.string(), grade })),
  teachers: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      /** First letters of the name's pinyin. */
      initials: z.string(),
      lessons: z.array(z.object({ classId: z.uuid().nullable(), classLabel: z.string(), grade, subject })),
    }),
  ),
});
export type PeopleOfSchool = z.infer<typeof peopleOfSchool>;

export const timetableContract = {
  /** What is being taught here and now; the first call of the form. */
  startObservation: oc
    .input(
      z.object({ schoolId: z.uuid().optional(), dayOn: day.optional(), slot: slot.optional() }).default({}),
    )
    .output(start),
  /** Classes and teachers of a school, for correcting what was proposed. */
  lookUpSchool: oc.input(z.object({ schoolId: z.uuid(), dayOn: day })).output(peopleOfSchool),
};
