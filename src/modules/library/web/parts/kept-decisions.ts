import { isRecord } from '#platform/is-record.ts';
import type { Decision } from '../../merge/contract.ts';
import type { KeptDecisions } from '../../merge/kept/rules.ts';

const decisionOf = (value: unknown): Decision | null => {
  if (!isRecord(value)) return null;
  const { choice, text } = value;
  if (choice === 'own') return typeof text === 'string' ? { choice, text } : null;
  return choice === 'ours' || choice === 'theirs' || choice === 'both' ? { choice } : null;
};

/** Decisions as this device kept them; what is none is left out. */
export const keptDecisions = (stored: unknown): KeptDecisions | null =>
  isRecord(stored)
    ? Object.fromEntries(
        Object.entries(stored).flatMap(([id, value]) => {
          if (!isRecord(value) || typeof value['of'] !== 'string') return [];
          const decision = decisionOf(value['decision']);
          const typed = typeof value['typed'] === 'string' ? value['typed'] : undefined;
          return decision === null ? [] : [[id, { of: value['of'], decision, typed }] as const];
        }),
      )
    : null;
