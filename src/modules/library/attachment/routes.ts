import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import type { FileRoute } from '#platform/http/file-route.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { attachmentActions, type FindItemAccess } from './actions.ts';
import { attachmentContract } from './contract.ts';
import { mayUseAttachments } from './policy.ts';
import { readAttachedWord } from './text/actions.ts';

const os = implement(attachmentContract).$context<RequestContext<Actor>>();

/** The items give the answer to who may see and edit them. */
export const attachmentRoutes = (findAccess: FindItemAccess) => {
  const actions = attachmentActions(findAccess);
  return {
    listAttachments: os.listAttachments.handler(read(mayUseLibrary, actions.listAttachments)),
    attachFile: os.attachFile.handler(write(mayUseAttachments, actions.attachFile)),
    attachLink: os.attachLink.handler(write(mayUseAttachments, actions.attachLink)),
    changeAttachment: os.changeAttachment.handler(write(mayUseAttachments, actions.changeAttachment)),
    retryPages: os.retryPages.handler(write(mayUseAttachments, actions.retryPages)),
    removeAttachment: os.removeAttachment.handler(write(mayUseAttachments, actions.removeAttachment)),
  };
};

/** Files as they came, and what is shown of them: whoever may see the item has all of it. */
export const attachmentFiles = (
  findAccess: FindItemAccess,
  files: FileStore,
): readonly FileRoute<Actor>[] => {
  const { openAttachment, openPages, openFirstPage } = attachmentActions(findAccess);
  const path = '/files/library/attachments/:id';
  const permission = mayUseLibrary;
  return [
    { path, permission, action: openAttachment },
    { path: `${path}/pages`, permission, action: openPages },
    { path: `${path}/first-page`, permission, action: openFirstPage },
    {
      path: `${path}/text`,
      permission,
      action: async (context, input) => readAttachedWord(files, await openAttachment(context, input)),
    },
  ];
};
