import type { FileRoute } from '#platform/http/file-route.ts';
import type { Actor } from '../vocabulary/contract.ts';
import { printAppendix } from './actions.ts';

export const appendixFileRoutes: readonly FileRoute<Actor>[] = [
  { path: '/files/organisation/appendix/:number', permission: 'signed-in', action: printAppendix },
];
