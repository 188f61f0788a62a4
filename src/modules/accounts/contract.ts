import { sessionContract } from './session/contract.ts';
import { signInContract } from './sign-in/contract.ts';

export const accountsContract = { ...signInContract, ...sessionContract };
