import { type InferContractRouterOutputs, oc } from '@orpc/contract';
import { z } from 'zod';
import { bodyKinds, duties, posts, stages, subjects } from '#modules/organisation/contract.ts';

const activeAppointment = z.object({
  id: z.string(),
  post: z.enum(posts),
  bodyId: z.string().nullable(),
  bodyKind: z.enum(bodyKinds).nullable(),
  parentBodyId: z.string().nullable(),
  schoolId: z.string().nullable(),
  stage: z.enum(stages).nullable(),
  subject: z.enum(subjects).nullable(),
  gradeFrom: z.number().nullable(),
  gradeTo: z.number().nullable(),
});

export const heldPost = z.object({
  appointmentId: z.string(),
  post: z.enum(posts),
  bodyKind: z.enum(bodyKinds).nullable(),
  bodyName: z.string().nullable(),
  schoolId: z.string().nullable(),
  schoolName: z.string().nullable(),
  stage: z.enum(stages).nullable(),
  subject: z.enum(subjects).nullable(),
  gradeFrom: z.number().nullable(),
  gradeTo: z.number().nullable(),
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

export type WhoIAm = InferContractRouterOutputs<typeof sessionContract>['whoAmI'];

export const sessionContract = {
  whoAmI: oc.input(z.object({})).output(
    z.object({
      accountId: z.string(),
      personId: z.string().nullable(),
      name: z.string(),
      /** Of a post, else what one teaches: where pages on subjects begin. */
      ownSubject: z.enum(subjects).nullable(),
      appointments: z.array(activeAppointment),
      duties: z.array(z.enum(duties)),
      mustChangePassword: z.boolean(),
      demo: z.boolean(),
      posts: z.array(heldPost),
      /** Every post and duty in words, for the head of the first screen. */
      postTexts: z.array(z.string()),
    }),
  ),
  signOut: oc.input(z.object({})).output(z.object({})),
  listMySessions: oc.input(z.object({})).output(z.object({ rows: z.array(mySession) })),
  endMySession: oc.input(z.object({ sessionId: z.uuid() })).output(z.object({})),
  endMyOtherSessions: oc.input(z.object({})).output(z.object({ ended: z.number() })),
};
