import { adaptationContract } from './adaptation/contract.ts';
import { itemContract } from './item/contract.ts';
import { reflectionContract } from './reflection/contract.ts';
import { roundContract } from './round/contract.ts';
import { suggestionContract } from './suggestion/contract.ts';

export * from './vocabulary/contract.ts';

export const libraryContract = {
  ...itemContract,
  ...roundContract,
  ...adaptationContract,
  ...reflectionContract,
  ...suggestionContract,
};
