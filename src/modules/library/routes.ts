import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import type { RequestContext } from '#platform/http/endpoint.ts';
import type { FileRoute, UploadRoute } from '#platform/http/file-route.ts';
import { findDraft } from './actions.ts';
import { revisionRoutes } from './adaptation/revision/routes.ts';
import { adaptationRoutes } from './adaptation/routes.ts';
import { attachmentFiles, attachmentRoutes } from './attachment/routes.ts';
import { blueprintRoutes } from './blueprint/routes.ts';
import { remarksOnDraft } from './co-editing/actions.ts';
import { coEditingRoutes } from './co-editing/routes.ts';
import { commentRoutes } from './comment/routes.ts';
import { competencyRoutes } from './competency/routes.ts';
import { consistencyRoutes } from './consistency/routes.ts';
import { libraryContract } from './contract.ts';
import { editionChoiceRoutes } from './edition-choice/routes.ts';
import { findItemAccess } from './item/actions.ts';
import { itemRoutes } from './item/routes.ts';
import { pacingRoutes } from './pacing/routes.ts';
import { packageFileRoutes, packageRoutes } from './package/routes.ts';
import { pickingRoutes } from './picking/routes.ts';
import { pictureFileRoutes, pictureRoutes } from './picture/routes.ts';
import { quickFileRoutes } from './quick-file/routes.ts';
import { reUseRoutes } from './re-use/routes.ts';
import { reflectionRoutes } from './reflection/routes.ts';
import { roundRoutes } from './round/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { suggestionRoutes } from './suggestion/routes.ts';
import { textbookRoutes } from './textbook/routes.ts';
import { textbookFileRoutes, textbookImportRoutes, textbookUploadRoutes } from './textbook-import/routes.ts';
import { themeCaseRoutes } from './theme-case/routes.ts';
import { toDoRoutes } from './to-do/routes.ts';
import { unitGridRoutes } from './unit-grid/routes.ts';
import { wordOutFiles } from './word-out/routes.ts';
import { wordSectionRoutes } from './word-section/routes.ts';
import { wordStartRoutes, wordStartUploads } from './word-start/routes.ts';

/** Packages are read from, and unpacked to, where uploaded files lie. */
export const libraryRouter = (files: FileStore) =>
  implement(libraryContract)
    .$context<RequestContext<Actor>>()
    .router({
      ...textbookRoutes,
      ...editionChoiceRoutes,
      ...textbookImportRoutes,
      ...competencyRoutes,
      ...itemRoutes,
      ...roundRoutes,
      ...attachmentRoutes(findItemAccess),
      ...pictureRoutes(findDraft),
      ...wordStartRoutes,
      ...wordSectionRoutes(findDraft),
      ...coEditingRoutes(findDraft),
      ...commentRoutes(remarksOnDraft(findDraft)),
      ...adaptationRoutes,
      ...revisionRoutes,
      ...reflectionRoutes,
      ...suggestionRoutes,
      ...toDoRoutes,
      ...themeCaseRoutes,
      ...searchRoutes,
      ...unitGridRoutes,
      ...consistencyRoutes,
      ...blueprintRoutes,
      ...pacingRoutes,
      ...pickingRoutes,
      ...reUseRoutes,
      ...quickFileRoutes,
      ...packageRoutes(findDraft, files),
    });

/** Downloads; what is printed reads its pictures from where uploaded files lie. */
export const libraryFiles = (files: FileStore): readonly FileRoute<Actor>[] => [
  ...textbookFileRoutes,
  ...attachmentFiles(findItemAccess, files),
  ...pictureFileRoutes(findDraft),
  ...wordOutFiles(findDraft, files),
  ...packageFileRoutes(findDraft, files),
];

export const libraryUploads = (files: FileStore): readonly UploadRoute<Actor>[] => [
  ...textbookUploadRoutes,
  ...wordStartUploads(files),
];
