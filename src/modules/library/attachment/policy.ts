import type { Actor } from '#modules/organisation/contract.ts';

/** What somebody may do with an item; null: for them it does not exist. */
export type ItemAccess = 'see' | 'edit' | null;

/** Which items these are is decided for each item. */
export const mayUseAttachments = ({ personId }: Actor): boolean => personId !== null;

export const maySeeAttachments = (access: ItemAccess): boolean => access !== null;
export const mayChangeAttachments = (access: ItemAccess): boolean => access === 'edit';
