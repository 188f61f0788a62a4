import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { adaptationScope } from '../../adaptation/policy.ts';
import type { Content } from '../../content/contract.ts';
import { pictureFiles } from '../../content/rules.ts';
import { itemScope } from '../../item/policy.ts';
import {
  claim,
  findOwnUpload,
  findReadablePicture,
  insertPicture,
  insertStanding,
  listPictures,
  type PicturePlace,
} from '../store.ts';

type Context = ActionContext<Actor>;

/**
 * Notes which pictures stand in a content that is taken in: those that the caller brought, or may read where they stand
 * already. Of any other it knows only a name, which gives nobody a picture.
 */
export const notePictures = async (
  { db, actor, origin }: Context,
  place: PicturePlace,
  content: Content,
): Promise<void> => {
  const files = pictureFiles(content);
  if (files.length === 0) return;
  const scopes = { item: itemScope(actor), adaptation: adaptationScope(actor) };
  const noted = new Set(await listPictures(db, place.documentId));
  for (const sha256 of files.filter((file) => !noted.has(file))) {
    const uploadId =
      (await findOwnUpload(db, origin.accountId, sha256)) ?? (await findReadablePicture(db, sha256, scopes));
    if (uploadId === undefined) continue;
    await claim(db, uploadId);
    await insertPicture(db, { ...place, sha256, uploadId });
  }
};

/** What a round published: its pictures, noted when it was sent to the reviewers, are for all who read the item. */
export const notePublished = async (
  { db }: Context,
  place: PicturePlace,
  content: Content,
): Promise<void> => {
  const files = pictureFiles(content);
  if (files.length > 0) await insertStanding(db, place, 'published', files);
};

/** What an adaptation holds from now on: its pictures are for all who read the adaptation. */
export const noteSaved = async (context: Context, place: PicturePlace, content: Content): Promise<void> => {
  await notePictures(context, place, content);
  const files = pictureFiles(content);
  if (files.length > 0) await insertStanding(context.db, place, 'saved', files);
};
