import type { Element } from '../formula/xml-tree.ts';
import { childOf, elements, textOf, valueOf } from '../formula/xml-tree.ts';
import { UnreadableFile } from '../spreadsheet/unreadable-file.ts';
import type { WordBlock, WordCell, WordCellBlock, WordInline, WordRow, WordTable } from './document.ts';
import { wordParagraph } from './document.ts';
import type { InlineContext } from './inlines.ts';
import { readInlines } from './inlines.ts';
import type { Numbered, Numbering, Styles } from './styles.ts';
import { isOn } from './styles.ts';

export interface WordLimits {
  paragraphs: number;
  characters: number;
}

/** Turns the elements of a document's body into blocks, one after another. */
export class BodyReader {
  readonly #context: InlineContext;
  readonly #styles: Styles;
  readonly #numbering: Numbering;
  readonly #limits: WordLimits;
  #paragraphs = 0;
  #characters = 0;
  /** The plain lists that the last block is an item of, outermost first, and how far each is counted. */
  #listed: { depth: number; count: number }[] = [];

  constructor(context: InlineContext, styles: Styles, numbering: Numbering, limits: WordLimits) {
    this.#context = context;
    this.#styles = styles;
    this.#numbering = numbering;
    this.#limits = limits;
  }

  read(element: Element): WordBlock[] {
    const { name } = element;
    if (name === 'p') return this.#paragraph(element);
    if (name === 'tbl') {
      this.#listed = [];
      return [this.#table(element)];
    }
    if (name === 'sdt' && isContentsPart(element)) {
      this.#context.losses.leaveOut(textOf(element), '自动生成的目录');
      return [];
    }
    if (wrappers.has(name)) return elements(element).flatMap((child) => this.read(child));
    if (name === 'oMathPara') return this.#paragraph({ ...element, children: [element] });
    if (name === 'AlternateContent') {
      const choice = childOf(element, 'Choice') ?? childOf(element, 'Fallback');
      return choice === undefined ? [] : elements(choice).flatMap((child) => this.read(child));
    }
    if (name === 'del' || name === 'moveFrom')
      this.#context.losses.leaveOut(textOf(element), '修订中删除的文字');
    return [];
  }

  #paragraph(element: Element): WordCellBlock[] {
    this.#count(element);
    const properties = childOf(element, 'pPr');
    if (this.#styles.isContents(properties)) {
      this.#context.losses.leaveOut(textOf(element), '自动生成的目录');
      return [];
    }
    const outline = this.#styles.outline(properties);
    const numbered = this.#numbering.next(this.#styles.property(properties, 'numPr'));
    const bold = outline === null && this.#styles.isBold(properties);
    const content = trimmed(readInlines(elements(element), this.#context, bold));
    const boxes = this.#context.boxes
      .splice(0)
      .flatMap((box) => elements(box).flatMap((child) => this.#inCell(child)));
    if (content.length === 0) return boxes;
    const formulas = displayedAlone(content, this.#context);
    if (formulas !== null) {
      this.#listed = [];
      return [...formulas, ...boxes];
    }
    const centred = this.#styles.property(properties, 'jc')?.attribute('val') === 'center';
    const list = outline === null ? this.#list(numbered) : null;
    if (list === null) this.#listed = [];
    const label = list === null && numbered !== null && numbered.kind !== 'bullet' ? numbered.label : '';
    return [wordParagraph(content, { outline, list, label, centred }), ...boxes];
  }

  /** An item of a plain list, if such a list would give it the number it has in Word. */
  #list(numbered: Numbered | null): { ordered: boolean; level: number } | null {
    if (numbered === null || numbered.kind === 'label') return null;
    const ordered = numbered.kind === 'number';
    const kept = this.#listed.filter(({ depth }) => depth <= numbered.level);
    const same = kept.at(-1)?.depth === numbered.level ? kept.pop() : undefined;
    if (ordered && numbered.count !== (same?.count ?? 0) + 1) return null;
    const level = kept.length;
    this.#listed = [...kept, { depth: numbered.level, count: ordered ? numbered.count : 0 }];
    return { ordered, level };
  }

  #count(element: Element): void {
    this.#paragraphs += 1;
    this.#characters += textOf(element).length;
    if (this.#paragraphs > this.#limits.paragraphs || this.#characters > this.#limits.characters)
      throw new UnreadableFile(
        'too-large',
        `文件太长（超过 ${this.#limits.paragraphs} 段或 ${this.#limits.characters / 10_000} 万字），不像是一份教学设计。请按课或单元拆成几个文件后再上传。`,
      );
  }

  #table(element: Element): WordTable {
    const rows: WordRow[] = [];
    /** The cell that a merged column goes on with. */
    const above = new Map<number, WordCell>();
    for (const line of rowsOf(element)) {
      const properties = childOf(line, 'trPr');
      if (childOf(properties, 'del') !== undefined) {
        this.#context.losses.count('revision');
        this.#context.losses.leaveOut(textOf(line), '修订中删除的表格行');
        continue;
      }
      const row: WordRow = { header: isOn(childOf(properties, 'tblHeader')) ?? false, cells: [] };
      let column = amount(valueOf(properties, 'gridBefore') ?? '0');
      for (const cell of cellsOf(line)) {
        const looks = childOf(cell, 'tcPr');
        const colspan = Math.max(1, amount(valueOf(looks, 'gridSpan') ?? '1'));
        const merge = childOf(looks, 'vMerge');
        this.#listed = [];
        const blocks = elements(cell).flatMap((child) => this.#inCell(child));
        const origin = above.get(column);
        if (merge !== undefined && merge.attribute('val') !== 'restart' && origin !== undefined) {
          origin.rowspan += 1;
          origin.blocks.push(...blocks);
        } else {
          const made: WordCell = { column, colspan, rowspan: 1, blocks };
          row.cells.push(made);
          if (merge === undefined) above.delete(column);
          else above.set(column, made);
        }
        column += colspan;
      }
      rows.push(row);
    }
    this.#listed = [];
    return { kind: 'table', rows };
  }

  /** In a cell or a text box: a table within is taken apart into its paragraphs. */
  #inCell(element: Element): WordCellBlock[] {
    if (element.name !== 'tbl') {
      const blocks = element.name === 'p' ? this.#paragraph(element) : [];
      if (element.name !== 'p' && wrappers.has(element.name))
        return elements(element).flatMap((child) => this.#inCell(child));
      return blocks;
    }
    this.#context.losses.count('nested-table');
    return rowsOf(element).flatMap((line) => {
      const cells = cellsOf(line).map((cell) => elements(cell).flatMap((child) => this.#inCell(child)));
      const plain = cells.flatMap((blocks) => {
        const [only] = blocks;
        return blocks.length === 1 && only?.kind === 'paragraph' && only.list === null ? [only] : [];
      });
      if (plain.length !== cells.length) return cells.flat();
      return [
        wordParagraph(
          plain.flatMap((cell, at): WordInline[] => [
            ...(at === 0 ? [] : [{ kind: 'text' as const, text: '\t', marks: [] }]),
            ...cell.content,
          ]),
        ),
      ];
    });
  }
}

const wrappers = new Set(['sdt', 'sdtContent', 'customXml', 'smartTag', 'ins', 'moveTo']);

const isContentsPart = (element: Element): boolean => {
  const gallery = childOf(childOf(childOf(element, 'sdtPr'), 'docPartObj'), 'docPartGallery');
  return /table of contents/iu.test(gallery?.attribute('val') ?? '');
};

const within = (element: Element, name: string): Element[] =>
  elements(element).flatMap((child) =>
    child.name === name ? [child] : wrappers.has(child.name) ? within(child, name) : [],
  );
const rowsOf = (table: Element): Element[] => within(table, 'tr');
const cellsOf = (row: Element): Element[] => within(row, 'tc');

const amount = (value: string): number => {
  const count = Number(value);
  return Number.isInteger(count) && count >= 0 ? Math.min(count, 63) : 0;
};

/** Without white space and breaks at both ends; spaces at the start are how many indent. */
const trimmed = (content: readonly WordInline[]): WordInline[] => {
  const out = [...content];
  for (const [index, cut] of [
    [0, (text: string) => text.trimStart()],
    [-1, (text: string) => text.trimEnd()],
  ] as const)
    for (;;) {
      const inline = out.at(index);
      if (inline === undefined || (inline.kind !== 'text' && inline.kind !== 'break')) break;
      const text = inline.kind === 'text' ? cut(inline.text) : '';
      if (text !== '' && inline.kind === 'text') {
        out[index === 0 ? 0 : out.length - 1] = { ...inline, text };
        break;
      }
      out.splice(index, 1);
    }
  return out;
};

/** The formulas of a paragraph that holds nothing else and sets them in lines of their own. */
const displayedAlone = (content: readonly WordInline[], context: InlineContext): WordCellBlock[] | null => {
  const out: WordCellBlock[] = [];
  for (const inline of content) {
    if (inline.kind === 'formula' && context.displayed.has(inline))
      out.push({ kind: 'formula', latex: inline.latex });
    else if (!(inline.kind === 'text' && inline.text.trim() === '')) return null;
  }
  return out.length === 0 ? null : out;
};
