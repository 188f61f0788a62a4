import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import type { commentContract } from './contract.ts';
import { type CommentAccess, mayRemark } from './policy.ts';
import { remarkRefusal } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof commentContract>;
type Outputs = InferContractRouterOutputs<typeof commentContract>;

/** Whoever owns the documents says what somebody may do with the remarks on one. */
export type AccessToDocument = (db: Queryable, documentId: string, actor: Actor) => Promise<CommentAccess>;

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `library.comment-${what}`,
    objectKind: 'comment',
    objectId: id,
    after,
  });

/** The person who remarks on a document; throws for one who may not. */
const remarking = async (
  { db, actor }: Context,
  accessTo: AccessToDocument,
  documentId: string,
): Promise<string> => {
  const access = await accessTo(db, documentId, actor);
  if (access === null) throw notFound();
  if (access === 'ended')
    throw conflict('这份设计已经编写结束，批注只能查看。有新的意见，请在下一版里批注。');
  if (!mayRemark(actor, access) || actor.personId === null)
    throw forbidden('您可以看这份设计，但不能批注。如需参与，请联系主备人。');
  return actor.personId;
};

/** Adds a remark or an answer, while there is room. */
const add = async ({ db }: Context, comment: Parameters<typeof store.insertComment>[1]): Promise<string> => {
  const refusal = remarkRefusal(await store.countRemarks(db, comment), comment.parentId !== null);
  if (refusal !== null) throw invalid(refusal);
  return store.insertComment(db, comment);
};

export const commentActions = (accessTo: AccessToDocument) => {
  /** The remark and who handles it; outside one's documents there is none. */
  const open = async (context: Context, id: string) => {
    const comment = await store.findComment(context.db, id);
    if (comment === undefined) throw notFound();
    return { ...comment, personId: await remarking(context, accessTo, comment.documentId) };
  };

  return {
    listComments: async (
      { db, actor, now }: Context,
      { documentId }: Inputs['listComments'],
    ): Promise<Outputs['listComments']> => {
      const access = await accessTo(db, documentId, actor);
      if (access === null) throw notFound();
      return {
        rows: await store.listComments(db, documentId),
        mayComment: mayRemark(actor, access),
        asOf: now.toISOString(),
      };
    },

    addComment: async (context: Context, input: Inputs['addComment']): Promise<Outputs['addComment']> => {
      const authorId = await remarking(context, accessTo, input.documentId);
      const { documentId, sectionKey, cell = null } = input;
      const id = await add(context, { ...input, cell, parentId: null, authorId });
      await audit(context, 'added', id, { documentId, sectionKey });
      return { id };
    },

    replyToComment: async (
      context: Context,
      { id, text }: Inputs['replyToComment'],
    ): Promise<Outputs['replyToComment']> => {
      const { documentId, sectionKey, personId } = await open(context, id);
      const replyId = await add(context, {
        documentId,
        sectionKey,
        parentId: id,
        anchor: null,
        cell: null,
        quote: '',
        text,
        authorId: personId,
      });
      await audit(context, 'replied', id, { replyId });
      return { id: replyId };
    },

    resolveComment: async (
      context: Context,
      { id }: Inputs['resolveComment'],
    ): Promise<Outputs['resolveComment']> => {
      const { resolvedAt, personId } = await open(context, id);
      if (resolvedAt !== null) throw conflict('这条批注已经有人标为已解决。');
      await store.markResolved(context.db, id, personId);
      await audit(context, 'resolved', id, {});
      return { id };
    },

    reopenComment: async (
      context: Context,
      { id }: Inputs['reopenComment'],
    ): Promise<Outputs['reopenComment']> => {
      const { resolvedAt } = await open(context, id);
      if (resolvedAt === null) throw conflict('这条批注还没有解决，不用重新打开。');
      await store.markResolved(context.db, id, null);
      await audit(context, 'reopened', id, { wasResolvedAt: resolvedAt });
      return { id };
    },
  };
};
