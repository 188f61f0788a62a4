import type { InferContractRouterInputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import { cleanFileName } from '#platform/files/file-name.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { storeParts } from '#platform/files/storing.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { PreparingContext, UploadInput } from '#platform/http/file-route.ts';
import { invalid, notFound } from '#platform/refusal.ts';
import { pictureEndings } from '../picture/vocabulary/contract.ts';
import { listEditions, listUnits, listVolumes } from '../textbook/store.ts';
import { itemKinds } from '../vocabulary/contract.ts';
import { readDesign } from '../word-in/actions.ts';
import type { WordHints } from '../word-in/contract.ts';
import type { BroughtWord, wordStartContract } from './contract.ts';
import { subjectAndGrade, unitNamed } from './placing/rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof wordStartContract>;

/** Its pictures go a day later, with the uploads that nothing took up. */
const unusedAfterMs = 6 * 86_400_000;

const removeUnused = (db: Queryable, now: Date): Promise<void> =>
  store.removeBroughtWords(db, new Date(now.getTime() - unusedAfterMs).toISOString());

/**
 * Reads a Word file for the preview, and puts its pictures away, before the transaction: unpacking takes seconds. What
 * was read waits for its own person; nothing of it is in the library.
 */
export const bringWord =
  (files: FileStore) =>
  async ({ db, origin }: PreparingContext<Actor>, { query, bytes }: UploadInput) => {
    const kind = itemKinds.find((one) => one === query['kind']);
    if (kind === undefined) throw invalid('请先选择种类，再选择 Word 文件。');
    const name = cleanFileName(query['name'] ?? 'Word 文件');
    const { pictures, ...design } = await readDesign({ name, bytes }, kind);
    await storeParts(
      db,
      files,
      origin.accountId,
      [...pictures.values()].map((picture, at) => ({
        name: `图片${at + 1}.${pictureEndings[picture.type] ?? ''}`,
        bytes: picture.bytes,
      })),
    );
    const after = {
      name,
      kind,
      size: bytes.length,
      pictures: pictures.size,
      leftOut: design.leftOut.length,
    };
    return (context: Context) => noteBrought(context, { name, kind, design }, after);
  };

const noteBrought = async (
  { db, origin, now }: Context,
  brought: Pick<Parameters<typeof store.insertBroughtWord>[1], 'name' | 'kind' | 'design'>,
  after: Readonly<Record<string, unknown>>,
): Promise<{ readonly importId: string }> => {
  await removeUnused(db, now);
  const importId = await store.insertBroughtWord(db, { accountId: origin.accountId, ...brought });
  await recordAudit(db, origin, {
    action: 'library.word-read',
    objectKind: 'brought-word',
    objectId: importId,
    after,
  });
  return { importId };
};

/** Where the unit that a file names stands in the textbooks; nothing where it is not clear. */
const findUnit = async (
  db: Queryable,
  { unit }: WordHints,
  { subject, grade }: ReturnType<typeof subjectAndGrade>,
): Promise<{ volumeId: string | null; unitId: string | null }> => {
  const none = { volumeId: null, unitId: null };
  if (unit === null || subject === null || grade === null) return none;
  const editions = await listEditions(db, { stage: grade <= 6 ? 'primary' : 'junior', subject });
  const volumes = await listVolumes(
    db,
    editions.filter(({ withdrawnOn }) => withdrawnOn === null).map(({ id }) => id),
  );
  const units = await listUnits(
    db,
    volumes.filter((volume) => volume.grade === grade).map(({ id }) => id),
  );
  const found = unitNamed(unit, units);
  return found === undefined ? none : { volumeId: found.volumeId, unitId: found.id };
};

export const getBroughtWord = async (
  { db, origin }: Context,
  { id }: Inputs['getBroughtWord'],
): Promise<BroughtWord> => {
  const brought = await store.findBroughtWord(db, id, origin.accountId);
  if (brought === undefined) throw notFound('没有找到读过的 Word 文件，可能已过期被清理。请重新选择文件。');
  const { design, ...facts } = brought;
  const known = subjectAndGrade(design.hints);
  return {
    ...facts,
    ...design,
    proposed: {
      title: design.hints.title?.slice(0, 80) ?? null,
      ...known,
      ...(await findUnit(db, design.hints, known)),
    },
  };
};
