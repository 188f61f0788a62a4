import { countPlans } from '#modules/classroom/diagnosis-plan/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { notFound } from '#platform/refusal.ts';
import type { ObserverProgress, SchoolEvaluation } from './contract.ts';
import { describeCounting, leadersOf, openCounting, progressOf } from './observing/actions.ts';
import { compareNames } from './observing/rules.ts';
import { evaluationScope, mayReadSchool } from './policy.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;

export const listEvaluatedSchools = async (
  context: Context,
): Promise<{ rows: { id: string; name: string }[] }> => {
  const rows = await store.listEvaluatedSchools(context.db, evaluationScope(context.actor), context.today);
  return { rows: rows.toSorted((a, b) => compareNames(a.name, b.name)) };
};

/** One's own school unless one is named; of several own schools the first by name. */
export const schoolEvaluation = async (
  context: Context,
  input: { termId?: string | undefined; schoolId?: string | undefined },
): Promise<SchoolEvaluation> => {
  const schoolId = input.schoolId ?? (await listEvaluatedSchools(context)).rows[0]?.id;
  if (schoolId === undefined || !mayReadSchool(context.actor, schoolId)) throw notFound();
  const school = await store.findSchool(context.db, schoolId);
  if (school === undefined) throw notFound();
  const counting = await openCounting(context.db, context.today, input.termId);
  const { criteria, ...framework } = await store.getFramework(context.db, counting.until);
  const observers: ObserverProgress[] = [];
  for (const leader of await leadersOf(context.db, counting, { schoolId }))
    observers.push(await progressOf(context, counting, leader));
  const diagnosisPlans = await countPlans(context.db, {
    schoolId,
    termId: counting.term.id,
    on: counting.until,
  });
  return {
    ...describeCounting(counting, context.now),
    school,
    framework,
    criteria,
    observers,
    diagnosisPlans,
  };
};
