import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, done, grade, subject } from '../shapes/contract.ts';

export const curriculumContract = {
  getOffer: oc.input(z.object({ on: day.optional() })).output(
    z.object({
      asOf: day,
      rows: z.array(z.object({ grade, subject })),
      may: z.object({ edit: z.boolean() }),
    }),
  ),
  setOffer: oc.input(z.object({ grade, subject, offered: z.boolean(), from: day })).output(done),
};
