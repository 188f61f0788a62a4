import { oc } from '@orpc/contract';
import { z } from 'zod';
import { duties } from '#modules/organisation/contract.ts';

/** Bounds are what an assessor of 等保 level 2 accepts; within them the district decides (domain.md 4.6). */
export const securityRules = z.object({
  minimumLength: z.number().int().min(8).max(64),
  /** Of the four: capital letters, small letters, digits, other characters. */
  kindsRequired: z.number().int().min(3).max(4),
  /** `null`: a password stays until its owner changes it. */
  maximumAgeDays: z.number().int().min(30).max(365).nullable(),
  failuresBeforeLock: z.number().int().min(3).max(10),
  lockMinutes: z.number().int().min(10).max(120),
  /** Failed attempts one network address has in hand before it is slowed to twenty a minute. */
  addressBurst: z.number().int().min(20).max(1000),
  administratorIdleMinutes: z.number().int().min(5).max(30),
  administratorSessionHours: z.number().int().min(1).max(12),
  idleMinutes: z.number().int().min(10).max(1440),
  sessionHours: z.number().int().min(1).max(720),
  oneTimeDays: z.number().int().min(1).max(60),
  auditMonths: z.number().int().min(6).max(120),
  hashMemoryKib: z.number().int().min(19_456).max(262_144),
  hashPasses: z.number().int().min(2).max(10),
});
export type SecurityRules = z.infer<typeof securityRules>;

export const defaultSecurityRules: SecurityRules = {
  minimumLength: 8,
  kindsRequired: 3,
  maximumAgeDays: null,
  failuresBeforeLock: 5,
  lockMinutes: 15,
  addressBurst: 60,
  administratorIdleMinutes: 30,
  administratorSessionHours: 12,
  idleMinutes: 720,
  sessionHours: 168,
  oneTimeDays: 14,
  auditMonths: 6,
  hashMemoryKib: 19_456,
  hashPasses: 3,
};

const accountId = z.object({ accountId: z.uuid() });

export const securityContract = {
  readSecurityRules: oc.input(z.object({})).output(
    z.object({
      rules: securityRules,
      /** The day the rules stand from; null while nobody has set any. */
      fromOn: z.string().nullable(),
      version: z.string(),
    }),
  ),
  changeSecurityRules: oc
    .input(z.object({ rules: securityRules, version: z.string().max(100) }))
    .output(z.object({})),
  unlockAccount: oc.input(accountId).output(z.object({})),
  listSessionsOf: oc.input(accountId).output(
    z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          createdAt: z.string(),
          lastSeenAt: z.string(),
          expiresAt: z.string(),
          address: z.string(),
          device: z.string(),
        }),
      ),
    }),
  ),
  endSessionsOf: oc
    .input(accountId.extend({ sessionId: z.uuid().nullable() }))
    .output(z.object({ ended: z.number() })),
  grantDuty: oc.input(accountId.extend({ duty: z.enum(duties) })).output(
    z.object({
      /** Duties that ended by it: the first administrator gives `security` away to the first other holder. */
      ended: z.array(z.object({ accountId: z.string(), duty: z.enum(duties) })),
    }),
  ),
  endDuty: oc.input(accountId.extend({ duty: z.enum(duties) })).output(z.object({})),
};
