import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { ownSchools } from '../../item/policy.ts';
import { versionNumber } from '../../shapes/contract.ts';
import {
  lockAdaptationText,
  reviseAdaptation,
  saveTypedFirst,
  takeUpAdaptation,
  versionContent,
} from '../actions.ts';
import { adaptationScope } from '../policy.ts';
import { effective, savedTouched, touchedOf } from '../rules.ts';
import { findAdaptation, findRevision } from '../store.ts';
import type { revisionContract } from './contract.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof revisionContract>;
type Outputs = InferContractRouterOutputs<typeof revisionContract>;

/** How somebody came to their text is their school's affair: above it one reads what stands now. */
const assertInSchool = async ({ db, actor }: Context, id: string): Promise<void> => {
  const adaptation = await findAdaptation(db, id, adaptationScope(actor));
  if (adaptation === undefined || !ownSchools(actor).includes(adaptation.schoolId)) throw notFound();
};

export const listRevisions = async (
  context: Context,
  { id, cursor, limit = 30 }: Inputs['listRevisions'],
): Promise<Outputs['listRevisions']> => {
  await assertInSchool(context, id);
  const before = cursor === undefined ? null : versionNumber.safeParse(Number(cursor)).data;
  if (before === undefined) throw invalid('请刷新页面，从头查看修改记录。');
  return {
    ...(await store.listRevisions(context.db, id, { before, limit })),
    asOf: context.now.toISOString(),
  };
};

export const getRevision = async (
  context: Context,
  { id, number }: Inputs['getRevision'],
): Promise<Outputs['getRevision']> => {
  await assertInSchool(context, id);
  const revision = await findRevision(context.db, id, number);
  if (revision === undefined) throw notFound();
  return {
    number,
    sections: Object.entries(revision.touched).map(([key, { title, body }]) => ({ key, title, body })),
  };
};

export const restoreSection = async (
  context: Context,
  { id, version, number, section }: Inputs['restoreSection'],
): Promise<Outputs['restoreSection']> => {
  const adaptation = await takeUpAdaptation(context, { id, version });
  const { db } = context;
  const former = (await findRevision(db, id, number))?.touched[section];
  if (former === undefined) throw invalid('那一次保存时，这一部分跟着区级，没有本校的写法可以找回。');
  if (adaptation.locked.includes(section))
    throw conflict('这一部分已由区里锁定，不能改回本校的写法。有想法请向中心组提改进建议。');
  const base = await versionContent(db, adaptation.itemId, adaptation.basedOn);
  const here = await lockAdaptationText(db, id);
  const restored = effective(here, { [section]: former });
  const current = await saveTypedFirst(context, adaptation, touchedOf(base, here));
  const touched = savedTouched(base, restored, adaptation.locked, current.bodies);
  const next = await reviseAdaptation(context, current, {
    basedOn: adaptation.basedOn,
    touched,
    cause: 'edited',
  });
  await recordAudit(db, context.origin, {
    action: 'library.adaptation-section-restored',
    objectKind: 'library-adaptation',
    objectId: id,
    after: { section, from: number, version: next },
  });
  return { id, version: next };
};
