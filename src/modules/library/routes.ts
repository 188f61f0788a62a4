import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import type { RequestContext } from '#platform/http/endpoint.ts';
import type { FileRoute, UploadRoute } from '#platform/http/file-route.ts';
import { findDraft } from './actions.ts';
import { adaptationRoutes } from './adaptation/routes.ts';
import { remarksOnDraft } from './co-editing/actions.ts';
import { coEditingRoutes } from './co-editing/routes.ts';
import { commentRoutes } from './comment/routes.ts';
import { competencyRoutes } from './competency/routes.ts';
import { consistencyRoutes } from './consistency/routes.ts';
import { libraryContract } from './contract.ts';
import { editionChoiceRoutes } from './edition-choice/routes.ts';
import { itemRoutes } from './item/routes.ts';
import { pacingRoutes } from './pacing/routes.ts';
import { reUseRoutes } from './re-use/routes.ts';
import { reflectionRoutes } from './reflection/routes.ts';
import { roundRoutes } from './round/routes.ts';
import { suggestionRoutes } from './suggestion/routes.ts';
import { textbookRoutes } from './textbook/routes.ts';
import { textbookFileRoutes, textbookImportRoutes, textbookUploadRoutes } from './textbook-import/routes.ts';
import { unitGridRoutes } from './unit-grid/routes.ts';

export const libraryRouter = implement(libraryContract)
  .$context<RequestContext<Actor>>()
  .router({
    ...textbookRoutes,
    ...editionChoiceRoutes,
    ...textbookImportRoutes,
    ...competencyRoutes,
    ...itemRoutes,
    ...roundRoutes,
    ...coEditingRoutes(findDraft),
    ...commentRoutes(remarksOnDraft(findDraft)),
    ...adaptationRoutes,
    ...reflectionRoutes,
    ...suggestionRoutes,
    ...unitGridRoutes,
    ...consistencyRoutes,
    ...pacingRoutes,
    ...reUseRoutes,
  });

export const libraryFiles: readonly FileRoute<Actor>[] = [...textbookFileRoutes];

export const libraryUploads: readonly UploadRoute<Actor>[] = [...textbookUploadRoutes];
