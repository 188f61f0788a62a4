import type { Element } from '../formula/xml-tree.ts';
import type { Archive } from '../spreadsheet/archive.ts';
import type { TableLimits } from '../spreadsheet/table-row.ts';
import { UnreadableFile } from '../spreadsheet/unreadable-file.ts';
import type { XmlListener } from '../spreadsheet/xml.ts';
import { readXml } from '../spreadsheet/xml.ts';

const mostElements = 400_000;
const withText = new Set(['t', 'delText', 'instrText', 'delInstrText']);
/** Looks and marks of the editor that say nothing about the content, and would only take memory. */
const passedOver = new Set([
  'proofErr',
  'bookmarkStart',
  'bookmarkEnd',
  'lastRenderedPageBreak',
  'tblBorders',
  'tblCellMar',
  'tcBorders',
  'tcMar',
  'rFonts',
  'spPr',
  'effectLst',
  'shd',
  'spacing',
  'ind',
  'lang',
  'sz',
  'szCs',
  'color',
  'kern',
  'ctrlPr',
]);

/** Gathers whole elements below `parent`, one by one, so that a long document never stands in memory at once. */
class TreeListener implements XmlListener<Element> {
  readonly #parent: string;
  #inside = false;
  #open: Element[] = [];
  #passing = 0;
  #count = 0;
  #done: Element[] = [];

  constructor(parent: string) {
    this.#parent = parent;
  }

  open(name: string, attribute: (local: string) => string | undefined): void {
    if (!this.#inside) {
      this.#inside = name === this.#parent;
      return;
    }
    if (this.#passing > 0 || passedOver.has(name)) {
      this.#passing += 1;
      return;
    }
    this.#count += 1;
    if (this.#count > mostElements)
      throw new UnreadableFile(
        'too-large',
        '文件里有一张特别大的表格，无法读取。请把表格分开，并按课或单元拆成几个文件后再上传。',
      );
    const element: Element = { name, attribute, children: [] };
    this.#open.at(-1)?.children.push(element);
    this.#open.push(element);
  }

  text(value: string): void {
    const current = this.#open.at(-1);
    if (this.#passing === 0 && current !== undefined && withText.has(current.name))
      current.children.push(value);
  }

  close(): void {
    if (!this.#inside) return;
    if (this.#passing > 0) {
      this.#passing -= 1;
      return;
    }
    const element = this.#open.pop();
    if (element === undefined) this.#inside = false;
    else if (this.#open.length === 0) {
      this.#done.push(element);
      this.#count = 0;
    }
  }

  take(): Element[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }
}

/** The elements right below `parent` in a part of the package; none where there is no such part. */
export async function* readBelow(
  archive: Archive,
  part: string,
  parent: string,
  limits: TableLimits,
): AsyncGenerator<Element> {
  const bytes = await archive.open(part, limits.heldBytes);
  if (bytes !== null) yield* readXml(bytes, new TreeListener(parent));
}
