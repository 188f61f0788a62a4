import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { families, packagedFonts } from './fonts.ts';

/** `template` is the address of a .typ file, `data` JSON, `pictures` the bytes of its pictures by file name. */
export type TypesetRequest = {
  id: number;
  template: string;
  data: string;
  pictures: ReadonlyMap<string, Uint8Array>;
};
/** `missing`: characters that no font has; every character when there is no Chinese font. */
export type TypesetReply =
  | { id: number; pdf: Uint8Array }
  | { id: number; missing: string[]; noChineseFont: boolean }
  | { id: number; problem: string };

const templates = new Map<string, string>();
const templateAt = (address: string): string => {
  const text = templates.get(address) ?? readFileSync(new URL(address), 'utf8');
  templates.set(address, text);
  return text;
};
const fontBlobs = packagedFonts();
const compiler = NodeCompiler.create(fontBlobs.length === 0 ? {} : { fontArgs: [{ fontBlobs }] });

const undisplayable = /text `\\?"(.+?)\\?"` could not be displayed/gu;
/** Rust's way of printing what has no picture. */
const escaped = /\\+u\{([0-9a-f]+)\}/gu;

class MissingGlyphs extends Error {
  readonly characters: string[];
  constructor(characters: string[]) {
    super(`no glyph for ${characters.join('')}`);
    this.characters = characters;
  }
}

const compile = (mainFileContent: string, inputs: Record<string, string>): Uint8Array => {
  const compiled = compiler.compile({ mainFileContent, inputs });
  if (!compiled.result) throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics));
  try {
    // PDF/A: fit for the archive, and the only form in which a missing glyph is an error and not a box.
    return compiler.pdf(compiled.result, { pdfStandard: 'a-2b' });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const characters = [...message.matchAll(undisplayable)].map(([, text = '']) =>
      text.replace(escaped, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    );
    throw characters.length === 0 ? error : new MissingGlyphs([...new Set(characters)]);
  } finally {
    compiler.evictCache(10);
  }
};

const hasChineseFont = (): boolean => {
  try {
    compile('#set text(font: json(bytes(sys.inputs.fonts)))\n的一是', {
      fonts: JSON.stringify(families.fang),
    });
    return true;
  } catch {
    return false;
  }
};

/** Pictures stand under a folder that is nowhere on the disk, so that a template reads nothing else. */
const pictureFolder = join(process.cwd(), 'pictures-of-the-document');

const answer = ({ id, template, data, pictures }: TypesetRequest): TypesetReply => {
  try {
    for (const [name, bytes] of pictures) compiler.mapShadow(join(pictureFolder, name), Buffer.from(bytes));
    return { id, pdf: compile(templateAt(template), { data, fonts: JSON.stringify(families) }) };
  } catch (error) {
    if (error instanceof MissingGlyphs) {
      return { id, missing: error.characters, noChineseFont: !hasChineseFont() };
    }
    return { id, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    for (const name of pictures.keys()) compiler.unmapShadow(join(pictureFolder, name));
  }
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
parentPort?.on('message', (request: TypesetRequest) => parentPort?.postMessage(answer(request)));
