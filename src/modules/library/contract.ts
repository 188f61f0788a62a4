import { competencyContract } from './competency/contract.ts';
import { editionChoiceContract } from './edition-choice/contract.ts';
import { textbookContract } from './textbook/contract.ts';
import { textbookImportContract } from './textbook-import/contract.ts';

export const libraryContract = {
  ...textbookContract,
  ...editionChoiceContract,
  ...textbookImportContract,
  ...competencyContract,
};
