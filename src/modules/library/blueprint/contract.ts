import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id } from '#modules/organisation/contract.ts';
import { ofText } from '../consistency/contract.ts';

const cell = z.object({ items: z.int(), points: z.number() });

const blueprint = z.object({
  rows: z.array(
    z.object({
      /** Null of items that name no unit of the book. */
      unitId: id.nullable(),
      name: z.string(),
      /** In the order of the levels, the last of items without one. */
      cells: z.array(cell),
      total: cell,
    }),
  ),
  total: cell,
  fullMarks: z.number().nullable(),
  points: z.object({ easy: z.number(), medium: z.number(), hard: z.number(), unsaid: z.number() }),
  problems: z.array(z.string()),
});
export type BlueprintDetail = z.infer<typeof blueprint>;

/** 双向细目表 of a paper, reckoned from its own rows. */
export const blueprintContract = { getBlueprint: oc.input(z.object(ofText)).output(blueprint) };
