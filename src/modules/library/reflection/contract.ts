import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, id } from '#modules/organisation/contract.ts';
import { instant, personName, text } from '../shapes/contract.ts';
import { reflectionAspects } from '../vocabulary/contract.ts';

const words = {
  taughtOn: day,
  /** As people call the class, e.g. `三(2)班`. */
  classLabel: text(30),
  worked: text(1000),
  change: text(1000),
  aspects: z.partialRecord(z.enum(reflectionAspects), text(1000)),
};
const reflection = z.object({ id, by: personName, ...words, madeAt: instant, mine: z.boolean() });

export const reflectionContract = {
  /** `id` is made by the page: sent twice, it is kept once. */
  reflect: oc.input(z.object({ id, adaptationId: id, ...words })).output(z.object({ id })),
  withdrawReflection: oc.input(z.object({ id })).output(z.object({ id })),
  /** Latest lesson first. */
  listReflections: oc.input(z.object({ adaptationId: id })).output(z.object({ rows: z.array(reflection) })),
};
