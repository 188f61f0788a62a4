import { createModuleApi } from '#web/rpc.ts';
import type { circularsContract } from '../../contract.ts';

export const circulars = createModuleApi<typeof circularsContract>('circulars');
