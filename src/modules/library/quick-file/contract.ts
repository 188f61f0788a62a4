import { oc } from '@orpc/contract';
import { z } from 'zod';
import { grade, id, stage, subject } from '#modules/organisation/contract.ts';
import { itemKind, title } from '../shapes/contract.ts';

const unit = z.object({ id, name: z.string() });

export const quickFileContract = {
  /** What is known before a person types anything: from where they come, what they teach, how far they are. */
  startingFile: oc
    .input(z.object({ subject: subject.optional(), grade: grade.optional(), unitId: id.optional() }))
    .output(
      z.object({
        /** Null where nothing says what the file is for. */
        place: z
          .object({
            stage,
            subject,
            grade,
            volumes: z.array(z.object({ id, name: z.string(), units: z.array(unit) })),
            /** The unit asked for, else the one taught last. */
            unitId: id.nullable(),
          })
          .nullable(),
        /** For whom: the school's name, null for the district; `none` where the person may write for neither. */
        owner: z.union([z.object({ schoolName: z.string().nullable() }), z.literal('none')]),
      }),
    ),
  /** Begins an item that holds a finished upload of the caller's own: the core group's, or their school's own. */
  addFile: oc
    .input(
      z.object({
        uploadId: id,
        title,
        kind: itemKind,
        subject,
        grade,
        /** Null: of no unit. */
        unitId: id.nullable(),
      }),
    )
    .output(z.object({ id })),
};
