import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { type Actor, subjectLabels, subjects } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid } from '#platform/refusal.ts';
import { mayKeepCompetencies } from '../policy.ts';
import type { competencyContract } from './contract.ts';
import { doubledNames, withoutList } from './rules.ts';
import { insertCompetencyStandard, listCompetencyStandards } from './store.ts';

type Inputs = InferContractRouterInputs<typeof competencyContract>;
type Outputs = InferContractRouterOutputs<typeof competencyContract>;
type Context = ActionContext<Actor>;

export const listCompetencies = async (
  { db, actor }: Context,
  { subject }: Inputs['listCompetencies'],
): Promise<Outputs['listCompetencies']> => ({
  standards: await listCompetencyStandards(db, subject),
  mayAddFor: subjects.filter((one) => withoutList[one] === undefined && mayKeepCompetencies(actor, one)),
});

export const addCompetencyStandard = async (
  { db, actor, origin }: Context,
  { competencies, manifestations, ...heading }: Inputs['addCompetencyStandard'],
): Promise<Outputs['addCompetencyStandard']> => {
  const { subject, year } = heading;
  const refusal = withoutList[subject];
  if (refusal !== undefined) throw invalid(refusal);
  if (!mayKeepCompetencies(actor, subject))
    throw forbidden(`${subjectLabels[subject]}的核心素养由该学科的教研员登记，请与教研室联系。`);
  const [doubled] = doubledNames({ competencies, manifestations });
  if (doubled !== undefined) throw invalid(`“${doubled}”写了两次，请去掉一个再保存。`);
  const id = await insertCompetencyStandard(db, {
    ...heading,
    addedBy: origin.name,
    listed: [...competencies.map((one) => ({ ...one, stage: null })), ...manifestations],
  });
  if (id === null)
    throw conflict(
      `${subjectLabels[subject]}已有${year}年版的核心素养，已登记的版本不改。课标再修订时，请按新的年份登记。`,
    );
  await recordAudit(db, origin, {
    action: 'library.competency-standard-added',
    objectKind: 'competency-standard',
    objectId: id,
    after: { ...heading, competencies, manifestations },
  });
  return { id };
};
