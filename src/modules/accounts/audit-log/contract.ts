import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day } from '#modules/organisation/contract.ts';

export const auditRow = z.object({
  id: z.string(),
  at: z.string(),
  actorName: z.string(),
  personId: z.string().nullable(),
  address: z.string(),
  action: z.string(),
  objectKind: z.string(),
  objectId: z.string().nullable(),
  outcome: z.enum(['done', 'refused']),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditRow = z.infer<typeof auditRow>;

export const auditFilter = z.object({
  /** A part of the name of who acted. */
  actor: z.string().trim().max(50).default(''),
  /** A module (`accounts`) or one action (`accounts.signed-in`). */
  action: z
    .string()
    .trim()
    .max(80)
    .regex(/^[a-z.-]*$/)
    .default(''),
  objectKind: z.string().trim().max(50).default(''),
  objectId: z.string().trim().max(80).default(''),
  fromOn: day.nullable().default(null),
  /** Inclusive. */
  toOn: day.nullable().default(null),
  outcome: z.enum(['done', 'refused']).nullable().default(null),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditLogContract = {
  listAuditEntries: oc
    .input(
      auditFilter.extend({
        cursor: z.uuid().nullable().default(null),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(
      z.object({
        rows: z.array(auditRow),
        nextCursor: z.string().nullable(),
        asOf: z.string(),
        /** How long entries are kept at least, as set by the security administrator. */
        keptMonths: z.number(),
      }),
    ),
};
