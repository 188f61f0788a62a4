import { oc } from '@orpc/contract';
import { z } from 'zod';
import { namedSchool, text } from '../shapes/contract.ts';

const room = z.object({
  classId: z.uuid(),
  building: text(20),
  floor: z.number().int().min(-3).max(30).nullable(),
  room: text(20),
});
export type Room = z.infer<typeof room>;

const corridorRoom = room.extend({ classLabel: z.string() });
export type CorridorRoom = z.infer<typeof corridorRoom>;

export const corridorContract = {
  /** Every class of the school in the order in which one walks past. */
  getCorridor: oc.input(z.object({ schoolId: z.uuid() })).output(
    z.object({
      school: namedSchool,
      /** 0 while the order is that of grades and class numbers. */
      version: z.number(),
      rooms: z.array(corridorRoom),
    }),
  ),
  arrangeCorridor: oc
    .input(
      z.object({
        schoolId: z.uuid(),
        version: z.number().int().min(0).max(2_147_483_646),
        rooms: z
          .array(room)
          .min(1)
          .max(300)
          .refine(
            (rooms) => new Set(rooms.map(({ classId }) => classId)).size === rooms.length,
            '同一个班在路线中出现了两次',
          ),
      }),
    )
    .output(z.object({ version: z.number() })),
};
