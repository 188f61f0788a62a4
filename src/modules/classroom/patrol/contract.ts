import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, subject } from '#modules/organisation/contract.ts';
import { corridorContract } from './corridor/contract.ts';
import { rotaContract } from './rota/contract.ts';
import { namedSchool, patrolInstant, slot, text } from './shapes/contract.ts';
import { findingKinds, halfDays, handlings, results } from './vocabulary/contract.ts';
import { weekContract } from './week/contract.ts';

const stopFinding = z.object({
  kind: z.enum(findingKinds),
  /** Pupils, as a number. */
  count: z.number().int().min(1).max(99).nullable(),
});
export type StopFinding = z.infer<typeof stopFinding>;

/** What was marked at one door; of several for one class the one with the highest sequence stands. */
export const stopMark = z
  .object({
    id: z.uuid(),
    classId: z.uuid(),
    /** Counts up over the whole patrol, so that it needs no clock. */
    sequence: z.number().int().min(1).max(100_000),
    /** By the phone's clock. */
    at: patrolInstant,
    result: z.enum(results),
    findings: z.array(stopFinding).max(findingKinds.length),
    note: text(200),
    handling: z.enum(handlings).nullable(),
    taughtSubject: subject.nullable(),
  })
  .refine(({ findings }) => new Set(findings.map(({ kind }) => kind)).size === findings.length, {
    path: ['findings'],
    message: '同一项问题记了两次',
  })
  .refine(
    ({ result, findings, note, handling, taughtSubject }) => {
      const says = findings.length > 0 || note.trim() !== '';
      return result === 'noted' ? says : !says && handling === null && taughtSubject === null;
    },
    { path: ['result'], message: '记了问题的教室，才有问题、说明和处理' },
  );
export type StopMark = z.infer<typeof stopMark>;

export const finish = z.object({
  at: patrolInstant,
  sequence: z.number().int().min(1).max(100_000),
  summary: text(200),
});
export type Finish = z.infer<typeof finish>;

/** One classroom of the corridor, with what the timetable has there in this slot. */
export const tile = z.object({
  classId: z.uuid(),
  classLabel: z.string(),
  grade: z.number().int(),
  /** Building, floor and room in words; empty where the school has not entered them. */
  place: z.string(),
  subject: subject.nullable(),
  teacherName: z.string(),
});
export type Tile = z.infer<typeof tile>;

/** A stop as it stands. */
const stop = stopMark.safeExtend({
  classLabel: z.string(),
  grade: z.number().int(),
  subject: subject.nullable(),
  teacherName: z.string(),
  passedOn: z.boolean(),
});
export type Stop = z.infer<typeof stop>;

const patrolRow = z.object({
  id: z.uuid(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  patrollerId: z.uuid(),
  patrollerName: z.string(),
  dayOn: day,
  halfDay: z.enum(halfDays),
  slot,
  rooms: z.number(),
  noted: z.number(),
  serious: z.boolean(),
  finished: z.boolean(),
  receiptNumber: z.number(),
  summary: z.string(),
});
export type PatrolRow = z.infer<typeof patrolRow>;

const patrolDetail = patrolRow.extend({
  week: z.number().nullable(),
  offDayReason: z.string(),
  startedAt: patrolInstant,
  finishedAt: patrolInstant.nullable(),
  receivedAt: patrolInstant,
  /** To be added to the phone's times to get the server's; 0 while they agree within a few minutes. */
  clockOffSeconds: z.number(),
  tiles: z.array(tile),
  /** In the order of the corridor. */
  stops: z.array(stop),
  withdrawnReason: z.string().nullable(),
  may: z.object({ edit: z.boolean() }),
});
export type PatrolDetail = z.infer<typeof patrolDetail>;

const listed = z.object({
  rows: z.array(patrolRow),
  nextCursor: z.string().nullable(),
  asOf: patrolInstant,
});
const page = { cursor: dayCursor.optional(), limit: z.number().int().min(1).max(100).default(30) };

/** What a walk begins with. */
const patrolStart = z.object({
  now: patrolInstant,
  dayOn: day,
  week: z.number().nullable(),
  isTeachingDay: z.boolean(),
  /** Where one may walk today, by post or by the rota. */
  schools: z.array(namedSchool),
  school: namedSchool.nullable(),
  slot: slot.nullable(),
  slots: z.array(z.object({ slot, startsAt: z.string(), endsAt: z.string() })),
  tiles: z.array(tile),
  onDuty: z.array(z.object({ halfDay: z.enum(halfDays), personName: z.string() })),
  /** Leads this school: keeps rota and corridor, reads the weekly sum. */
  leads: z.boolean(),
});
export type PatrolStart = z.infer<typeof patrolStart>;

export const patrolContract = {
  ...corridorContract,
  ...rotaContract,
  ...weekContract,
  /** The classrooms of a slot in the order of the corridor; what is left out is proposed from the clock. */
  startPatrol: oc
    .input(
      z.object({ schoolId: z.uuid().optional(), dayOn: day.optional(), slot: slot.optional() }).default({}),
    )
    .output(patrolStart),
  /** For a walk without a network: today and the next teaching day, slot by slot. */
  takePatrolAlong: oc.input(z.object({}).default({})).output(z.object({ starts: z.array(patrolStart) })),
  /**
   * Takes what a phone has: the first call makes the patrol, each further one adds marks. Sent twice or out
   * of order it comes to the same. School, day and slot of the first call stand.
   */
  savePatrol: oc
    .input(
      z.object({
        id: z.uuid(),
        schoolId: z.uuid(),
        dayOn: day,
        slot,
        offDayReason: text(200),
        startedAt: patrolInstant,
        /** The phone's clock at this call. */
        sentAt: patrolInstant,
        marks: z
          .array(stopMark)
          .max(200)
          .refine(
            (marks) => new Set(marks.map(({ id }) => id.toLowerCase())).size === marks.length,
            '同一条记录发送了两次',
          ),
        finish: finish.nullable(),
      }),
    )
    .output(
      z.object({
        id: z.uuid(),
        receiptNumber: z.number(),
        receivedAt: patrolInstant,
        dayOn: day,
        rooms: z.number(),
        finished: z.boolean(),
      }),
    ),
  withdrawPatrol: oc.input(z.object({ id: z.uuid(), reason: text(200) })).output(z.object({ id: z.uuid() })),
  getPatrol: oc.input(z.object({ id: z.uuid() })).output(patrolDetail),
  listMyPatrols: oc.input(z.object(page).prefault({})).output(listed),
  listPatrolsOfSchool: oc
    .input(z.object({ ...page, schoolId: z.uuid(), from: day.optional(), to: day.optional() }))
    .output(listed),
};
