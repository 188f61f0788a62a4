import { z } from 'zod';
import { finish, stopMark, tile } from '../contract.ts';

/** A patrol as a phone keeps it until the server has all of it. */
export const keptPatrol = z.object({
  id: z.uuid(),
  schoolId: z.uuid(),
  schoolName: z.string(),
  dayOn: z.iso.date(),
  slot: z.number().int(),
  slotText: z.string(),
  offDayReason: z.string(),
  startedAt: z.string(),
  tiles: z.array(tile),
  /** One for each class: the newest. */
  marks: z.array(stopMark),
  /** Typed in place of the proposed line; null while that stands. */
  summary: z.string().nullable(),
  finish: finish.nullable(),
  /** What the server has acknowledged. */
  sent: z.object({ markIds: z.array(z.string()), finish: z.boolean() }),
  receipt: z.object({ number: z.number(), at: z.string() }).nullable(),
});
export type KeptPatrol = z.infer<typeof keptPatrol>;
