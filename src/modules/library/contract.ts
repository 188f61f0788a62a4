import { adaptationContract } from './adaptation/contract.ts';
import { revisionContract } from './adaptation/revision/contract.ts';
import { attachmentContract } from './attachment/contract.ts';
import { blueprintContract } from './blueprint/contract.ts';
import { coEditingContract } from './co-editing/contract.ts';
import { commentContract } from './comment/contract.ts';
import { competencyContract } from './competency/contract.ts';
import { consistencyContract } from './consistency/contract.ts';
import { editionChoiceContract } from './edition-choice/contract.ts';
import { itemContract } from './item/contract.ts';
import { pacingContract } from './pacing/contract.ts';
import { packageContract } from './package/contract.ts';
import { pickingContract } from './picking/contract.ts';
import { pictureContract } from './picture/contract.ts';
import { quickFileContract } from './quick-file/contract.ts';
import { reUseContract } from './re-use/contract.ts';
import { reflectionContract } from './reflection/contract.ts';
import { roundContract } from './round/contract.ts';
import { searchContract } from './search/contract.ts';
import { suggestionContract } from './suggestion/contract.ts';
import { textbookContract } from './textbook/contract.ts';
import { textbookImportContract } from './textbook-import/contract.ts';
import { themeCaseContract } from './theme-case/contract.ts';
import { toDoContract } from './to-do/contract.ts';
import { unitGridContract } from './unit-grid/contract.ts';
import { wordSectionContract } from './word-section/contract.ts';
import { wordStartContract } from './word-start/contract.ts';

export const libraryContract = {
  ...textbookContract,
  ...editionChoiceContract,
  ...textbookImportContract,
  ...competencyContract,
  ...itemContract,
  ...roundContract,
  ...attachmentContract,
  ...pictureContract,
  ...wordStartContract,
  ...wordSectionContract,
  ...coEditingContract,
  ...commentContract,
  ...adaptationContract,
  ...revisionContract,
  ...reflectionContract,
  ...suggestionContract,
  ...toDoContract,
  ...themeCaseContract,
  ...searchContract,
  ...unitGridContract,
  ...consistencyContract,
  ...blueprintContract,
  ...pacingContract,
  ...pickingContract,
  ...reUseContract,
  ...packageContract,
  ...quickFileContract,
};
