import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { isPictureBomb } from '#platform/files/picture-size.ts';
import type { NamedFile } from '#platform/files/sending.ts';
import { claimUpload, findStoredFile, type StoredFile } from '#platform/files/uploads.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { FileInput } from '#platform/http/file-route.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { adaptationScope } from '../adaptation/policy.ts';
import type { FindDraft } from '../co-editing/actions.ts';
import { itemScope } from '../item/policy.ts';
import type { pictureContract } from './contract.ts';
import * as store from './store.ts';
import { largestPicture, mostPictures, pictureEndings } from './vocabulary/contract.ts';

type Context = ActionContext<Actor>;

/** Throws for what is not a picture that a page may show. */
const checkPicture = ({ type, size, picture }: StoredFile): void => {
  if (pictureEndings[type] === undefined || picture === null)
    throw invalid('这个文件不是图片。请选择 PNG、JPEG、GIF 或 WebP 图片。');
  if (size > largestPicture) throw invalid('图片超过 10 MB，请压缩后再放进来。');
  if (isPictureBomb(picture)) throw invalid('图片的像素过多，打开时会卡住。请缩小尺寸后再放进来。');
};

export const pictureActions = (findDraft: FindDraft) => {
  /** In a draft that is open to the caller, or in what is published or saved within their reach. */
  const mayRead = async (
    { db, actor, origin }: Pick<Context, 'db' | 'actor' | 'origin'>,
    sha256: string,
  ): Promise<boolean> => {
    if ((await store.findOwnUpload(db, origin.accountId, sha256)) !== undefined) return true;
    const scopes = { item: itemScope(actor), adaptation: adaptationScope(actor) };
    if ((await store.findReadablePicture(db, sha256, scopes)) !== undefined) return true;
    for (const documentId of await store.listPictureDocuments(db, sha256, scopes))
      if ((await findDraft(db, documentId, actor)) !== null) return true;
    return false;
  };

  /** Undefined where there is no such picture for the caller. */
  const findPicture = async (
    context: Pick<Context, 'db' | 'actor' | 'origin'>,
    sha256: string,
  ): Promise<NamedFile | undefined> => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    const stored = await findStoredFile(context.db, sha256);
    const ending = stored === undefined ? undefined : pictureEndings[stored.type];
    if (stored === undefined || ending === undefined || !(await mayRead(context, sha256))) return undefined;
    return { fileName: `图片.${ending}`, stored };
  };

  return {
    findPicture,

    addPicture: async (
      context: Context,
      { documentId, uploadId }: InferContractRouterInputs<typeof pictureContract>['addPicture'],
    ): Promise<InferContractRouterOutputs<typeof pictureContract>['addPicture']> => {
      const { db, actor, origin } = context;
      const draft = await findDraft(db, documentId, actor);
      const itemId = draft === null ? undefined : await store.findItemOfDocument(db, documentId);
      if (draft === null || itemId === undefined) throw notFound();
      if (draft.access !== 'edit') throw forbidden('这份草稿现在不能改，图片没有放进去。');
      await store.lockPictures(db, documentId);
      if ((await store.countPictures(db, documentId)) >= mostPictures)
        throw conflict(`一份草稿最多 ${mostPictures} 张图片。请先分成几份，或把图片放到附件里。`);
      const upload = await claimUpload(db, { uploadId, accountId: origin.accountId });
      checkPicture(upload);
      const { sha256 } = upload;
      await store.insertPicture(db, { documentId, itemId, sha256, uploadId });
      await recordAudit(db, origin, {
        action: 'library.picture-added',
        objectKind: 'library-draft',
        objectId: documentId,
        after: { itemId, sha256, size: upload.size },
      });
      return { file: sha256 };
    },

    openPicture: async (context: Context, { params }: FileInput): Promise<NamedFile> => {
      const found = await findPicture(context, params['sha256'] ?? '');
      if (found === undefined) throw notFound('没有这张图片，或者您还不能看它所在的内容。');
      return found;
    },
  };
};
