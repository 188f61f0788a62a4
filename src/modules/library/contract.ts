import { coEditingContract } from './co-editing/contract.ts';
import { commentContract } from './comment/contract.ts';

export const libraryContract = { ...coEditingContract, ...commentContract };
