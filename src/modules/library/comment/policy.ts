import type { Actor } from '#modules/organisation/contract.ts';

/**
 * What somebody may do with the remarks on a document: `ended` is to read those on what changes no more; null is
 * nothing, as if there were no document.
 */
export type CommentAccess = 'comment' | 'read' | 'ended' | null;

/** A remark has an author: an account that stands for no person reads only. */
export const mayRemark = (actor: Actor, access: CommentAccess): boolean =>
  access === 'comment' && actor.personId !== null;
