import { createHash } from 'node:crypto';
import type { Archive } from '../spreadsheet/archive.ts';
import type { Relationship } from '../spreadsheet/package-parts.ts';
import { UnreadableFile } from '../spreadsheet/unreadable-file.ts';

export interface WordPicture {
  /** SHA-256 of the bytes. */
  file: string;
  type: 'image/png' | 'image/jpeg' | 'image/gif';
  width: number;
  height: number;
  bytes: Buffer;
}

const megabyte = 1024 * 1024;
const mostPictures = 600;
const mostBytes = 20 * megabyte;
const mostBytesTogether = 200 * megabyte;
/** What a browser can unpack without harm; a page scanned at 600 dpi has 35 million. */
const mostPixels = 50_000_000;
const longestSide = 20_000;

export type PictureSize = Pick<WordPicture, 'type' | 'width' | 'height'>;

export const isTooLarge = ({ width, height }: Pick<PictureSize, 'width' | 'height'>): boolean =>
  width * height > mostPixels || Math.max(width, height) > longestSide;

/** Kind and size by the first bytes; the picture is never unpacked. Null: none of the three kinds. */
export const pictureSize = (bytes: Buffer): PictureSize | null => {
  if (
    bytes.length >= 24 &&
    bytes.readUInt32BE(0) === 0x89504e47 &&
    bytes.toString('latin1', 12, 16) === 'IHDR'
  )
    return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (bytes.length >= 10 && /^GIF8[79]a$/u.test(bytes.toString('latin1', 0, 6)))
    return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (bytes.length >= 4 && bytes.readUInt16BE(0) === 0xffd8) return jpegSize(bytes);
  return null;
};

const jpegSize = (bytes: Buffer): PictureSize | null => {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    if (marker === 0xd9 || marker === 0xda) return null;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
};

const formats: Readonly<Record<string, string>> = {
  wmf: 'WMF 图形',
  emf: 'EMF 图形',
  tif: 'TIFF 图片',
  tiff: 'TIFF 图片',
  bmp: 'BMP 图片',
  svg: 'SVG 图形',
  webp: 'WebP 图片',
};

/** Pictures of a document by the id of their relationship; a string says why one is not taken. */
export const readPictures = async (
  archive: Archive,
  relationships: readonly Relationship[],
): Promise<Map<string, WordPicture | string>> => {
  const found = new Map<string, WordPicture | string>();
  const byTarget = new Map<string, WordPicture | string>();
  let together = 0;
  for (const { id, type, target } of relationships) {
    if (type !== 'image') continue;
    const known = byTarget.get(target);
    const read =
      known ??
      (byTarget.size >= mostPictures || together > mostBytesTogether
        ? '图片过多'
        : await readPicture(archive, target));
    if (known === undefined && typeof read !== 'string') together += read.bytes.length;
    byTarget.set(target, read);
    found.set(id, read);
  }
  return found;
};

const readPicture = async (archive: Archive, target: string): Promise<WordPicture | string> => {
  const chunks: Buffer[] = [];
  try {
    const stream = await archive.open(target, mostBytes);
    if (stream === null) return '图片缺失';
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    if (error instanceof UnreadableFile && error.kind === 'too-large') return '图片超过 20 MB';
    throw error;
  }
  const bytes = Buffer.concat(chunks);
  const size = pictureSize(bytes);
  if (size === null)
    return formats[target.slice(target.lastIndexOf('.') + 1).toLowerCase()] ?? '无法识别的图片';
  const { width, height } = size;
  if (width < 1 || height < 1) return '无法识别的图片';
  if (isTooLarge(size)) return '图片的像素过多';
  return { ...size, bytes, file: createHash('sha256').update(bytes).digest('hex') };
};
