import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, grade, id, line, made, subject, version } from '#modules/organisation/contract.ts';
import { instant, slot, text } from '../shapes/contract.ts';
import { experimentModes, mostSlotsBooked, purposes, roomKinds } from './vocabulary/contract.ts';

const count = z.number().int().min(0);
const named = z.object({ id, name: z.string() });

const room = z.object({
  id,
  kind: z.enum(roomKinds),
  name: z.string(),
  version,
  /** Of a library; null where nobody has said. */
  openingMinutes: count.nullable(),
});
export type Room = z.infer<typeof room>;

const roomUse = z.object({
  id,
  schoolId: id,
  schoolName: z.string(),
  roomId: id,
  roomName: z.string(),
  roomKind: z.enum(roomKinds),
  dayOn: day,
  slotFrom: slot,
  slotTo: slot,
  grade: grade.nullable(),
  /** Null to the district, as is the teacher's name. */
  classLabel: z.string().nullable(),
  bookedByName: z.string().nullable(),
  purpose: z.enum(purposes),
  experimentName: z.string(),
  experimentMode: z.enum(experimentModes).nullable(),
  /** Null: not said yet. */
  held: z.boolean().nullable(),
  outcomeVersion: count,
  outcomeNote: z.string(),
  cancelledReason: z.string().nullable(),
  may: z.object({ cancel: z.boolean(), markHeld: z.boolean() }),
});
export type RoomUse = z.infer<typeof roomUse>;

const booking = z
  .strictObject({
    id,
    roomId: id,
    dayOn: day,
    slotFrom: slot,
    slotTo: slot,
    classId: id.nullable(),
    purpose: z.enum(purposes),
    /** One of the required list; null for another one, which is named. */
    experimentId: id.nullable(),
    experimentName: text(60),
    experimentMode: z.enum(experimentModes).nullable(),
  })
  .refine(({ slotFrom, slotTo }) => slotTo >= slotFrom && slotTo - slotFrom < mostSlotsBooked, {
    path: ['slotTo'],
    message: `一次最多预约连续 ${mostSlotsBooked} 节`,
  });
export type Booking = z.infer<typeof booking>;

export const roomUseContract = {
  /** A day at a school: rooms, bell, what is booked, and what the form offers. */
  openRoomDay: oc.input(z.strictObject({ schoolId: id.optional(), dayOn: day.optional() })).output(
    z.object({
      today: day,
      dayOn: day,
      school: named.nullable(),
      schools: z.array(named),
      rooms: z.array(room),
      slots: z.array(z.object({ slot, startsAt: z.string(), endsAt: z.string() })),
      uses: z.array(roomUse),
      classes: z.array(z.object({ id, label: z.string(), grade })),
      experiments: z.array(z.object({ id, subject, grade, name: z.string(), mode: z.enum(experimentModes) })),
      may: z.object({ book: z.boolean(), keep: z.boolean() }),
    }),
  ),
  bookRoom: oc.input(booking).output(made),
  cancelBooking: oc.input(z.strictObject({ id, reason: line(200) })).output(made),
  /** Held or not; `version` is that of what was said before, 0 for the first. */
  markExperiment: oc
    .input(z.strictObject({ id, version: z.int().min(0).max(10_000), held: z.boolean(), note: text(200) }))
    .output(z.object({ version: count })),
  addRoom: oc.input(z.strictObject({ schoolId: id, kind: z.enum(roomKinds), name: line(40) })).output(made),
  editRoom: oc
    .input(z.strictObject({ id, version, kind: z.enum(roomKinds), name: line(40) }))
    .output(z.object({ version })),
  closeRoom: oc.input(z.strictObject({ id, version })).output(z.object({ version })),
  setLibraryOpening: oc
    .input(z.strictObject({ id, fromOn: day, minutesPerWeek: z.int().min(0).max(10_080) }))
    .output(made),
  listRoomUses: oc
    .input(
      z.strictObject({
        schoolId: id.optional(),
        roomId: id.optional(),
        kind: z.enum(roomKinds).optional(),
        purpose: z.enum(purposes).optional(),
        from: day.optional(),
        to: day.optional(),
        held: z.boolean().optional(),
        /** Of the required list only, and of it those of a subject and grade. */
        required: z.boolean().optional(),
        requiredSubject: subject.optional(),
        requiredGrade: grade.optional(),
        /** Only what was cancelled; else only what was not. */
        cancelled: z.boolean().default(false),
        cursor: dayCursor.optional(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .output(
      z.object({ rows: z.array(roomUse), total: count, nextCursor: z.string().nullable(), asOf: instant }),
    ),
  roomTerm: oc.input(z.strictObject({ termId: id.optional(), schoolId: id.optional() })).output(
    z.object({
      term: z.object({ id, name: z.string(), from: day, to: day }),
      school: named.nullable(),
      /** Bookings up to today that were not cancelled. */
      total: count,
      weeks: z.array(z.object({ week: count, from: day, to: day, uses: count })),
      kinds: z.array(z.object({ kind: z.enum(roomKinds), rooms: count, uses: count })),
      /** Of the one school. */
      rooms: z.array(
        z.object({
          roomId: id,
          name: z.string(),
          kind: z.enum(roomKinds),
          uses: count,
          perWeek: z.number(),
          openingMinutes: count.nullable(),
        }),
      ),
      /** In the district's usual order. */
      schools: z.array(z.object({ schoolId: id, schoolName: z.string(), rooms: count, uses: count })),
      library: z.object({ hoursWanted: z.number(), clause: z.string() }),
      /** Of the school year, subject by subject and grade by grade; of the one school. */
      experiments: z.array(
        z.object({ subject, grade, required: count, held: count, rate: z.number().nullable() }),
      ),
      experimentYear: z.object({ from: day, to: day }),
      asOf: instant,
    }),
  ),
};
