import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { preparedWrite, type RequestContext, read } from '#platform/http/endpoint.ts';
import type { FileRoute } from '#platform/http/file-route.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import { mayUseLibrary } from '../item/policy.ts';
import { describePackage, packageActions, packageTargets } from './actions.ts';
import { packageContract } from './contract.ts';
import { mayBringPackages } from './policy.ts';

const os = implement(packageContract).$context<RequestContext<Actor>>();

export const packageRoutes = (findDraft: FindDraft, files: FileStore) => {
  const { previewPackage, applyPackage } = packageActions(findDraft, files);
  return {
    describePackage: os.describePackage.handler(read(mayUseLibrary, describePackage)),
    packageTargets: os.packageTargets.handler(read(mayBringPackages, packageTargets)),
    previewPackage: os.previewPackage.handler(read(mayBringPackages, previewPackage)),
    applyPackage: os.applyPackage.handler(preparedWrite(mayBringPackages, applyPackage)),
  };
};

/** What a selection holds, as one .zip, with `?adaptations=yes` also what the own schools made of it. */
export const packageFileRoutes = (findDraft: FindDraft, files: FileStore): readonly FileRoute<Actor>[] => [
  {
    path: '/files/library/package.zip',
    permission: mayUseLibrary,
    action: packageActions(findDraft, files).downloadPackage,
  },
];
