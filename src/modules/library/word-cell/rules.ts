import type { WordCellBlock, WordInline } from '#platform/word/document.ts';
import { wordParagraph } from '#platform/word/document.ts';

const raised: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
  n: 'ⁿ',
  '(': '⁽',
  ')': '⁾',
};
const lowered: Readonly<Record<string, string>> = {
  '0': '₀',
  '1': '₁',
  '2': '₂',
  '3': '₃',
  '4': '₄',
  '5': '₅',
  '6': '₆',
  '7': '₇',
  '8': '₈',
  '9': '₉',
  '+': '₊',
  '-': '₋',
  '−': '₋',
  '(': '₍',
  ')': '₎',
};

const shifted = (text: string, table: Readonly<Record<string, string>>, mark: '^' | '_'): string => {
  const characters = Array.from(text);
  if (characters.every((character) => character in table))
    return characters.map((character) => table[character] ?? character).join('');
  return /^[0-9a-zA-Z+\-−]+$/u.test(text) ? `$${mark}{${text}}$` : plain(text);
};

/** A dollar would open a formula; the wide one looks the same and does not. */
const plain = (text: string): string => text.replaceAll('$', '＄');
const inFormula = (latex: string): string =>
  latex.replaceAll('\\$', '\\text{＄}').replaceAll('$', '').replaceAll(/\s+/gu, ' ').trim();

const inlineToCell = (inline: WordInline): string => {
  if (inline.kind === 'break') return '\n';
  if (inline.kind === 'formula') return `$${inFormula(inline.latex)}$`;
  if (inline.kind === 'picture')
    return `![${inline.alt.replaceAll(/[[\]\n$]/gu, ' ').trim()}](${inline.file})`;
  if (inline.marks.includes('superscript')) return shifted(inline.text, raised, '^');
  if (inline.marks.includes('subscript')) return shifted(inline.text, lowered, '_');
  return plain(inline.text);
};

export const inlinesToCell = (content: readonly WordInline[]): string =>
  content.map(inlineToCell).join('').trim();

/** Blocks as the text of a cell: a line each, lists with their numbers, formulas and pictures in the cell's own signs. */
export const toCell = (blocks: readonly WordCellBlock[]): string => {
  let counts: number[] = [];
  return blocks
    .map((block) => {
      if (block.kind === 'formula') return `$${inFormula(block.latex)}$`;
      const text = inlinesToCell(block.content);
      if (block.list === null) {
        counts = [];
        return block.label === '' ? text : `${block.label} ${text}`;
      }
      const { level, ordered } = block.list;
      counts.length = Math.min(counts.length, level + 1);
      while (counts.length <= level) counts.push(0);
      counts[level] = (counts[level] ?? 0) + 1;
      return `${'　'.repeat(level)}${ordered ? `${counts[level]}. ` : '· '}${text}`;
    })
    .filter((line) => line.trim() !== '')
    .join('\n')
    .trim();
};

const atoms = /!\[([^\]\n]*)\]\(([0-9a-f]{64})\)|\$([^$\n]+)\$/gu;

/** One line of a cell as inlines. */
export const lineToInlines = (line: string): WordInline[] => {
  const found: WordInline[] = [];
  let from = 0;
  const say = (text: string): void => {
    if (text !== '') found.push({ kind: 'text', text, marks: [] });
  };
  for (const match of line.matchAll(atoms)) {
    const [whole, alt = '', file, latex] = match;
    say(line.slice(from, match.index));
    found.push(
      latex === undefined
        ? { kind: 'picture', file: file ?? '', alt, width: null }
        : { kind: 'formula', latex },
    );
    from = match.index + whole.length;
  }
  say(line.slice(from));
  return found;
};

/** The text of a cell as paragraphs. */
export const fromCell = (text: string): WordCellBlock[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => wordParagraph(lineToInlines(line)));
