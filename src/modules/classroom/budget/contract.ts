import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, dayCursor, id, line, made } from '#modules/organisation/contract.ts';
import { instant, text } from '../shapes/contract.ts';
import { budgetPurposes } from './vocabulary/contract.ts';

const count = z.number().int().min(0);
/** Money is whole 分, never a fraction. */
const fen = z.number().int();
const schoolYear = z.number().int().min(2000).max(2100);
const named = z.object({ id, name: z.string() });

const entry = z.object({
  id,
  dayOn: day,
  purpose: z.enum(budgetPurposes),
  note: z.string(),
  amountFen: fen,
  enteredByName: z.string(),
  withdrawnReason: z.string().nullable(),
});
export type BudgetEntry = z.infer<typeof entry>;

export const budgetContract = {
  /** A school's year, or with no school named the sums of all in scope. */
  getBudget: oc.input(z.strictObject({ schoolId: id.optional(), schoolYear: schoolYear.optional() })).output(
    z.object({
      schoolYear,
      schoolYears: z.array(schoolYear),
      school: named.nullable(),
      /** Null: no amount is planned yet. */
      plannedFen: fen.nullable(),
      planVersion: count,
      spentFen: fen,
      purposes: z.array(z.object({ purpose: z.enum(budgetPurposes), spentFen: fen, entries: count })),
      /** In the district's usual order. */
      schools: z.array(
        z.object({ schoolId: id, schoolName: z.string(), plannedFen: fen.nullable(), spentFen: fen }),
      ),
      may: z.object({ edit: z.boolean() }),
      asOf: instant,
    }),
  ),
  /** Of a school one leads; the newest day first, withdrawn ones marked. */
  listBudgetEntries: oc
    .input(
      z.strictObject({
        schoolId: id,
        schoolYear,
        cursor: dayCursor.optional(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(entry), nextCursor: z.string().nullable(), asOf: instant })),
  setPlannedBudget: oc
    .input(
      z.strictObject({
        schoolId: id,
        schoolYear,
        version: z.int().min(0).max(10_000),
        plannedFen: fen.min(0).max(100_000_000_000),
        note: text(200),
      }),
    )
    .output(z.object({ version: count })),
  addBudgetEntry: oc
    .input(
      z.strictObject({
        id,
        schoolId: id,
        schoolYear,
        dayOn: day,
        purpose: z.enum(budgetPurposes),
        note: line(100),
        amountFen: fen.min(1).max(10_000_000_000),
      }),
    )
    .output(made),
  withdrawBudgetEntry: oc.input(z.strictObject({ id, reason: line(200) })).output(made),
};
