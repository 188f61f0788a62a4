import type { Actor } from '#modules/organisation/contract.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import type { FileRoute } from '#platform/http/file-route.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { printingActions } from './printing/actions.ts';

/** Each as `<id>.docx` and `<id>.pdf`; papers with `?answers=no` as pupils get them. */
export const wordOutFiles = (findDraft: FindDraft, files: FileStore): readonly FileRoute<Actor>[] => {
  const { printItem, printRound, printAdaptation } = printingActions(findDraft, files);
  return [
    { path: '/files/library/items/:file', permission: mayUseLibrary, action: printItem },
    { path: '/files/library/rounds/:file', permission: mayUseLibrary, action: printRound },
    { path: '/files/library/adaptations/:file', permission: mayUseLibrary, action: printAdaptation },
  ];
};
