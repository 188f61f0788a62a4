import { createModuleApi } from '#web/rpc.ts';
import type { organisationContract } from '../../contract.ts';

export const organisation = createModuleApi<typeof organisationContract>('organisation');
