import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, write } from '#platform/http/endpoint.ts';
import type { FileRoute } from '#platform/http/file-route.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import { pictureActions } from './actions.ts';
import { pictureContract } from './contract.ts';

const os = implement(pictureContract).$context<RequestContext<Actor>>();

/** Whoever owns the drafts answers who may read and write in one. */
export const pictureRoutes = (findDraft: FindDraft) => ({
  addPicture: os.addPicture.handler(write('signed-in', pictureActions(findDraft).addPicture)),
});

export const pictureFileRoutes = (findDraft: FindDraft): readonly FileRoute<Actor>[] => [
  {
    path: '/files/library/picture/:sha256',
    permission: 'signed-in',
    action: pictureActions(findDraft).openPicture,
  },
];
