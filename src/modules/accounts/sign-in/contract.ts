import { oc } from '@orpc/contract';
import { z } from 'zod';

export const signInContract = {
  signIn: oc
    .input(z.object({ identifier: z.string().trim().min(1).max(60), password: z.string().min(1).max(256) }))
    .output(z.object({ mustChangePassword: z.boolean() })),
};
