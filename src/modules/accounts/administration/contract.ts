import { oc } from '@orpc/contract';
import { z } from 'zod';
import { duties, posts } from '#modules/organisation/contract.ts';

export const accountStates = ['in-use', 'first-password', 'locked', 'disabled'] as const;
export type AccountState = (typeof accountStates)[number];

export const accountRow = z.object({
  id: z.string(),
  personId: z.string().nullable(),
  name: z.string(),
  loginName: z.string().nullable(),
  staffNumber: z.string().nullable(),
  /** Middle digits hidden. */
  phone: z.string().nullable(),
  schoolName: z.string().nullable(),
  state: z.enum(accountStates),
  disabledReason: z.string().nullable(),
  lockedUntil: z.string().nullable(),
  oneTimeExpiresAt: z.string().nullable(),
  lastSignedInAt: z.string().nullable(),
  duties: z.array(z.enum(duties)),
  version: z.number(),
});
export type AccountRow = z.infer<typeof accountRow>;

/** What is printed for one person; the password exists in clear only here. */
export const slip = z.object({
  accountId: z.string(),
  name: z.string(),
  schoolName: z.string().nullable(),
  signInBy: z.enum(['staff-number', 'phone', 'login-name']),
  signInAs: z.string(),
  oneTimePassword: z.string(),
  expiresAt: z.string(),
});
export type Slip = z.infer<typeof slip>;

/** Whom of the roster to make accounts for; everybody without one where nothing is named. */
export const rosterFilter = z.object({
  schoolId: z.uuid().nullable(),
  post: z.enum(posts).nullable(),
});
export type RosterFilter = z.infer<typeof rosterFilter>;

const versioned = z.object({ accountId: z.uuid(), version: z.number().int() });

export const loginNamePattern = /^[a-z][a-z0-9._-]{2,29}$/;

export const administrationContract = {
  listAccounts: oc
    .input(
      z.object({
        text: z.string().trim().max(50).default(''),
        schoolId: z.uuid().nullable().default(null),
        state: z.enum(accountStates).nullable().default(null),
        duty: z.enum(duties).nullable().default(null),
        cursor: z.string().max(300).nullable().default(null),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ rows: z.array(accountRow), nextCursor: z.string().nullable(), asOf: z.string() })),
  countRosterAccounts: oc.input(z.object({})).output(
    z.object({
      rows: z.array(
        z.object({
          /** Null: people without a home school. */
          schoolId: z.string().nullable(),
          schoolName: z.string(),
          people: z.number(),
          withAccount: z.number(),
        }),
      ),
      asOf: z.string(),
    }),
  ),
  listRosterWithoutAccount: oc
    .input(rosterFilter.extend({ limit: z.number().int().min(1).max(100).default(50) }))
    .output(
      z.object({
        rows: z.array(
          z.object({ personId: z.string(), name: z.string(), schoolName: z.string().nullable() }),
        ),
        total: z.number(),
      }),
    ),
  createAccounts: oc
    .input(rosterFilter.extend({ limit: z.number().int().min(1).max(500).default(200) }))
    .output(z.object({ slips: z.array(slip), remaining: z.number() })),
  /** For an administrator who is on no roster. */
  createSeparateAccount: oc
    .input(
      z.object({
        loginName: z.string().trim().toLowerCase().regex(loginNamePattern, {
          error: '登录名用小写字母开头，3 到 30 个字母、数字、点、横线。',
        }),
        displayName: z.string().trim().min(2).max(30),
      }),
    )
    .output(z.object({ slips: z.array(slip) })),
  resetPassword: oc.input(versioned).output(z.object({ slips: z.array(slip) })),
  disableAccount: oc
    .input(versioned.extend({ reason: z.string().trim().min(2).max(200) }))
    .output(z.object({})),
  enableAccount: oc.input(versioned).output(z.object({})),
};
