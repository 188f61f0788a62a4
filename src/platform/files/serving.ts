import { unknownType } from './content-type.ts';
import { extensionOf } from './file-name.ts';
import type { ByteRange } from './file-store.ts';
import { isPictureBomb, type PictureSize } from './picture-size.ts';

/** What a browser may show in a page, with the endings such files bear; everything else is only downloaded. */
const shown: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png', 'apng'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'video/mp4': ['mp4', 'm4v', 'm4a'],
  'video/webm': ['webm'],
  'audio/mpeg': ['mp3'],
  'audio/x-m4a': ['m4a'],
  'audio/wav': ['wav'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'video/ogg': ['ogg', 'ogv'],
};

/** Downloaded under their own type; every other type might be taken for a page and loses its name. */
const ownType = /^application\/(?:zip|x-cfb|vnd\.openxmlformats-officedocument\.[a-z]+\.[a-z]+)$/;

/** Nothing of it may run or load anything; Chromium's reader of PDF does not work in a sandbox of the policy. */
const closedPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'self'";

export interface Serving {
  readonly kind: 'inline' | 'attachment';
  readonly contentType: string;
  readonly policy: string;
}

/** How a file is given out: shown only when it is on the closed list, its ending agrees and it is no picture bomb. */
export const servingOf = (file: {
  readonly name: string;
  readonly type: string;
  readonly picture: PictureSize | null;
}): Serving => {
  const agrees = shown[file.type]?.includes(extensionOf(file.name)) === true;
  const safePicture =
    !file.type.startsWith('image/') || (file.picture !== null && !isPictureBomb(file.picture));
  const inline = agrees && safePicture;
  return {
    kind: inline ? 'inline' : 'attachment',
    contentType: shown[file.type] !== undefined || ownType.test(file.type) ? file.type : unknownType,
    policy: file.type === 'application/pdf' && inline ? closedPolicy : `sandbox; ${closedPolicy}`,
  };
};

/**
 * The part that a Range header asks for: null for the whole (no header, several parts, or one that is not understood),
 * `beyond` when nothing of it exists.
 */
export const rangeOf = (header: string | undefined, size: number): ByteRange | 'beyond' | null => {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  if (from === '') {
    const tail = Number(to);
    return tail === 0 ? 'beyond' : { first: Math.max(0, size - tail), last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return null;
  return first >= size ? 'beyond' : { first, last };
};
