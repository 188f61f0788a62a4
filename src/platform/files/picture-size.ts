export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels above which a picture is never decoded here or shown in a page: a small file may unfold to gigabytes. */
export const mostPixels = 100_000_000;

export const isPictureBomb = ({ width, height }: PictureSize): boolean => width * height > mostPixels;

const pngSize = (head: Buffer): PictureSize | null =>
  head.length >= 24 && head.toString('latin1', 12, 16) === 'IHDR'
    ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
    : null;

const gifSize = (head: Buffer): PictureSize | null =>
  head.length >= 10 ? { width: head.readUInt16LE(6), height: head.readUInt16LE(8) } : null;

const webpSize = (head: Buffer): PictureSize | null => {
  if (head.length < 30) return null;
  const kind = head.toString('latin1', 12, 16);
  if (kind === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
  if (kind === 'VP8 ')
    return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
  if (kind !== 'VP8L') return null;
  const bits = head.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
};

/** Frame headers (SOF) but for the tables that share their range: DHT, JPG, DAC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Walks along the segments; the frame may lie behind a long profile or a small picture of itself. */
const jpegSize = (head: Buffer): PictureSize | null => {
  let at = 2;
  while (at + 9 <= head.length) {
    if (head[at] !== 0xff) return null;
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else {
      const length = head.readUInt16BE(at + 2);
      if (length < 2) return null;
      at += 2 + length;
    }
  }
  return null;
};

const readers: Readonly<Record<string, (head: Buffer) => PictureSize | null>> = {
  'image/png': pngSize,
  'image/apng': pngSize,
  'image/gif': gifSize,
  'image/webp': webpSize,
  'image/jpeg': jpegSize,
};

/** What a picture's header says of its size, from the first bytes of the file; null where it does not say. */
export const pictureSizeOf = (type: string, head: Buffer): PictureSize | null =>
  readers[type]?.(head) ?? null;
