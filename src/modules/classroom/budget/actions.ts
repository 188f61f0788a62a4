import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { findCurrentTerm, listTerms } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { schoolScope } from '../school-scope/policy.ts';
import { listSchoolsInScope } from '../school-scope/store.ts';
import type { budgetContract } from './contract.ts';
import { mayKeepBudget } from './policy.ts';
import { sameEntry, schoolYearOn, yuanText } from './rules.ts';
import * as store from './store.ts';
import { budgetPurposes } from './vocabulary/contract.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof budgetContract>;
type Outputs = InferContractRouterOutputs<typeof budgetContract>;

const keeperOf = ({ actor }: Context, schoolId: string): string => {
  if (!mayKeepBudget(actor, schoolId)) throw notFound();
  if (actor.personId === null) throw forbidden('请用本人的账号登记经费，不要用管理员账号。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, before: unknown, after: unknown) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.budget-${what}`,
    objectKind: 'budget',
    objectId: id,
    before,
    after,
  });

export const getBudget = async (
  context: Context,
  input: Inputs['getBudget'],
): Promise<Outputs['getBudget']> => {
  const { db, actor, today, now } = context;
  const scope = schoolScope(actor);
  const years = [...new Set((await listTerms(db)).map(({ schoolYear }) => schoolYear))];
  const current = (await findCurrentTerm(db, today))?.schoolYear ?? schoolYearOn(today);
  const { schoolYear = current } = input;
  const schools = await listSchoolsInScope(db, scope, today);
  const [only = null] = schools.length === 1 ? schools : [];
  const school = schools.find(({ id }) => id === input.schoolId) ?? only;
  if (input.schoolId !== undefined && school?.id !== input.schoolId) throw notFound();
  const planned = await store.listPlanned(db, scope, schoolYear);
  const spent = (await store.sumSpent(db, scope, schoolYear)).filter(
    ({ schoolId }) => school === null || schoolId === school.id,
  );
  const spentOf = (of: (one: (typeof spent)[number]) => boolean): number =>
    spent.filter(of).reduce((sum, { spentFen }) => sum + spentFen, 0);
  const plan = planned.find(({ schoolId }) => schoolId === school?.id);
  return {
    schoolYear,
    schoolYears: [...new Set([current, ...years])].toSorted((one, other) => other - one),
    school,
    plannedFen: school === null ? null : (plan?.plannedFen ?? null),
    planVersion: plan?.version ?? 0,
    spentFen: spentOf(() => true),
    purposes: budgetPurposes.map((purpose) => ({
      purpose,
      spentFen: spentOf((one) => one.purpose === purpose),
      entries: spent.filter((one) => one.purpose === purpose).reduce((sum, { entries }) => sum + entries, 0),
    })),
    schools:
      school !== null
        ? []
        : (
            await listSchoolsInScope(
              db,
              scope,
              today,
              spent.map(({ schoolId }) => schoolId),
            )
          ).map(({ id, name }) => ({
            schoolId: id,
            schoolName: name,
            plannedFen: planned.find(({ schoolId }) => schoolId === id)?.plannedFen ?? null,
            spentFen: spentOf(({ schoolId }) => schoolId === id),
          })),
    may: { edit: school !== null && mayKeepBudget(actor, school.id) },
    asOf: now.toISOString(),
  };
};

export const listBudgetEntries = async (
  { db, actor, now }: Context,
  { cursor, limit = 30, ...of }: Inputs['listBudgetEntries'],
): Promise<Outputs['listBudgetEntries']> => {
  if (!mayKeepBudget(actor, of.schoolId)) throw notFound();
  return { ...(await store.listEntries(db, of, { cursor, limit })), asOf: now.toISOString() };
};

/** A new amount stands beside the one before. */
export const setPlannedBudget = async (
  context: Context,
  { schoolId, schoolYear, version, plannedFen, note }: Inputs['setPlannedBudget'],
): Promise<Outputs['setPlannedBudget']> => {
  const { db, actor } = context;
  const setBy = keeperOf(context, schoolId);
  await store.lockPlan(db, schoolId, schoolYear);
  const before = (await store.listPlanned(db, schoolScope(actor), schoolYear)).find(
    (one) => one.schoolId === schoolId,
  );
  if ((before?.version ?? 0) !== version)
    throw conflict(
      `预算刚刚被别人改为 ${yuanText(before?.plannedFen ?? 0)} 元。您填写的内容还在，请看过后再保存。`,
      { version: before?.version ?? 0 },
    );
  const next = version + 1;
  const plan = { schoolId, schoolYear, version: next, plannedFen, note: note.trim() };
  await store.insertPlan(db, { ...plan, setBy });
  await audit(context, 'planned', schoolId, before, plan);
  return { version: next };
};

export const addBudgetEntry = async (
  context: Context,
  input: Inputs['addBudgetEntry'],
): Promise<Outputs['addBudgetEntry']> => {
  const enteredBy = keeperOf(context, input.schoolId);
  if (input.dayOn > context.today) throw invalid('支出日期还没有到，请核对日期。', { field: 'dayOn' });
  if (!(await store.insertEntry(context.db, { ...input, enteredBy }))) {
    const kept = await store.findEntryForUpdate(context.db, input.id);
    if (kept?.enteredBy !== enteredBy) throw notFound();
    // Sent again after a lost answer; what was typed since is not what stands.
    if (kept.withdrawnAt !== null || !sameEntry(kept, input))
      throw conflict(
        `这笔支出先前已经登记为 ${yuanText(kept.amountFen)} 元，内容与现在填写的不同。您填写的内容仍在本页，请刷新后对照；要改请先撤销那一笔，再重新登记。`,
      );
    return { id: input.id };
  }
  const { id, ...entry } = input;
  await audit(context, 'entered', id, undefined, entry);
  return { id };
};

export const withdrawBudgetEntry = async (
  context: Context,
  { id, reason }: Inputs['withdrawBudgetEntry'],
): Promise<Outputs['withdrawBudgetEntry']> => {
  const entry = await store.findEntryForUpdate(context.db, id);
  if (entry === undefined) throw notFound();
  const withdrawnBy = keeperOf(context, entry.schoolId);
  if (entry.withdrawnAt !== null) throw conflict('这笔支出已经撤销。');
  await store.markEntryWithdrawn(context.db, id, {
    withdrawnAt: context.now.toISOString(),
    withdrawnBy,
    withdrawnReason: reason,
  });
  await audit(context, 'withdrawn', id, undefined, { reason });
  return { id };
};
