import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { adaptationScope } from '../../adaptation/policy.ts';
import type { Content } from '../../content/contract.ts';
import { pictureFiles } from '../../content/rules.ts';
import { itemScope } from '../../item/policy.ts';
import { claim, findOwnUpload, findReadablePicture, insertPicture, type PicturePlace } from '../store.ts';

/**
 * Notes which pictures stand in a content that is taken in: those that the caller brought, or may read where they stand
 * already. Of any other it knows only a name, which gives nobody a picture.
 */
export const notePictures = async (
  { db, actor, origin }: ActionContext<Actor>,
  place: PicturePlace,
  content: Content,
): Promise<void> => {
  const scopes = { item: itemScope(actor), adaptation: adaptationScope(actor) };
  for (const sha256 of pictureFiles(content)) {
    const uploadId =
      (await findOwnUpload(db, origin.accountId, sha256)) ?? (await findReadablePicture(db, sha256, scopes));
    if (uploadId === undefined) continue;
    await claim(db, uploadId);
    await insertPicture(db, { ...place, sha256, uploadId });
  }
};
