import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id } from '#modules/organisation/contract.ts';

const count = z.int().min(0);

const reuse = z.object({
  /** Schools, each once; never people, never uploads. */
  opened: count,
  adapted: count,
  taught: count,
  suggested: count,
  /** Schools, other than those of its authors, that adapted or taught it or sent a suggestion. */
  outside: count,
});
export type Reuse = z.infer<typeof reuse>;

export const reUseContract = {
  /** For those who write the item, answer for its field, or read everything. */
  getReuse: oc.input(z.object({ itemId: id })).output(reuse),
  /** Of the published items in the caller's fields: how many are used outside their authors' schools (四共享). */
  getReuseShare: oc.input(z.object({})).output(z.object({ items: count, outside: count })),
};
