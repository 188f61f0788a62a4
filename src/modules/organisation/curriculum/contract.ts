import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, done, grade, rowsVersion, subject } from '../shapes/contract.ts';

export const curriculumContract = {
  getOffer: oc.input(z.object({ on: day.optional() })).output(
    z.object({
      asOf: day,
      rows: z.array(z.object({ grade, subject })),
      /** Of the whole table, past and planned. */
      version: rowsVersion,
      may: z.object({ edit: z.boolean() }),
    }),
  ),
  setOffer: oc
    .input(z.object({ grade, subject, offered: z.boolean(), from: day, version: rowsVersion }))
    .output(done),
};
