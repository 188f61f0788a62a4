import { oc } from '@orpc/contract';
import { z } from 'zod';

export const passwordContract = {
  readPasswordRules: oc.input(z.object({})).output(
    z.object({
      minimumLength: z.number(),
      kindsRequired: z.number(),
      maximumAgeDays: z.number().nullable(),
    }),
  ),
  changePassword: oc
    .input(
      z.object({
        /** Not asked from someone who has just come in with a one-time password. */
        current: z.string().max(256).nullable(),
        next: z.string().min(1).max(256),
      }),
    )
    .output(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('changed') }),
        z.object({ outcome: z.literal('refused'), message: z.string() }),
      ]),
    ),
};
