import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bodyKinds, duties, posts, stages } from '#modules/organisation/contract.ts';

export const heldPost = z.object({
  appointmentId: z.string(),
  post: z.enum(posts),
  bodyKind: z.enum(bodyKinds).nullable(),
  bodyName: z.string().nullable(),
  schoolId: z.string().nullable(),
  schoolName: z.string().nullable(),
  stage: z.enum(stages).nullable(),
  subject: z.string().nullable(),
  /** As shown to people, e.g. `某中学 校长`. */
  label: z.string(),
});
export type HeldPost = z.infer<typeof heldPost>;

export const mySession = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  address: z.string(),
  device: z.string(),
});
export type MySession = z.infer<typeof mySession>;

export const sessionContract = {
  whoAmI: oc.output(
    z.object({
      accountId: z.string(),
      personId: z.string().nullable(),
      name: z.string(),
      posts: z.array(heldPost),
      duties: z.array(z.enum(duties)),
      mustChangePassword: z.boolean(),
      demo: z.boolean(),
    }),
  ),
  signOut: oc.input(z.object({})).output(z.object({})),
  listMySessions: oc.output(z.object({ rows: z.array(mySession) })),
  endMySession: oc.input(z.object({ sessionId: z.uuid() })).output(z.object({})),
  endMyOtherSessions: oc.input(z.object({})).output(z.object({ ended: z.number() })),
};
