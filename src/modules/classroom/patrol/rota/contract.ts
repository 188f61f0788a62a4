import { oc } from '@orpc/contract';
import { z } from 'zod';
import { namedSchool } from '../shapes/contract.ts';
import { halfDays } from '../vocabulary/contract.ts';

const weekday = z.number().int().min(1).max(7);

const turn = z.object({
  id: z.uuid(),
  weekday,
  halfDay: z.enum(halfDays),
  personId: z.uuid(),
  personName: z.string(),
});
export type Turn = z.infer<typeof turn>;

export const rotaContract = {
  getPatrolRota: oc.input(z.object({ schoolId: z.uuid() })).output(
    z.object({
      school: namedSchool,
      turns: z.array(turn),
      /** Who can be put on it: the school's people. */
      people: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
  ),
  putOnRota: oc
    .input(z.object({ schoolId: z.uuid(), personId: z.uuid(), weekday, halfDay: z.enum(halfDays) }))
    .output(z.object({ id: z.uuid() })),
  takeOffRota: oc.input(z.object({ schoolId: z.uuid(), id: z.uuid() })).output(z.object({})),
};
