import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id } from '#modules/organisation/contract.ts';
import { findingStates, passableSources } from '../vocabulary/contract.ts';

/** `partId`: of a patrol the class of the stop; of everything else null, it is the source itself. */
const part = { sourceId: id, partId: id.nullable() };

export const passOnContract = {
  /** Of these sources: what was passed on (within what the caller may see), and what the caller may still pass on. */
  listPassedOn: oc
    .input(z.object({ source: z.enum(passableSources), sourceIds: z.array(id).min(1).max(100) }))
    .output(
      z.object({
        rows: z.array(z.object({ ...part, findingId: id, state: z.enum(findingStates) })),
        open: z.array(z.object(part)),
      }),
    ),
  /** Once for each; a second time it leads to the first. */
  passOn: oc
    .input(z.object({ source: z.enum(passableSources), sourceId: id, partId: id.nullable().default(null) }))
    .output(z.object({ findingId: id, state: z.enum(findingStates) })),
};
