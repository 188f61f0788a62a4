import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What waits for the caller in the library, counted; each count opens its rows. */
const toDo = z.object({
  /** Reviews without a verdict. */
  reviews: z.int(),
  /** Own adaptations for which there is a newer version. */
  updates: z.int(),
  /** Answers to own suggestions that were not looked at. */
  answers: z.int(),
  /** Suggestions that wait for the core group. */
  suggestions: z.int(),
  /** Rounds that are approved and wait to be published. */
  approved: z.int(),
});

export const toDoContract = { getLibraryToDo: oc.input(z.object({})).output(toDo) };
