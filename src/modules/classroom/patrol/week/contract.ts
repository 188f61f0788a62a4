import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, subject } from '#modules/organisation/contract.ts';
import { namedSchool, patrolInstant, slot, text } from '../shapes/contract.ts';
import { findingKinds, halfDays, handlings } from '../vocabulary/contract.ts';

/** Which stops of a week stand behind a figure; what is left out does not narrow. */
const narrowed = {
  result: z.enum(['in-order', 'noted']).optional(),
  kind: z.enum(findingKinds).optional(),
  /** The timetable's subject of lessons given to something else; `none`: the timetable had nothing there. */
  lostSubject: z.union([subject, z.literal('none')]).optional(),
  serious: z.boolean().optional(),
};

const stopRow = z.object({
  patrolId: z.uuid(),
  markId: z.uuid(),
  classId: z.uuid(),
  dayOn: day,
  halfDay: z.enum(halfDays),
  slot,
  classLabel: z.string(),
  subject: subject.nullable(),
  taughtSubject: subject.nullable(),
  teacherName: z.string(),
  patrollerName: z.string(),
  result: z.enum(['in-order', 'noted']),
  findings: z.array(z.object({ kind: z.enum(findingKinds), count: z.number().nullable() })),
  note: text(200),
  handling: z.enum(handlings).nullable(),
  passedOn: z.boolean(),
});
export type StopRow = z.infer<typeof stopRow>;

export const weekContract = {
  /** One school's week; the day is any of it. */
  sumPatrolWeek: oc
    .input(z.object({ schoolId: z.uuid().optional(), dayOn: day.optional() }).prefault({}))
    .output(
      z.object({
        asOf: patrolInstant,
        schools: z.array(namedSchool),
        school: namedSchool,
        from: day,
        to: day,
        week: z.number().nullable(),
        patrols: z.number(),
        rooms: z.number(),
        inOrder: z.number(),
        noted: z.number(),
        serious: z.number(),
        passedOn: z.number(),
        byKind: z.array(z.object({ kind: z.enum(findingKinds), stops: z.number() })),
        /** A lesson seen by two patrols is one lesson. */
        lost: z.array(z.object({ subject: subject.nullable(), lessons: z.number(), stops: z.number() })),
        byHalfDay: z.array(
          z.object({
            dayOn: day,
            halfDay: z.enum(halfDays),
            patrols: z.number(),
            onDuty: z.number(),
          }),
        ),
      }),
    ),
  listPatrolStops: oc
    .input(
      z.object({
        schoolId: z.uuid(),
        from: day,
        to: day,
        ...narrowed,
        cursor: dayCursor.optional(),
        limit: z.number().int().min(1).max(200).default(60),
      }),
    )
    .output(
      z.object({
        school: namedSchool,
        rows: z.array(stopRow),
        nextCursor: z.string().nullable(),
        asOf: patrolInstant,
      }),
    ),
};
