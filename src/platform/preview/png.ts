import { crc32, deflateSync } from 'node:zlib';

interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Bytes of a row. */
  readonly stride: number;
  /** Blue, green, red and one byte without meaning. */
  readonly bgrx: Uint8Array;
}

const chunk = (kind: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** An opaque picture in true colour. */
export const encodePng = ({ width, height, stride, bgrx }: Bitmap): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    at += 1;
    for (let from = y * stride; from < y * stride + width * 4; from += 4) {
      rows[at] = bgrx[from + 2] ?? 0;
      rows[at + 1] = bgrx[from + 1] ?? 0;
      rows[at + 2] = bgrx[from] ?? 0;
      at += 3;
    }
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
