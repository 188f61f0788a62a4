import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id } from '#modules/organisation/contract.ts';
import { body, sectionKey } from '../content/contract.ts';

export const wordSectionContract = {
  /**
   * What sections of a Word file of the caller's own put into one of a draft. Its pictures stand in the draft from now
   * on; the text itself is written where it is typed, so that it can be undone there.
   */
  takeWordSection: oc
    .input(
      z.object({
        documentId: id,
        importId: id,
        section: z.object({ key: sectionKey, title: z.string().max(60), form: z.enum(['text', 'rows']) }),
        chosen: z.array(sectionKey).min(1).max(60),
      }),
    )
    .output(z.object({ body })),
};
