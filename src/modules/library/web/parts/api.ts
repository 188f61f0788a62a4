import { createModuleApi } from '#web/rpc.ts';
import type { libraryContract } from '../../contract.ts';

export const library = createModuleApi<typeof libraryContract>('library');
