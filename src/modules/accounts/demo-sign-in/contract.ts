import { oc } from '@orpc/contract';
import { z } from 'zod';

/** In the order in which the sign-in page of the demonstration offers them. */
export const demoRoles = [
  'principal',
  'teacher',
  'subject-lead',
  'vice-principal',
  'research-officer',
  'core-lead',
  'core-member',
  'core-reviewer',
  'consortium-head',
  'leading-group',
  'system',
  'security',
  'audit',
] as const;
export type DemoRole = (typeof demoRoles)[number];

export const demoAccount = z.object({
  role: z.enum(demoRoles),
  label: z.string(),
  name: z.string(),
  /** The school or body, empty for administrators. */
  place: z.string(),
});
export type DemoAccount = z.infer<typeof demoAccount>;

/** Part of the router in the demonstration only. */
export const demoSignInContract = {
  listDemoAccounts: oc.input(z.object({})).output(z.object({ rows: z.array(demoAccount) })),
  signInAsDemo: oc
    .input(z.object({ role: z.enum(demoRoles) }))
    .output(z.object({ mustChangePassword: z.boolean() })),
};
