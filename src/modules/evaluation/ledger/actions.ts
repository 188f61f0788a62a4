import { remarkKey, remarksOf } from '#modules/classroom/ledger/rules.ts';
import { listExplanations, listLedgerRecords, listShortfalls } from '#modules/classroom/ledger/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { LedgerOfPrincipal } from '../contract.ts';
import { leadersOf, openCounting } from '../observing/actions.ts';

/** Counts alone: no record, no teacher's name and no explanation of a remark leaves here. */
export const districtLedgers = async (
  context: ActionContext<Actor>,
  input: { termId?: string | undefined },
): Promise<{ rows: LedgerOfPrincipal[]; asOf: string }> => {
  const { db, today, now } = context;
  const counting = await openCounting(db, today, input.termId);
  const principals = await leadersOf(db, counting, { posts: ['principal'] });
  const observerIds = [...new Set(principals.map(({ personId }) => personId))];
  const of = { termId: counting.term.id, observerIds };
  const records = Map.groupBy(await listLedgerRecords(db, of), ({ observerId }) => observerId);
  const explained = new Set(
    (await listExplanations(db, of)).map(({ kind, observationId, otherId }) =>
      remarkKey({ kind, id: observationId, otherId }),
    ),
  );
  const shortfalls = await listShortfalls(db, of);
  return {
    rows: observerIds.map((personId) => {
      const remarks = remarksOf(records.get(personId) ?? []);
      const newest = shortfalls.findLast(({ observerId }) => observerId === personId);
      return {
        personId,
        remarks: remarks.length,
        explained: remarks.filter((remark) => explained.has(remarkKey(remark))).length,
        shortfall: newest === undefined || newest.text === '' ? null : newest.text,
      };
    }),
    asOf: now.toISOString(),
  };
};
