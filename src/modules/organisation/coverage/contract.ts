import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, done, grade, id, made, schoolName, stage, subject, version } from '../shapes/contract.ts';
import { honourLevels, nominationStates } from '../vocabulary/contract.ts';

const cell = z.object({
  grade,
  subject,
  people: z.array(z.object({ personId: id, name: z.string() })),
  /** Somebody is put forward and waits for an answer. */
  requested: z.boolean(),
});

/** Who of a subject group holds an honour the notice names: its backbone (notice 四(二)2). */
const backbone = z.object({
  subject,
  honoured: z.number().int(),
  members: z.number().int(),
  people: z.array(
    z.object({
      personId: id,
      name: z.string(),
      schoolName: z.string().nullable(),
      honours: z.array(z.object({ kind: z.string(), level: z.enum(honourLevels) })),
    }),
  ),
});
export type Backbone = z.infer<typeof backbone>;

const coverage = z.object({
  asOf: day,
  consortium: z.object({ id, name: z.string(), stage }),
  schools: z.array(
    schoolName.extend({
      role: z.enum(['base', 'member']),
      cells: z.array(cell),
      covered: z.number().int(),
      mayNominate: z.boolean(),
    }),
  ),
  cells: z.number().int(),
  covered: z.number().int(),
  /** One for each subject that is offered in the stage or has a group, in the order of subjects. */
  backbone: z.array(backbone),
});
export type Coverage = z.infer<typeof coverage>;

const nomination = z.object({
  id,
  consortiumName: z.string(),
  schoolName: z.string(),
  stage,
  grade,
  subject,
  personId: id,
  personName: z.string(),
  state: z.enum(nominationStates),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  reason: z.string().nullable(),
  version,
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type Nomination = z.infer<typeof nomination>;

export const nominationSearch = z.object({
  state: z.enum(nominationStates).optional(),
  cursor: id.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type NominationSearch = z.infer<typeof nominationSearch>;

const decision = z.object({ nominationId: id, version });

export const coverageContract = {
  listCoverage: oc.input(z.object({ on: day.optional() })).output(
    z.object({
      asOf: day,
      rows: z.array(
        z.object({
          id,
          name: z.string(),
          stage,
          schools: z.number().int(),
          cells: z.number().int(),
          covered: z.number().int(),
          /** The viewer works in this consortium. */
          mine: z.boolean(),
        }),
      ),
    }),
  ),
  getCoverage: oc.input(z.object({ consortiumId: id, on: day.optional() })).output(coverage),
  nominate: oc.input(z.object({ consortiumId: id, schoolId: id, grade, subject, personId: id })).output(made),
  listNominations: oc
    .input(nominationSearch)
    .output(
      z.object({ rows: z.array(nomination), nextCursor: z.string().nullable(), asOf: z.iso.datetime() }),
    ),
  acceptNomination: oc.input(decision).output(done),
  declineNomination: oc.input(decision.extend({ reason: z.string().trim().min(1).max(200) })).output(done),
  withdrawNomination: oc.input(decision).output(done),
};
