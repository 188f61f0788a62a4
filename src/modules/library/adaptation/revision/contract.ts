import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id, version } from '#modules/organisation/contract.ts';
import { section, sectionKey } from '../../content/contract.ts';
import { instant, versionNumber } from '../../shapes/contract.ts';
import { revisionCauses } from '../../vocabulary/contract.ts';

const revisionRow = z.object({
  number: z.int(),
  basedOn: z.int(),
  cause: z.enum(revisionCauses),
  madeByName: z.string(),
  madeAt: instant,
  /** What was its own then; the rest followed the version it was based on. */
  touched: z.array(z.object({ key: sectionKey, title: z.string() })),
});
export type RevisionRow = z.infer<typeof revisionRow>;

export const revisionContract = {
  /** 修改记录, newest first: read in its school. */
  listRevisions: oc
    .input(
      z.object({
        id,
        cursor: z.string().max(20).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(revisionRow), nextCursor: z.string().nullable(), asOf: instant })),
  getRevision: oc
    .input(z.object({ id, number: versionNumber }))
    .output(z.object({ number: z.int(), sections: z.array(section) })),
  /** One section reads again as it did in a former revision; what stood there until now stays in the history. */
  restoreSection: oc
    .input(z.object({ id, version, number: versionNumber, section: sectionKey }))
    .output(z.object({ id, version })),
};
