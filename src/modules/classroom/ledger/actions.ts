import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { termName, weekNumber } from '#modules/organisation/calendar/rules.ts';
import { findCurrentTerm, findTerm, type TermRecord } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { addDays, weekdayOf } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { countFollowUps } from '../follow-up/store.ts';
import type { ledgerContract } from './contract.ts';
import { feedbackDelay, type LedgerRecord, remarkKey, remarksOf, spreadOf } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof ledgerContract>;
type Outputs = InferContractRouterOutputs<typeof ledgerContract>;

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，没有听课台账。');
  return actor.personId;
};

/** Every week up to today's, also those without a lesson. */
const weeksOf = (term: TermRecord, records: readonly LedgerRecord[], today: string) => {
  const last = today < term.endsOn ? today : term.endsOn;
  const monday = addDays(term.startsOn, 1 - weekdayOf(term.startsOn));
  return Array.from({ length: weekNumber(term, last) ?? 0 }, (_, index) => {
    const from = addDays(monday, index * 7);
    const to = addDays(from, 6);
    return {
      week: index + 1,
      from,
      to,
      lessons: records.reduce(
        (sum, { dayOn, lessons }) => sum + (dayOn >= from && dayOn <= to ? lessons : 0),
        0,
      ),
    };
  });
};

export const myLedger = async (context: Context, input: Inputs['myLedger']): Promise<Outputs['myLedger']> => {
  const { db, today, now } = context;
  const personId = ownPersonId(context);
  const { termId } = input ?? {};
  const term = await (termId === undefined ? findCurrentTerm(db, today) : findTerm(db, termId));
  if (term === undefined) throw notFound('还没有设置学期，请先由系统管理员在校历中设置。');
  const of = { termId: term.id, observerIds: [personId] };
  const records = await store.listLedgerRecords(db, of);
  const byId = new Map(records.map((record) => [record.id, record]));
  const explanations = await store.listExplanations(db, of);
  const explained = Map.groupBy(explanations, ({ kind, observationId, otherId }) =>
    remarkKey({ kind, id: observationId, otherId }),
  );
  return {
    term: {
      id: term.id,
      name: termName(term.schoolYear, term.term),
      startsOn: term.startsOn,
      endsOn: term.endsOn,
    },
    lessons: records.reduce((sum, { lessons }) => sum + lessons, 0),
    records: records.length,
    ...mutable(spreadOf(records)),
    weeks: weeksOf(term, records, today),
    feedback: feedbackDelay(records),
    followUps: await countFollowUps(db, { observerId: personId, termId: term.id }),
    remarks: remarksOf(records).flatMap((remark) => {
      const row = byId.get(remark.id);
      return row === undefined
        ? []
        : [
            {
              kind: remark.kind,
              row,
              other: remark.otherId === null ? null : (byId.get(remark.otherId) ?? null),
              explanations: explained.get(remarkKey(remark)) ?? [],
            },
          ];
    }),
    shortfall: await store.listShortfalls(db, of),
    asOf: now.toISOString(),
  };
};

const mutable = ({ grades, subjects, teachers }: ReturnType<typeof spreadOf>) => ({
  grades: [...grades],
  subjects: [...subjects],
  teachers: [...teachers],
});

const audit = (context: Context, what: string, termId: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.${what}`,
    objectKind: 'ledger',
    objectId: termId,
    after,
  });

export const explainRemark = async (
  context: Context,
  { termId, kind, observationId, otherId, text }: Inputs['explainRemark'],
): Promise<Outputs['explainRemark']> => {
  const observerId = ownPersonId(context);
  const records = await store.listLedgerRecords(context.db, { termId, observerIds: [observerId] });
  const wanted = remarkKey({ kind, id: observationId, otherId });
  if (!remarksOf(records).some((remark) => remarkKey(remark) === wanted))
    throw notFound('台账里已经没有这一条提示，可能记录已更正，请刷新查看。');
  const id = await store.insertExplanation(context.db, {
    observerId,
    termId,
    kind,
    observationId,
    otherId,
    text: text.trim(),
  });
  await audit(context, 'ledger-remark-explained', termId, { id, kind, observationId, otherId });
  return { id };
};

export const explainShortfall = async (
  context: Context,
  { termId, number, text }: Inputs['explainShortfall'],
): Promise<Outputs['explainShortfall']> => {
  const observerId = ownPersonId(context);
  if ((await findTerm(context.db, termId)) === undefined) throw notFound();
  const known = await store.listShortfalls(context.db, { termId, observerIds: [observerId] });
  if (known.length === 0 && text.trim() === '') throw invalid('请写下说明再保存。');
  const next = { observerId, termId, number: number + 1, text: text.trim() };
  if (known.length !== number || !(await store.insertShortfall(context.db, next)))
    throw conflict('这份说明在别处有了更新。您填写的内容仍保留在本页，请看过后再保存。');
  await audit(context, 'ledger-shortfall-explained', termId, { number: next.number });
  return { number: next.number };
};
