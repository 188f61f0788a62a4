import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const mtime = '2000-01-01T00:00:00';
const properties = 'docProps/core.xml';

/** The same Word file with a moment in place of when it was made, so that the same text is the same bytes. */
export const settledDocx = (bytes: Uint8Array, at: string): Buffer => {
  const parts = unzipSync(bytes);
  const core = parts[properties];
  if (core !== undefined)
    parts[properties] = strToU8(
      strFromU8(core).replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${at}`),
    );
  return Buffer.from(zipSync(parts, { mtime, level: 6 }));
};
