import type { Duty } from '#modules/organisation/contract.ts';
import type { SecurityRules } from './contract.ts';

/** Cost of one password check; what is slow for a guesser must stay bearable on the first morning of a term. */
export const hashCostOf = (rules: SecurityRules): { memoryKib: number; passes: number } => ({
  memoryKib: rules.hashMemoryKib,
  passes: rules.hashPasses,
});

interface Holder {
  readonly accountId: string;
  readonly duty: Duty;
}

/**
 * The first administrator holds `system` and `security` only as long as nobody else can: the duty that is now
 * granted to another ends for every account that holds a second one beside it.
 */
export const dutiesGivenAway = (holders: readonly Holder[], granted: Duty): Holder[] =>
  holders.filter(
    ({ accountId, duty }) =>
      duty === granted && holders.some((other) => other.accountId === accountId && other.duty !== granted),
  );
