import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import type { FileRoute } from '#platform/http/file-route.ts';
import { attachmentActions, type FindItemAccess } from './actions.ts';
import { attachmentContract } from './contract.ts';
import { mayUseAttachments } from './policy.ts';

const os = implement(attachmentContract).$context<RequestContext<Actor>>();

/** The items give the answer to who may see and edit them. */
export const attachmentRoutes = (findAccess: FindItemAccess) => {
  const actions = attachmentActions(findAccess);
  return {
    listAttachments: os.listAttachments.handler(read(mayUseAttachments, actions.listAttachments)),
    attachFile: os.attachFile.handler(write(mayUseAttachments, actions.attachFile)),
    attachLink: os.attachLink.handler(write(mayUseAttachments, actions.attachLink)),
    changeAttachment: os.changeAttachment.handler(write(mayUseAttachments, actions.changeAttachment)),
    removeAttachment: os.removeAttachment.handler(write(mayUseAttachments, actions.removeAttachment)),
  };
};

export const attachmentFiles = (findAccess: FindItemAccess): readonly FileRoute<Actor>[] => [
  {
    path: '/files/library/attachments/:id',
    permission: mayUseAttachments,
    action: attachmentActions(findAccess).openAttachment,
  },
];
