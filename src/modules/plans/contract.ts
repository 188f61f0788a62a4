import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, posts } from '#modules/organisation/contract.ts';

const targetKeys = ['obs.principal.term'] as const;
export type TargetKey = (typeof targetKeys)[number];

interface TargetKind {
  readonly title: string;
  /** The unit of the count, as printed after the number. */
  readonly unit: string;
  readonly period: string;
  /** Where the notice asks for it. */
  readonly clause: string;
}
export const targetKinds: Readonly<Record<TargetKey, TargetKind>> = {
  'obs.principal.term': { title: '校长听课', unit: '节', period: '每学期', clause: '五(一)4' },
};

export const paces = ['ahead', 'on', 'behind', 'reached', 'not-begun'] as const;
/** How a count stands against what the passed teaching days would give. */
export type Pace = (typeof paces)[number];

const target = z.object({
  id: z.uuid(),
  key: z.enum(targetKeys),
  post: z.enum(posts).nullable(),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  schoolName: z.string().nullable(),
  /** Null: this person owes no number. */
  amount: z.number().int().nullable(),
  fromOn: day,
  /** The first day it no longer holds. */
  toOn: day.nullable(),
  clause: z.string(),
  note: z.string(),
  setByName: z.string().nullable(),
  setAt: z.iso.datetime(),
});
export type Target = z.infer<typeof target>;

const targetHolder = z.union([
  z.strictObject({ post: z.literal('principal') }),
  z.strictObject({ personId: z.uuid() }),
]);
export type TargetHolder = z.infer<typeof targetHolder>;

const amount = z.number().int('请填整数').min(1, '至少填 1').max(1000, '最多填 1000').nullable();

export const plansContract = {
  listTargets: oc
    .input(z.strictObject({}))
    .output(z.object({ rows: z.array(target), maySet: z.boolean(), asOf: z.iso.datetime() })),
  setTarget: oc
    .input(
      z.strictObject({
        key: z.enum(targetKeys),
        holder: targetHolder,
        amount,
        fromOn: day,
        clause: z.string().trim().min(1, '请写明依据的条款').max(60),
        note: z.string().trim().max(200),
        /** The target the page showed as holding on `fromOn`; null when it showed none. */
        replaces: z.uuid().nullable(),
      }),
    )
    .output(z.object({ id: z.uuid() })),
  /** Ends a person's own target, so that the post's holds again. */
  endTarget: oc.input(z.strictObject({ id: z.uuid(), toOn: day })).output(z.object({ id: z.uuid() })),
};
