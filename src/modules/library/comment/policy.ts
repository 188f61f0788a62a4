import type { Actor } from '#modules/organisation/contract.ts';

/** What somebody may do with the remarks on a document; null is nothing, as if there were no document. */
export type CommentAccess = 'comment' | 'read' | null;

/** A remark has an author: an account that stands for no person reads only. */
export const mayRemark = (actor: Actor, access: CommentAccess): boolean =>
  access === 'comment' && actor.personId !== null;
