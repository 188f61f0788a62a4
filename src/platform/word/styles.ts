import type { Element } from '../formula/xml-tree.ts';
import { childOf, elements, valueOf } from '../formula/xml-tree.ts';

interface Style {
  name: string;
  basedOn: string | undefined;
  properties: Element | undefined;
  bold: boolean | undefined;
}

export const isOn = (property: Element | undefined): boolean | undefined => {
  if (property === undefined) return undefined;
  return !['0', 'false', 'off', 'none'].includes(property.attribute('val') ?? '1');
};

/** The paragraph styles of a document, each with what it inherits. */
export class Styles {
  readonly #styles = new Map<string, Style>();
  #byDefault = '';

  constructor(styles: readonly Element[]) {
    for (const style of styles) {
      const id = style.attribute('styleId');
      if (style.name !== 'style' || id === undefined) continue;
      if (
        style.attribute('type') === 'paragraph' &&
        isOn({ ...style, attribute: () => style.attribute('default') ?? '0' })
      )
        this.#byDefault = id;
      this.#styles.set(id, {
        name: (valueOf(style, 'name') ?? '').toLowerCase(),
        basedOn: valueOf(style, 'basedOn'),
        properties: childOf(style, 'pPr'),
        bold: isOn(childOf(childOf(style, 'rPr'), 'b')),
      });
    }
  }

  /** The style and those it is based on, nearest first. */
  #chain(id: string | undefined): Style[] {
    const chain: Style[] = [];
    let next = id ?? this.#byDefault;
    while (chain.length < 20) {
      const style = this.#styles.get(next);
      if (style === undefined) break;
      chain.push(style);
      if (style.basedOn === undefined) break;
      next = style.basedOn;
    }
    return chain;
  }

  /** A property of the paragraph itself, else of its style. */
  property(own: Element | undefined, name: string): Element | undefined {
    const direct = childOf(own, name);
    if (direct !== undefined) return direct;
    for (const { properties } of this.#chain(valueOf(own, 'pStyle'))) {
      const found = childOf(properties, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  isBold(own: Element | undefined): boolean {
    return this.#chain(valueOf(own, 'pStyle')).find(({ bold }) => bold !== undefined)?.bold ?? false;
  }

  /** 0 the title of the document, 1–9 a heading. */
  outline(own: Element | undefined): number | null {
    const level = Number(this.property(own, 'outlineLvl')?.attribute('val') ?? 'none');
    if (Number.isInteger(level)) return level >= 0 && level < 9 ? level + 1 : null;
    for (const { name } of this.#chain(valueOf(own, 'pStyle'))) {
      const heading = /^(?:heading|标题)\s*([1-9])$/u.exec(name);
      if (heading !== null) return Number(heading[1]);
      if (name === 'title' || name === '标题') return 0;
    }
    return null;
  }

  /** A line of a table of contents, which Word makes anew of itself. */
  isContents(own: Element | undefined): boolean {
    return this.#chain(valueOf(own, 'pStyle')).some(({ name }) => /^(?:toc|目录)\s*[1-9]$/u.test(name));
  }
}

interface Level {
  format: string;
  text: string;
  start: number;
}

const digits = '〇一二三四五六七八九';
const chinese = (count: number): string => {
  if (count >= 100 || count < 1) return String(count);
  const tens = Math.floor(count / 10);
  const ones = count % 10 === 0 ? '' : (digits[count % 10] ?? '');
  return `${tens === 0 ? '' : `${tens === 1 ? '' : (digits[tens] ?? '')}十`}${ones}`;
};
const letters = (count: number): string =>
  count < 1 ? '' : String.fromCharCode(65 + ((count - 1) % 26)).repeat(Math.ceil(count / 26));
const roman = (count: number): string => {
  let left = Math.min(count, 3999);
  let text = '';
  for (const [value, sign] of [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ] as const)
    for (; left >= value; left -= value) text += sign;
  return text;
};

const counted = (count: number, format: string): string => {
  if (/^(?:chinese|ideograph|japanese|taiwanese|korean)/u.test(format)) return chinese(count);
  if (format === 'upperLetter') return letters(count);
  if (format === 'lowerLetter') return letters(count).toLowerCase();
  if (format === 'upperRoman') return roman(count);
  if (format === 'lowerRoman') return roman(count).toLowerCase();
  if (format === 'decimalEnclosedCircle' || format === 'decimalEnclosedCircleChinese')
    return count >= 1 && count <= 20 ? String.fromCodePoint(0x245f + count) : String(count);
  if (format === 'none') return '';
  return String(count);
};

export interface Numbered {
  level: number;
  kind: 'bullet' | 'number' | 'label';
  /** Where in its list the item stands, from 1. */
  count: number;
  label: string;
}

/** Counts the numbered paragraphs of a document, as Word does while it lays them out. */
export class Numbering {
  readonly #abstract = new Map<string, Map<number, Level>>();
  readonly #lists = new Map<string, { abstract: string; starts: Map<number, number> }>();
  readonly #counts = new Map<string, number[]>();
  readonly #started = new Set<string>();

  constructor(parts: readonly Element[]) {
    for (const part of parts) {
      if (part.name === 'abstractNum') {
        const levels = new Map<number, Level>();
        for (const level of elements(part).filter(({ name }) => name === 'lvl'))
          levels.set(Number(level.attribute('ilvl') ?? '0'), {
            format: valueOf(level, 'numFmt') ?? 'decimal',
            text: valueOf(level, 'lvlText') ?? '',
            start: Number(valueOf(level, 'start') ?? '1'),
          });
        this.#abstract.set(part.attribute('abstractNumId') ?? '', levels);
      } else if (part.name === 'num') {
        const starts = new Map<number, number>();
        for (const override of elements(part).filter(({ name }) => name === 'lvlOverride')) {
          const start = valueOf(override, 'startOverride');
          if (start !== undefined) starts.set(Number(override.attribute('ilvl') ?? '0'), Number(start));
        }
        this.#lists.set(part.attribute('numId') ?? '', {
          abstract: valueOf(part, 'abstractNumId') ?? '',
          starts,
        });
      }
    }
  }

  next(properties: Element | undefined): Numbered | null {
    const id = valueOf(properties, 'numId');
    const list = id === undefined ? undefined : this.#lists.get(id);
    const levels = this.#abstract.get(list?.abstract ?? '');
    if (id === undefined || list === undefined || levels === undefined) return null;
    const depth = Math.min(8, Math.max(0, Math.trunc(Number(valueOf(properties, 'ilvl') ?? '0')) || 0));
    const level = levels.get(depth);
    if (level === undefined) return null;
    const counts = this.#counts.get(list.abstract) ?? [];
    this.#counts.set(list.abstract, counts);
    const override = list.starts.get(depth);
    const first = override !== undefined && !this.#started.has(`${id}/${depth}`);
    this.#started.add(`${id}/${depth}`);
    counts[depth] = first ? override : (counts[depth] ?? level.start - 1) + 1;
    counts.length = depth + 1;
    const count = counts[depth] ?? 1;
    if (level.format === 'bullet') return { level: depth, kind: 'bullet', count, label: '' };
    const plain = level.format === 'decimal' && /^[（(]?%[1-9][）).．、]?$/u.test(level.text.trim());
    const label = level.text.replaceAll(/%([1-9])/gu, (_, digit: string) => {
      const at = Number(digit) - 1;
      return counted(counts[at] ?? levels.get(at)?.start ?? 1, levels.get(at)?.format ?? 'decimal');
    });
    return { level: depth, kind: plain ? 'number' : 'label', count, label };
  }
}
