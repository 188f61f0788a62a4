import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { mayEdit, observationScope } from '../policy.ts';
import { findOwn, findReadable, type StoredObservation } from '../store.ts';
import type { Mode } from '../vocabulary/contract.ts';
import type { LensContent, lensContract } from './contract.ts';
import { isEmptyLens, lensFitsMode, lensProblem, sameLens } from './rules.ts';
import { findLens, insertLensVersion, listLensCorrections, putLens, type StoredLens } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof lensContract>;
type Outputs = InferContractRouterOutputs<typeof lensContract>;
type Saved = Outputs['saveLens'];

/** What was fixed when the observation was finalised. */
const firstReason = '完成';

const ownPersonId = ({ actor }: Context): string => {
  if (actor.personId === null) throw forbidden('您的账号没有对应的教师，不能填写听课记录。');
  return actor.personId;
};

const audit = (context: Context, what: string, id: string, after: Readonly<Record<string, unknown>>) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.${what}`,
    objectKind: 'lens',
    objectId: id,
    after,
  });

const misfit = (): Error =>
  invalid('课堂编码只用于录像课：请把听课方式改为“录像”，或者先清空课堂编码。', { field: 'mode' });

/** The observer's own record, locked; anybody else's is not found. */
const openOwn = async (context: Context, id: string): Promise<StoredObservation['row']> => {
  const stored = await findOwn(context.db, id, ownPersonId(context));
  if (stored === undefined) throw notFound();
  if (!mayEdit(context.actor, stored.row))
    throw conflict('这份听课记录已经撤回，不能再修改。', { withdrawn: true });
  return stored.row;
};

const newer = (lens: StoredLens | undefined): Error =>
  conflict('课堂观察在别处有了更新的内容。您记下的仍保留在本机，请选择以哪一份为准。', {
    version: lens?.version ?? 0,
    savedAt: lens?.savedAt ?? null,
    content: lens?.content ?? null,
  });

const savedOf = (id: string, { version, savedAt }: StoredLens): Saved => ({ id, version, savedAt });

const refuseProblem = (content: LensContent): void => {
  const problem = lensProblem(content);
  if (problem !== null) throw invalid(problem);
};

const keepVersion = async (
  context: Context,
  { id, content, number, reason }: { id: string; content: LensContent; number: number; reason: string },
): Promise<Saved> => {
  const saved = await putLens(context.db, id, content, number);
  await insertLensVersion(context.db, {
    observationId: id,
    number,
    content,
    reason,
    madeBy: ownPersonId(context),
  });
  await audit(context, number === 1 ? 'lens-fixed' : 'lens-corrected', id, {
    version: saved.version,
    number,
    reason,
  });
  return saved;
};

/**
 * What a dead line held back while the record was finalised is still its first content, until the teacher has
 * been told; any other change after finalising is a correction.
 */
export const saveLens = async (context: Context, input: Inputs['saveLens']): Promise<Saved> => {
  const { db } = context;
  const { id, version, content } = input;
  const row = await openOwn(context, id);
  const lens = await findLens(db, id);
  // The same again is a retry after a lost answer, not a conflict.
  if (lens !== undefined && sameLens(lens.content, content)) return savedOf(id, lens);
  if ((lens?.version ?? 0) !== version) throw newer(lens);
  refuseProblem(content);
  const isDraft = row.state === 'draft';
  if (!isDraft && ((lens?.contentNumber ?? 0) > 0 || row.fedBackAt !== null))
    throw conflict('这份听课记录已经完成。课堂观察要再改，请打开“更正课堂观察”并写明原因。', {
      fixed: true,
    });
  if (!isDraft && !isEmptyLens(content)) {
    if (!lensFitsMode(content, row.mode)) throw misfit();
    return keepVersion(context, { id, content, number: 1, reason: firstReason });
  }
  const saved = await putLens(db, id, content, 0);
  await audit(context, 'lens-saved', id, { version: saved.version });
  return saved;
};

export const correctLens = async (context: Context, input: Inputs['correctLens']): Promise<Saved> => {
  const { id, version, content, reason } = input;
  const row = await openOwn(context, id);
  if (row.state === 'draft') throw conflict('这份听课记录还是草稿，课堂观察直接修改即可。');
  const lens = await findLens(context.db, id);
  if ((lens?.version ?? 0) !== version) throw newer(lens);
  if (lens !== undefined && sameLens(lens.content, content)) throw invalid('课堂观察没有改动，不需要更正。');
  refuseProblem(content);
  if (!lensFitsMode(content, row.mode)) throw misfit();
  const number = (lens?.contentNumber ?? 0) + 1;
  return keepVersion(context, { id, content, number, reason: reason.trim() });
};

/** Part of finalising and correcting: codes are those of a recording, and the record must say so. */
export const checkLensMode = async ({ db }: Context, id: string, mode: Mode): Promise<void> => {
  const lens = await findLens(db, id);
  if (lens !== undefined && !lensFitsMode(lens.content, mode)) throw misfit();
};

/** Part of finalising: from here on what was seen through the instruments stands. */
export const fixLens = async (context: Context, id: string): Promise<void> => {
  const lens = await findLens(context.db, id);
  if (lens === undefined || isEmptyLens(lens.content)) return;
  await keepVersion(context, { id, content: lens.content, number: 1, reason: firstReason });
};

/** Readable to whom the observation is readable. */
export const getLens = async (
  { db, actor }: Context,
  { id }: Inputs['getLens'],
): Promise<Outputs['getLens']> => {
  if ((await findReadable(db, id, observationScope(actor))) === undefined) throw notFound();
  const lens = await findLens(db, id);
  return {
    content: lens === undefined || isEmptyLens(lens.content) ? null : lens.content,
    version: lens?.version ?? 0,
    savedAt: lens?.savedAt ?? null,
    corrections: await listLensCorrections(db, id),
  };
};
