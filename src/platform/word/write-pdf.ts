import type { Formula } from '../formula/tree.ts';
import { typeset } from '../typeset/typeset.ts';
import type {
  WordBlock,
  WordCellBlock,
  WordInline,
  WordOutput,
  WordParagraph,
  WordTable,
} from './document.ts';
import { wordParagraph } from './document.ts';
import type { PictureSource, PrintedType, Resources } from './resources.ts';
import { fitted, labelText, loadResources, printable } from './resources.ts';
import type { WrittenFile } from './write-docx.ts';

/** What document.typ reads: everything looked up and measured, nothing left to decide. */
type SetInline =
  | { kind: 'text'; text: string; marks: readonly string[] }
  | { kind: 'break' }
  | { kind: 'formula'; latex: string; tree: Formula | null; tall: boolean }
  | { kind: 'missing'; text: string }
  | { kind: 'picture'; path: string; format: string; width: number; height: number; alt: string };

interface SetParagraph {
  kind: 'paragraph';
  outline: number | null;
  /** The number or dot of a list item. */
  marker: string;
  level: number;
  label: string;
  centred: boolean;
  content: SetInline[];
}
type SetLine = SetParagraph | { kind: 'formula'; latex: string; tree: Formula | null };
interface SetCell {
  row: number;
  column: number;
  colspan: number;
  rowspan: number;
  head: boolean;
  blocks: SetLine[];
}
interface SetTable {
  kind: 'table';
  shares: readonly number[];
  headRows: number;
  cells: SetCell[];
}

const document = new URL('./document.typ', import.meta.url);
const probe = new URL('./picture.typ', import.meta.url);
/** Points of 160 mm, and how much of a page a picture may take. */
const TEXT_WIDTH = 453;
const TALLEST = 640;
const pointsOfPixel = 0.75;

/** Pictures are unpacked by typst, four bytes a pixel, until the document is set. */
const budget = { bytes: 80 * 2 ** 20, pixels: 300_000_000 };

/** The same as PDF/A. User text is never read as markup; a picture that cannot be drawn is marked in its place. */
export const toPdfFile = async (output: WordOutput, source: PictureSource): Promise<WrittenFile> => {
  const resources = await loadResources(output, source, budget);
  try {
    return { bytes: await setOnce(output, resources), notices: resources.notices };
  } catch (error) {
    if (!(error instanceof Error) || !/decode|image/iu.test(error.message)) throw error;
    const sound = await withoutBroken(resources);
    return {
      bytes: await setOnce(output, sound),
      notices: [...sound.notices, '有图片已损坏，不能印出，已在原处标出。请换上完好的图片后重新导出。'],
    };
  }
};

const setOnce = (output: WordOutput, resources: Resources): Promise<Buffer> => {
  const pictures = new Map<string, Uint8Array>();
  for (const [file, picture] of resources.pictures) if (picture !== null) pictures.set(file, picture.bytes);
  return typeset(
    document,
    {
      title: printable(output.title),
      author: printable(output.author),
      subtitle: printable(output.subtitle),
      footer: printable(output.footer),
      blocks: [...factsTable(output.facts), ...setBlocks(output.blocks, resources)],
    },
    pictures,
  );
};

/** Each picture set alone, to find those that cannot be. */
const withoutBroken = async (resources: Resources): Promise<Resources> => {
  const pictures = new Map(resources.pictures);
  for (const [file, picture] of resources.pictures) {
    if (picture === null) continue;
    try {
      await typeset(
        probe,
        { path: pathOf(file), format: formatOf(picture.type) },
        new Map([[file, picture.bytes]]),
      );
    } catch {
      pictures.set(file, null);
    }
  }
  return { ...resources, pictures };
};

const pathOf = (file: string): string => `pictures-of-the-document/${file}`;
const formats: Readonly<Record<PrintedType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};
const formatOf = (type: PrintedType): string => formats[type];

const factsTable = (facts: WordOutput['facts']): SetTable[] => {
  if (facts.length === 0) return [];
  const cell = (row: number, column: number, text: string): SetCell => ({
    row,
    column,
    colspan: 1,
    rowspan: 1,
    head: column % 2 === 0,
    blocks:
      text === ''
        ? []
        : [setParagraph(wordParagraph([{ kind: 'text', text, marks: [] }]), '', noResources, 100)],
  });
  return [
    {
      kind: 'table',
      shares: [1, 2, 1, 2],
      headRows: 0,
      cells: facts.flatMap(([label, value], at) => {
        const column = (at % 2) * 2;
        const row = Math.floor(at / 2);
        return [cell(row, column, label), cell(row, column + 1, value)];
      }),
    },
  ];
};

const noResources: Resources = { formulas: new Map(), pictures: new Map(), notices: [] };

const setBlocks = (blocks: readonly WordBlock[], resources: Resources): (SetLine | SetTable)[] => {
  const marker = new Markers();
  return blocks.map((block) => {
    if (block.kind === 'table') return setTable(block, resources);
    return setLine(block, marker, resources, TEXT_WIDTH);
  });
};

/** Numbers the items of lists. */
class Markers {
  #counts: number[] = [];

  of({ list }: WordParagraph): string {
    if (list === null) {
      this.#counts = [];
      return '';
    }
    this.#counts.length = Math.min(this.#counts.length, list.level + 1);
    for (let level = this.#counts.length; level <= list.level; level += 1) this.#counts.push(0);
    if (!list.ordered) return '•';
    const count = (this.#counts[list.level] ?? 0) + 1;
    this.#counts[list.level] = count;
    return `${count}.`;
  }

  reset(): void {
    this.#counts = [];
  }
}

const setLine = (block: WordCellBlock, marker: Markers, resources: Resources, width: number): SetLine => {
  if (block.kind === 'paragraph') return setParagraph(block, marker.of(block), resources, width);
  marker.reset();
  return {
    kind: 'formula',
    latex: printable(block.latex),
    tree: resources.formulas.get(block.latex) ?? null,
  };
};

/** In letters. PDF/A keeps a heading's words once more beside the page, and takes no more than 32,767 of them. */
const longestHeading = 2_000;
const lettersOf = ({ content }: WordParagraph): number =>
  content.reduce((sum, inline) => sum + (inline.kind === 'text' ? inline.text.length : 0), 0);

const setParagraph = (
  block: WordParagraph,
  marker: string,
  resources: Resources,
  width: number,
): SetParagraph => ({
  kind: 'paragraph',
  outline: lettersOf(block) > longestHeading ? null : block.outline,
  marker,
  level: block.list?.level ?? 0,
  label: labelText(block.label),
  centred: block.centred,
  content: block.content.map((inline) => setInline(inline, resources, width)),
});

const setFormula = (latex: string, resources: Resources): Extract<SetInline, { kind: 'formula' }> => {
  const tree = resources.formulas.get(latex) ?? null;
  return {
    kind: 'formula',
    latex: printable(latex),
    tree,
    tall: tree !== null && isTall(tree),
  };
};

/** Needs more than a line's height; such a formula is set in full size, as in textbooks. */
const isTall = (formula: Formula): boolean =>
  formula.kind === 'fraction' ||
  formula.kind === 'limits' ||
  formula.kind === 'table' ||
  (formula.kind === 'row' && formula.items.some(isTall)) ||
  (formula.kind === 'fence' && formula.parts.some(isTall)) ||
  (formula.kind === 'scripts' && isTall(formula.base)) ||
  ((formula.kind === 'root' || formula.kind === 'enclosed') && isTall(formula.body));

/** Nothing is one word for whole pages: PDF/A takes no line of more than 32,767 letters. */
const breakable = (text: string): string => text.replaceAll(/[!-~]{1000}/gu, '$&\u200b');

const setInline = (inline: WordInline, resources: Resources, width: number): SetInline => {
  if (inline.kind === 'break') return inline;
  if (inline.kind === 'text') return { ...inline, text: breakable(printable(inline.text)) };
  if (inline.kind === 'formula') return setFormula(inline.latex, resources);
  const picture = resources.pictures.get(inline.file) ?? null;
  if (picture === null) return { kind: 'missing', text: '【图片缺失】' };
  const space = { width: width / pointsOfPixel, height: TALLEST / pointsOfPixel };
  const size = fitted(picture, inline.width, space);
  return {
    kind: 'picture',
    path: pathOf(inline.file),
    format: formatOf(picture.type),
    width: size.width * pointsOfPixel,
    height: size.height * pointsOfPixel,
    alt: printable(inline.alt),
  };
};

const setTable = (table: WordTable, resources: Resources): SetTable => {
  const columns = Math.max(
    1,
    ...table.rows.flatMap(({ cells }) => cells.map(({ column, colspan }) => column + colspan)),
  );
  const shares = Array.from({ length: columns }, (_, at) => table.shares?.[at] ?? 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const firstBody = table.rows.findIndex(({ header }) => !header);
  return {
    kind: 'table',
    shares,
    headRows: firstBody < 0 ? 0 : firstBody,
    cells: table.rows.flatMap(({ header, cells }, row) =>
      cells.map(({ column, colspan, rowspan, blocks }) => {
        const share = shares.slice(column, column + colspan).reduce((sum, one) => sum + one, 0);
        const marker = new Markers();
        const width = Math.max(20, (TEXT_WIDTH * share) / whole - 9);
        return {
          row,
          column,
          colspan,
          rowspan,
          head: header,
          blocks: blocks.map((block) => setLine(block, marker, resources, width)),
        };
      }),
    ),
  };
};
