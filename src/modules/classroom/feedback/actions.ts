import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { forbidden } from '#platform/refusal.ts';
import type { feedbackContract } from './contract.ts';
import { listNotedForTeacher } from './store.ts';

/** The caller's own and nobody else's: no input names a person. */
export const listCriteriaFeedbackToMe = async (
  { db, actor, now }: ActionContext<Actor>,
  input: InferContractRouterInputs<typeof feedbackContract>['listCriteriaFeedbackToMe'],
): Promise<InferContractRouterOutputs<typeof feedbackContract>['listCriteriaFeedbackToMe']> => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，没有听课反馈。');
  const { cursor, limit = 40 } = input ?? {};
  return { ...(await listNotedForTeacher(db, actor.personId, { cursor, limit })), asOf: now.toISOString() };
};
