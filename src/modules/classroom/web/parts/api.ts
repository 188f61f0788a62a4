import { createModuleApi } from '#web/rpc.ts';
import type { classroomContract } from '../../contract.ts';

export const classroom = createModuleApi<typeof classroomContract>('classroom');
