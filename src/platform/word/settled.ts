import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';

const mtime = '2000-01-01T00:00:00';
const properties = 'docProps/core.xml';
const text = 'word/document.xml';

/** The same Word file with a moment in place of when it was made, so that the same text is the same bytes. */
export const settledDocx = (bytes: Uint8Array, at: string): Buffer => {
  const parts = unzipSync(bytes);
  const core = parts[properties];
  if (core !== undefined)
    parts[properties] = strToU8(
      strFromU8(core).replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${at}`),
    );
  const body = parts[text];
  let picture = 0;
  if (body !== undefined)
    // Pictures are numbered through all files that this process wrote.
    parts[text] = strToU8(
      strFromU8(body).replaceAll(/(<wp:docPr id=")\d+/g, (_all, before: string) => {
        picture += 1;
        return `${before}${picture}`;
      }),
    );
  // Pictures are packed already: to try it again would hold everybody up for nothing.
  const packed = Object.entries(parts).map(([path, part]): [string, Zippable[string]] =>
    path.startsWith('word/media/') ? [path, [part, { level: 0 }]] : [path, part],
  );
  return Buffer.from(zipSync(Object.fromEntries(packed), { mtime, level: 6 }));
};
