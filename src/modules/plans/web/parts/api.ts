import type { organisationContract } from '#modules/organisation/contract.ts';
import { createModuleApi } from '#web/rpc.ts';
import type { plansContract } from '../../contract.ts';

export const plans = createModuleApi<typeof plansContract>('plans');
export const organisation = createModuleApi<typeof organisationContract>('organisation');
