import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id } from '#modules/organisation/contract.ts';

export const pictureContract = {
  /** Takes up a finished upload of the caller's own as a picture of a draft; gives the hash under which it is read. */
  addPicture: oc
    .input(z.object({ documentId: id, uploadId: id }))
    .output(z.object({ file: z.string().regex(/^[0-9a-f]{64}$/) })),
};
