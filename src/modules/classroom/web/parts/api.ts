import type { organisationContract } from '#modules/organisation/contract.ts';
import { createModuleApi } from '#web/rpc.ts';
import type { classroomContract } from '../../contract.ts';

export const classroom = createModuleApi<typeof classroomContract>('classroom');
export const organisation = createModuleApi<typeof organisationContract>('organisation');
