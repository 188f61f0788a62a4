import { conflict } from './refusal.ts';

/** Runs one piece of heavy work at a time in this process, in the order in which they came. */
export type TakingTurns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** At most `waiting` stand in line behind the one that runs; whoever comes then is refused with `sentence`. */
export const takingTurns = (waiting: number, sentence: string): TakingTurns => {
  let standing = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    if (standing > waiting) throw conflict(sentence, { busy: true });
    standing += 1;
    const mine = last.then(work);
    last = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      standing -= 1;
    }
  };
};
