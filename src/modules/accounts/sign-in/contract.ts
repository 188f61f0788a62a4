import { oc } from '@orpc/contract';
import { z } from 'zod';

export const signInContract = {
  /** What the sign-in page has to offer besides a password. */
  readSignInOptions: oc.input(z.object({})).output(z.object({ demo: z.boolean() })),
  signIn: oc
    .input(z.object({ identifier: z.string().trim().min(1).max(60), password: z.string().min(1).max(256) }))
    .output(z.object({ mustChangePassword: z.boolean() })),
};
