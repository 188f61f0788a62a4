import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, notFound } from '#platform/refusal.ts';
import { mayKeepCurriculum } from '../policy.ts';
import type { Edition, textbookContract } from './contract.ts';
import { subjectInStage } from './rules.ts';
import { findEdition, findTextbookPath, listEditions, listUnits, listVolumes, markEdition } from './store.ts';

type Inputs = InferContractRouterInputs<typeof textbookContract>;
type Outputs = InferContractRouterOutputs<typeof textbookContract>;
type Context = ActionContext<Actor>;

export const getTextbooks = async (
  { db, actor, today }: Context,
  { stage, subject }: Inputs['getTextbooks'],
): Promise<Outputs['getTextbooks']> => {
  const editions = await listEditions(db, { stage, subject });
  const volumes = await listVolumes(
    db,
    editions.map(({ id }) => id),
  );
  return {
    asOf: today,
    editions: editions.map((edition) => ({
      ...edition,
      volumes: volumes.filter(({ editionId }) => editionId === edition.id),
    })),
    may: { edit: mayKeepCurriculum(actor, { stage, subject }) },
  };
};

export const getVolume = async (
  { db, today }: Context,
  { volumeId }: Inputs['getVolume'],
): Promise<Outputs['getVolume']> => {
  const path = await findTextbookPath(db, volumeId);
  if (path?.level !== 'volume') throw notFound();
  return { asOf: today, path, units: await listUnits(db, [volumeId], { withdrawn: 'too' }) };
};

export const getTextbookPath = async (
  { db }: Context,
  { id }: Inputs['getTextbookPath'],
): Promise<Outputs['getTextbookPath']> => {
  const path = await findTextbookPath(db, id);
  if (path === undefined) throw notFound();
  return path;
};

/** Everybody sees every edition, so that a subject of somebody else is forbidden, not hidden. */
const editionToKeep = async (
  { db, actor }: Context,
  { editionId, version }: { readonly editionId: string; readonly version: number },
): Promise<Edition> => {
  const edition = await findEdition(db, editionId, { lock: true });
  if (edition === undefined) throw notFound();
  if (!mayKeepCurriculum(actor, edition))
    throw forbidden(
      `${subjectInStage(edition.stage, edition.subject)}的教材目录由该学科的教研员维护，请与教研室联系。`,
    );
  if (edition.version !== version) throw conflict('这个版本刚刚被别人改过，请看过新内容后再办理。');
  return edition;
};

export const withdrawEdition = async (
  context: Context,
  { editionId, version, from, reason }: Inputs['withdrawEdition'],
): Promise<Outputs['withdrawEdition']> => {
  const edition = await editionToKeep(context, { editionId, version });
  const marked = await markEdition(context.db, editionId, { on: from, reason });
  await recordAudit(context.db, context.origin, {
    action: 'library.edition-withdrawn',
    objectKind: 'textbook-edition',
    objectId: editionId,
    before: { withdrawnOn: edition.withdrawnOn, withdrawnReason: edition.withdrawnReason },
    after: { withdrawnOn: from, withdrawnReason: reason },
  });
  return { version: marked };
};

export const restoreEdition = async (
  context: Context,
  input: Inputs['restoreEdition'],
): Promise<Outputs['restoreEdition']> => {
  const edition = await editionToKeep(context, input);
  if (edition.withdrawnOn === null) throw conflict('这个版本没有停用，不用恢复。');
  const marked = await markEdition(context.db, edition.id, null);
  await recordAudit(context.db, context.origin, {
    action: 'library.edition-restored',
    objectKind: 'textbook-edition',
    objectId: edition.id,
    before: { withdrawnOn: edition.withdrawnOn, withdrawnReason: edition.withdrawnReason },
  });
  return { version: marked };
};
