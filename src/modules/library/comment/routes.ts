import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { type AccessToDocument, commentActions } from './actions.ts';
import { commentContract } from './contract.ts';

const os = implement(commentContract).$context<RequestContext<Actor>>();

/** Remarks on documents of whoever says who may; the right depends on the document and is asked in the action. */
export const commentRoutes = (accessTo: AccessToDocument) => {
  const actions = commentActions(accessTo);
  return {
    listComments: os.listComments.handler(read('signed-in', actions.listComments)),
    addComment: os.addComment.handler(write('signed-in', actions.addComment)),
    replyToComment: os.replyToComment.handler(write('signed-in', actions.replyToComment)),
    resolveComment: os.resolveComment.handler(write('signed-in', actions.resolveComment)),
    reopenComment: os.reopenComment.handler(write('signed-in', actions.reopenComment)),
  };
};
