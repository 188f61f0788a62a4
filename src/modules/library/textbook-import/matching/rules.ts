import { byNumber, byTitle } from '../contract.ts';
import { comparable } from '../words/rules.ts';

interface Wanted {
  readonly number: number | null;
  readonly title: string;
}

interface Stands extends Wanted {
  readonly id: string;
  readonly withdrawn: boolean;
}

export interface Matching<Entry> {
  /** In the order of what is wanted; null: a new one. */
  readonly found: readonly { readonly wanted: Entry; readonly id: string | null }[];
  /** Wanted, and left until somebody decides. */
  readonly waiting: readonly Entry[];
  /** Standing ones that nobody may touch until then. */
  readonly blocked: ReadonlySet<string>;
  /** Number and title point to different ones: somebody has to say which counts. */
  readonly unclear: boolean;
}

type Pass = (wanted: Wanted, stands: Stands) => boolean;
const sameNumber: Pass = (wanted, stands) => wanted.number !== null && wanted.number === stands.number;
const sameTitle: Pass = (wanted, stands) => comparable(wanted.title) === comparable(stands.title);

/** Pairs what a pass finds, where exactly one of each side is meant. */
const pair = <Entry extends Wanted>(
  wanted: readonly Entry[],
  stands: readonly Stands[],
  pass: Pass,
  pairs: Map<Entry, string>,
): void => {
  const taken = new Set(pairs.values());
  const open = wanted.filter((one) => !pairs.has(one));
  const free = stands.filter(({ id }) => !taken.has(id));
  for (const one of open) {
    const [candidate, second] = free.filter((other) => pass(one, other));
    if (candidate === undefined || second !== undefined) continue;
    if (open.filter((other) => pass(other, candidate)).length === 1) pairs.set(one, candidate.id);
  }
};

const pairInOrder = <Entry extends Wanted>(
  wanted: readonly Entry[],
  stands: readonly Stands[],
  exact: ReadonlyMap<Entry, string>,
  passes: readonly Pass[],
): Map<Entry, string> => {
  const pairs = new Map(exact);
  for (const pass of passes) pair(wanted, stands, pass, pairs);
  return pairs;
};

/**
 * Which standing unit (or lesson) each one of a file is: the same number and title; else, where number and title
 * lead to the same answer, by number and then by title. Where they do not (a unit was put in between, or two
 * changed places), it is unclear and all that is not the same letter for letter waits for the decision. What was
 * withdrawn comes back by its title.
 */
export const matchEntries = <Entry extends Wanted>(
  wanted: readonly Entry[],
  standing: readonly Stands[],
  decision: string | undefined,
): Matching<Entry> => {
  const stands = standing.filter(({ withdrawn }) => !withdrawn);
  const exact = new Map<Entry, string>();
  pair(wanted, stands, (one, other) => one.number === other.number && sameTitle(one, other), exact);
  const numberFirst = pairInOrder(wanted, stands, exact, [sameNumber, sameTitle]);
  const titleFirst = pairInOrder(wanted, stands, exact, [sameTitle, sameNumber]);
  const agree = wanted.every((one) => numberFirst.get(one) === titleFirst.get(one));
  const decided = decision === byNumber ? numberFirst : decision === byTitle ? titleFirst : null;
  const pairs = decided ?? (agree ? numberFirst : exact);
  const unclear = !agree && decided === null;
  if (!unclear)
    pair(
      wanted,
      standing.filter(({ withdrawn }) => withdrawn),
      sameTitle,
      pairs,
    );
  const taken = new Set(pairs.values());
  return {
    found: wanted.flatMap((one) => {
      const id = pairs.get(one);
      return unclear && id === undefined ? [] : [{ wanted: one, id: id ?? null }];
    }),
    waiting: unclear ? wanted.filter((one) => !pairs.has(one)) : [],
    blocked: new Set(unclear ? stands.flatMap(({ id }) => (taken.has(id) ? [] : [id])) : []),
    unclear,
  };
};
