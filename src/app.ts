import type { FastifyInstance } from 'fastify';
import { demoSignInRouter } from '#modules/accounts/demo-sign-in/routes.ts';
import { accountsRouter } from '#modules/accounts/routes.ts';
import { authenticate } from '#modules/accounts/session/actions.ts';
import { circularsFiles, circularsRouter } from '#modules/circulars/routes.ts';
import { classroomRouter } from '#modules/classroom/routes.ts';
import { evaluationRouter } from '#modules/evaluation/routes.ts';
import { findDraft } from '#modules/library/actions.ts';
import { coEditingOfDrafts, type FindDraft } from '#modules/library/co-editing/actions.ts';
import { libraryFiles, libraryRouter, libraryUploads } from '#modules/library/routes.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import {
  organisationFileRoutes,
  organisationRouter,
  organisationUploadRoutes,
} from '#modules/organisation/routes.ts';
import { plansRouter } from '#modules/plans/routes.ts';
import type { Database } from '#platform/database/database.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import type { FileRoute } from '#platform/http/file-route.ts';
import { createServer } from '#platform/http/server.ts';
import type { Settings } from '#platform/settings.ts';

/** Every module's endpoints, under `/rpc/<module>/<endpoint>`. */
export const createRouter = (options: { demo: boolean; files: FileStore }) => ({
  organisation: organisationRouter,
  accounts: accountsRouter(options),
  plans: plansRouter,
  library: libraryRouter(options.files),
  classroom: classroomRouter,
  evaluation: evaluationRouter,
  circulars: circularsRouter,
  // Signing in without a password: there is no such endpoint outside the demonstration.
  ...(options.demo ? { demoSignIn: demoSignInRouter } : {}),
});

/** Every module's downloads. */
const fileRoutes = (files: FileStore): readonly FileRoute<Actor>[] => [
  ...organisationFileRoutes,
  ...libraryFiles(files),
  ...circularsFiles,
];

export interface AppOptions {
  readonly db: Database;
  readonly settings: Settings;
  readonly files: FileStore;
  readonly webDirectory: string | null;
  readonly now?: () => Date;
  /** Who may write in which document; the library's own unless a bench brings other documents. */
  readonly draftOf?: FindDraft;
}

export const createApp = ({
  db,
  settings,
  files,
  webDirectory,
  now,
  draftOf = findDraft,
}: AppOptions): Promise<FastifyInstance> =>
  createServer<Actor>({
    db,
    router: createRouter({ demo: settings.demo, files }),
    fileRoutes: fileRoutes(files),
    uploadRoutes: [...organisationUploadRoutes, ...libraryUploads(files)],
    files,
    mayUpload: 'signed-in',
    authenticate: authenticate(db),
    coEditing: coEditingOfDrafts(db, draftOf),
    webDirectory,
    secure: settings.publicUrl?.startsWith('https:') ?? false,
    trustedProxies: settings.trustedProxies,
    now: now ?? (() => new Date()),
  });
