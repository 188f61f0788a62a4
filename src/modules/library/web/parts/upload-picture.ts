import { ORPCError } from '@orpc/client';
import { newId } from '#platform/ids.ts';
import { uploadOne } from '#web/upload-one.ts';
import { largestPicture, pictureEndings } from '../../picture/vocabulary/contract.ts';
import { library } from './api.ts';
import type { UploadPicture } from './text-editor.tsx';

const refused = (message: string) => new ORPCError('INVALID', { message });

/** Puts a picture into the file store and notes that it stands in the draft. */
export const uploadPictureTo =
  (accountId: string, documentId: string): UploadPicture =>
  async (file) => {
    if (file.type !== '' && pictureEndings[file.type] === undefined)
      throw refused('请选择 PNG、JPEG、GIF 或 WebP 图片。');
    if (file.size > largestPicture) throw refused('图片超过 10 MB，请压缩后再放进来。');
    const uploadId = await uploadOne(`${accountId}:pictures`, file);
    const taken = await library.client.addPicture(
      { documentId, uploadId },
      { context: { idempotencyKey: newId() } },
    );
    return taken.file;
  };
