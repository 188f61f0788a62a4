import { type FindDraft, remarksOnDraft } from './co-editing/actions.ts';
import { coEditingRoutes } from './co-editing/routes.ts';
import { commentRoutes } from './comment/routes.ts';

export const libraryRouter = (findDraft: FindDraft) => ({
  ...coEditingRoutes(findDraft),
  ...commentRoutes(remarksOnDraft(findDraft)),
});
