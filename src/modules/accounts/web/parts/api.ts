import { createModuleApi } from '#web/rpc.ts';
import type { accountsContract } from '../../contract.ts';
import type { demoSignInContract } from '../../demo-sign-in/contract.ts';

export const accounts = createModuleApi<typeof accountsContract>('accounts');
export const demoSignIn = createModuleApi<typeof demoSignInContract>('demoSignIn');
