import { itemContract } from './item/contract.ts';
import { roundContract } from './round/contract.ts';

export * from './vocabulary/contract.ts';

export const libraryContract = {
  ...itemContract,
  ...roundContract,
};
