import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, done, grade, id, made, stage, subject } from '../shapes/contract.ts';
import { weekParities } from '../vocabulary/contract.ts';

export const slotNumber = z.number().int().min(1).max(12);

export const schoolClass = z.object({ id, stage, grade, number: z.number().int(), label: z.string() });
export type SchoolClass = z.infer<typeof schoolClass>;

const timetableEntry = z.object({
  weekday: z.number().int().min(1).max(7),
  slot: slotNumber,
  parity: z.enum(weekParities).default('every'),
});

export const assignment = z.object({
  id,
  personId: id,
  personName: z.string(),
  grade,
  subject,
  classId: id.nullable(),
  classLabel: z.string().nullable(),
  timetable: z.array(timetableEntry),
});
export type Assignment = z.infer<typeof assignment>;

export const teachingContract = {
  listClasses: oc
    .input(z.object({ schoolId: id, on: day.optional() }))
    .output(z.object({ rows: z.array(schoolClass) })),
  addClass: oc
    .input(
      z.object({
        schoolId: id,
        stage,
        entryYear: z.number().int().min(2000).max(2100),
        number: z.number().int().min(1).max(60),
      }),
    )
    .output(made),
  listAssignments: oc
    .input(z.object({ schoolId: id, termId: id }))
    .output(z.object({ rows: z.array(assignment), may: z.object({ edit: z.boolean() }) })),
  assignTeaching: oc
    .input(
      z.object({
        personId: id,
        schoolId: id,
        termId: id,
        grade,
        subject,
        classId: id.nullable(),
        timetable: z.array(timetableEntry).max(40),
      }),
    )
    .output(made),
  setTimetable: oc
    .input(z.object({ assignmentId: id, timetable: z.array(timetableEntry).max(40) }))
    .output(done),
  endTeaching: oc.input(z.object({ assignmentId: id })).output(done),
};
