import type { organisationContract } from '#modules/organisation/contract.ts';
import { createModuleApi } from '#web/rpc.ts';
import type { evaluationContract } from '../../contract.ts';

export const evaluation = createModuleApi<typeof evaluationContract>('evaluation');
export const organisation = createModuleApi<typeof organisationContract>('organisation');
