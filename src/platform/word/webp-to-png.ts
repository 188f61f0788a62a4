import { promisify } from 'node:util';
import { crc32, deflate, inflate } from 'node:zlib';
import { typeset } from '../typeset/typeset.ts';

const [pack, unpack] = [promisify(deflate), promisify(inflate)];

const page = new URL('./picture.typ', import.meta.url);

interface Raster {
  readonly id: string;
  /** The object with its transparency, where it has one. */
  readonly mask: string | null;
  readonly packed: Buffer;
}

/** The pictures in a PDF as typst writes it: plain dictionaries, one byte a sample, rows from the top. */
const rastersOf = (pdf: Buffer): Raster[] => {
  const text = pdf.toString('latin1');
  const found = text.matchAll(/(\d+) 0 obj\s*<<([^<>]*\/Subtype \/Image[^<>]*)>>\s*stream\r?\n/gu);
  return [...found].map((match) => {
    const [whole, id = '', facts = ''] = match;
    const from = match.index + whole.length;
    const length = Number(/\/Length (\d+)/u.exec(facts)?.[1] ?? 0);
    return {
      id,
      mask: /\/SMask (\d+) 0 R/u.exec(facts)?.[1] ?? null,
      packed: pdf.subarray(from, from + length),
    };
  });
};

/** By how many samples a pixel has: grey, grey and alpha, colours, colours and alpha. */
const colourTypes = [0, 4, 2, 6] as const;

const chunk = (kind: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** Rows of samples, those of `alpha` behind each pixel's own, as a PNG. */
const pngOf = async (
  { width, height }: { readonly width: number; readonly height: number },
  samples: Buffer,
  alpha: Buffer | null,
): Promise<Buffer | null> => {
  const own = samples.length / (width * height);
  if ((own !== 1 && own !== 3) || (alpha !== null && alpha.length !== width * height)) return null;
  const all = own + (alpha === null ? 0 : 1);
  const rows = Buffer.alloc(height * (1 + width * all));
  let to = 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (pixel % width === 0) to += 1;
    for (let at = 0; at < own; at += 1) rows[to + at] = samples[pixel * own + at] ?? 0;
    if (alpha !== null) rows[to + own] = alpha[pixel] ?? 0;
    to += all;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colourTypes[all - 1] ?? 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', await pack(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/**
 * For Word, which shows no WebP before 2021. typst, which is here already, unpacks the picture and puts it into a PDF,
 * from where it is taken; null where it cannot be unpacked.
 */
export const webpToPng = async (
  bytes: Buffer,
  size: { readonly width: number; readonly height: number },
): Promise<Buffer | null> => {
  const path = 'pictures-of-the-document/webp';
  const pdf = await typeset(page, { path, format: 'webp' }, new Map([['webp', bytes]])).catch(() => null);
  const rasters = pdf === null ? [] : rastersOf(pdf);
  const masks = new Set(rasters.map(({ mask }) => mask));
  const picture = rasters.find(({ id }) => !masks.has(id));
  if (picture === undefined) return null;
  const mask = rasters.find(({ id }) => id === picture.mask);
  const [samples, alpha] = [
    await unpack(picture.packed),
    mask === undefined ? null : await unpack(mask.packed),
  ];
  return pngOf(size, samples, alpha);
};
