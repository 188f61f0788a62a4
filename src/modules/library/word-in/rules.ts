import type {
  WordBlock,
  WordCellBlock,
  WordInline,
  WordParagraph,
  WordTable,
} from '#platform/word/document.ts';
import { wordParagraph, wordText } from '#platform/word/document.ts';
import type { SectionTemplate } from '../template/contract.ts';
import { templates } from '../template/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { HintName, WordDesign, WordHints, WordPlace } from './contract.ts';
import type { FormTarget } from './form/rules.ts';
import { readTable } from './form/rules.ts';
import type { HeadingLine, HeadingStyle } from './label/rules.ts';
import { bareLabel, headingOf, matchFact, matchSection } from './label/rules.ts';
import { isAnswerHeading, isQuestion, questionGroup } from './paper/rules.ts';
import type { Grid, RowPiece } from './row/rules.ts';
import type { Placed } from './section/rules.ts';
import { assemble } from './section/rules.ts';

export interface WordInput {
  blocks: readonly WordBlock[];
  leftOut: readonly { text: string; reason: string }[];
  notices: readonly string[];
}

/** A teacher's Word file as a design of that kind: by its headings and the labels of its tables. Nothing is dropped. */
export const designFromWord = (input: WordInput, kind: ItemKind, newId: () => string): WordDesign => {
  const reading = new Reading(templates[kind], newId, sectionLevel(input.blocks, templates[kind]));
  for (const block of input.blocks) reading.block(block);
  const { sections, hints, where, lessons } = reading;
  const { content, leftOut } = assemble(templates[kind], sections, newId);
  const guesses = where.filter(({ sure }) => !sure).length;
  return {
    content,
    hints,
    where,
    leftOut: [...input.leftOut, ...reading.leftOut, ...leftOut],
    warnings: [
      ...(where.some(({ section, sure }) => section !== null && sure)
        ? []
        : [
            '没有认出任何栏目，内容已放在自定义栏目里。请在预览中把它们移到相应的栏目，或给文件中的栏目加上标题后重新导入。',
          ]),
      ...(lessons > 1
        ? [`文件里似乎有 ${lessons} 个课时的教案，已合在一份里。请核对，或按课时分开后重新导入。`]
        : []),
      ...(guesses > 0 ? [`有 ${guesses} 处内容的栏目是猜的，请在预览中核对。`] : []),
      ...input.notices,
    ],
  };
};

/**
 * The level of Word's heading styles at which a file's sections stand, where it uses them; other lines that look like
 * headings then belong to the section they stand in.
 */
const sectionLevel = (blocks: readonly WordBlock[], template: readonly SectionTemplate[]): number | null => {
  const levels: number[] = [];
  let others = 0;
  for (const block of blocks) {
    const heading = block.kind === 'paragraph' ? headingOf(block) : null;
    if (heading === null || !(matchSection(heading.title, template, false)?.sure ?? false)) continue;
    if (heading.style === 'outline') levels.push(heading.level);
    else if (heading.rest.length === 0 && heading.style !== 'plain') others += 1;
  }
  return levels.length >= 2 && levels.length > others ? Math.min(...levels) : null;
};

interface Current {
  key: string;
  style: HeadingStyle;
  level: number;
  ordinal: number | null;
}

const excerpt = (text: string): string => {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > 24 ? `${line.slice(0, 24)}…` : line;
};

class Reading implements FormTarget {
  readonly template: readonly SectionTemplate[];
  readonly sections: Placed[] = [];
  readonly where: WordPlace[] = [];
  readonly leftOut: { text: string; reason: string }[] = [];
  readonly hints: WordHints = {
    title: null,
    subject: null,
    grade: null,
    edition: null,
    unit: null,
    lessonHour: null,
    facts: [],
  };
  lessons = 0;
  readonly #newId: () => string;
  readonly #level: number | null;
  readonly #paper: SectionTemplate | undefined;
  #current: Current | null = null;
  #prefix = '';
  #paragraphs = 0;
  #tables = 0;

  constructor(template: readonly SectionTemplate[], newId: () => string, level: number | null) {
    this.template = template;
    this.#newId = newId;
    this.#level = level;
    this.#paper = template.find(({ columns }) => columns?.some(({ key }) => key === 'stem') === true);
  }

  block(block: WordBlock): void {
    if (block.kind === 'table') {
      this.#tables += 1;
      readTable(block, `表${this.#tables}`, this);
      return;
    }
    this.#paragraphs += 1;
    this.#line(block, `第${this.#paragraphs}段`, false);
  }

  openRows(): SectionTemplate | null {
    const open = this.template.find(({ key }) => key === this.#current?.key);
    return open?.columns === undefined ? null : open;
  }

  fact(name: HintName | 'other', label: string, value: string, at: string): void {
    if (name !== 'other' && value !== '') this.hints[name] = this.hints[name] ?? value;
    this.hints.facts.push({ label, value });
    if (value !== '') this.where.push({ at, label: excerpt(value), section: null, title: label, sure: true });
  }

  section(section: SectionTemplate, label: string, sure: boolean, at: string): void {
    this.#open(section, label, sure, at, { style: 'cell', level: 0, ordinal: null });
  }

  ownSection(label: string, at: string): void {
    this.#own(label, [], at, { style: 'cell', level: 0, ordinal: null });
  }

  blocks(blocks: readonly WordCellBlock[], at: string): void {
    for (const block of blocks) this.#line(block, at, true);
  }

  grid(section: SectionTemplate, grid: Grid, sure: boolean, at: string): void {
    const label = grid.labels.filter((text) => text !== '').join('、');
    if (this.#current?.key !== section.key)
      this.#open(section, label, sure, at, { style: 'cell', level: 0, ordinal: null });
    else this.where.push({ at, label: excerpt(label), section: section.key, title: section.title, sure });
    this.#noteEmpty(grid);
    this.#push(grid);
  }

  /** The heads of columns that a design does not have, and in which nothing stands. */
  #noteEmpty({ columns, labels, rows }: Grid): void {
    for (const [at, text] of labels.entries())
      if (
        text !== '' &&
        (columns[at] ?? null) === null &&
        rows.every(({ whole, cells }) => whole || (cells[at] ?? []).length === 0)
      )
        this.leftOut.push({ text, reason: '表头里的这一列没有内容' });
  }

  table(table: WordTable, at: string): void {
    if (this.openRows() !== null && this.openRows() !== this.#paper)
      this.#own(`${this.openRows()?.title ?? ''}（表格）`, [], at, {
        style: 'cell',
        level: 0,
        ordinal: null,
      });
    else if (this.#current === null) this.#own('表格', [], at, { style: 'cell', level: 0, ordinal: null });
    this.#push(table);
  }

  #line(block: WordCellBlock, at: string, inCell: boolean): void {
    if (block.kind === 'formula') {
      if (this.#current === null) this.#own('开头内容', [], at, { style: 'plain', level: 0, ordinal: null });
      this.#push(block);
      return;
    }
    const text = wordText(block.content).trim();
    if (block.outline === 0 && this.hints.title === null && text !== '') {
      this.fact('title', '标题', text, at);
      return;
    }
    if (/^第[一二三四五六七八九十\d]+课时/u.test(text) && text.length <= 20) this.lessons += 1;
    if (this.#paper !== undefined && this.#asPaper(block, this.#paper, at)) return;
    const heading = headingOf(block);
    if (heading !== null && this.#asHeading(heading, block, at, inCell)) return;
    if (this.#current === null && !inCell && this.#asHead(block, text, at)) return;
    if (this.#current === null) this.#own('开头内容', [], at, { style: 'plain', level: 0, ordinal: null });
    this.#push(block);
  }

  /** Questions need no heading of their own: the first group or number begins them. */
  #asPaper(block: WordParagraph, items: SectionTemplate, at: string): boolean {
    const group = questionGroup(block) !== null;
    const answers = isAnswerHeading(wordText(block.content).trim());
    const begins = group || (this.#current === null && isQuestion(block));
    const within = this.#current?.key === items.key;
    if (!within && !begins && !(answers && this.sections.some(({ key }) => key === items.key))) return false;
    if (within && headingOf(block)?.style === 'outline' && !group && !answers) return false;
    if (!within)
      this.#open(items, wordText(block.content), group, at, { style: 'cell', level: 0, ordinal: null });
    this.#push(block);
    return true;
  }

  #asHeading(heading: HeadingLine, block: WordParagraph, at: string, inCell: boolean): boolean {
    const { style, level, title, rest } = heading;
    const whole = rest.length === 0;
    if (this.#level !== null && !inCell && (style !== 'outline' || level > this.#level)) {
      if (this.#current === null) return false;
      return this.#asSubHeading(heading, block);
    }
    const guessing = whole && style !== 'plain' && !this.#isDeeper(heading);
    const match = matchSection(title, this.template, guessing);
    if (match !== null && (match.sure || style !== 'plain')) {
      this.#open(match.section, title, match.sure, at, heading);
      if (rest.length > 0) this.#push({ ...block, outline: null, label: '', list: null, content: rest });
      return true;
    }
    if (!whole || style === 'plain') return false;
    if (this.#isNext(heading, inCell)) {
      this.#own(title, [], at, heading);
      return true;
    }
    return this.#current !== null && this.#asSubHeading(heading, block);
  }

  /** Below the headings that sections have, so that only a section's own name counts. */
  #isDeeper({ style, level, ordinal }: HeadingLine): boolean {
    const current = this.#current;
    if (current === null) return false;
    if (style === 'outline') return current.style === 'outline' && level > current.level;
    if (style === 'arabic' || style === 'chinese-bracket' || style === 'bold') return current.style !== style;
    return style === 'chinese' && current.style === 'chinese' && ordinal === 1;
  }

  /** A heading of no known name that stands where a section would: at the level of the last, with the next number. */
  #isNext({ style, level, ordinal }: HeadingLine, inCell: boolean): boolean {
    const current = this.#current;
    if (inCell) return false;
    if (current === null) return style === 'outline' || style === 'chinese' || style === 'brackets';
    if (style === 'outline') return current.style !== 'outline' || level <= current.level;
    if (style === 'brackets') return current.style === 'brackets';
    return (
      style === current.style &&
      ordinal !== null &&
      current.ordinal !== null &&
      ordinal === current.ordinal + 1 &&
      style !== 'arabic'
    );
  }

  /** A heading within the section; a bare number is one only among the phases of a lesson. */
  #asSubHeading(heading: HeadingLine, block: WordParagraph): boolean {
    const { style, title, rest } = heading;
    const phases = this.openRows()?.columns?.some(({ key }) => key === 'phase') === true;
    const short = title.length <= 20 && !/[，,]/u.test(title);
    const strong =
      style === 'outline' || style === 'chinese' || style === 'chinese-bracket' || style === 'brackets';
    if (rest.length > 0 && style !== 'outline' && !(phases && style === 'brackets')) return false;
    if (/^(?:设计意图|意图|教师活动|学生活动|活动|师|生)/u.test(title) && style !== 'outline') return false;
    if (!(strong || (short && (style === 'bold' || (style === 'arabic' && phases))))) return false;
    if (style === 'brackets' && !phases) return false;
    const base = this.#current?.style === 'outline' ? this.#current.level : 0;
    const depth =
      style === 'outline'
        ? Math.max(1, heading.level - base)
        : style === 'chinese-bracket'
          ? 2
          : style === 'chinese'
            ? 1
            : 3;
    if (style === 'brackets') {
      this.#push({
        kind: 'heading',
        level: depth,
        paragraph: wordParagraph([{ kind: 'text', text: title, marks: [] }]),
      });
      if (rest.length > 0) this.#push({ ...block, label: '', content: rest });
      return true;
    }
    this.#push({ kind: 'heading', level: depth, paragraph: { ...block, outline: null, list: null } });
    return true;
  }

  /** What stands above the first section: the title and the facts of the head. */
  #asHead(block: WordParagraph, text: string, at: string): boolean {
    const facts = factsOf(text);
    if (facts !== null) {
      for (const { label, value } of facts) this.fact(matchFact(label) ?? 'other', label, value, at);
      return true;
    }
    if (block.content.some(({ kind }) => kind === 'picture' || kind === 'formula')) return false;
    if (text.length > 40 || /[。；]/u.test(text) || !(block.centred || this.#paragraphs <= 2)) return false;
    if (this.hints.title === null) this.fact('title', '标题', text, at);
    else this.fact('other', '副标题', text, at);
    return true;
  }

  #open(
    section: SectionTemplate,
    label: string,
    sure: boolean,
    at: string,
    { style, level, ordinal }: Pick<HeadingLine, 'style' | 'level' | 'ordinal'>,
  ): void {
    const known = this.sections.find(({ key }) => key === section.key);
    const again = this.#current?.key === section.key || (known !== undefined && known.pieces.length > 0);
    this.where.push({ at, label: excerpt(label), section: section.key, title: section.title, sure });
    if (known === undefined)
      this.sections.push({ key: section.key, title: section.title, section, pieces: [], after: null });
    const renamed = section.key === 'key-points' && bareLabel(label) !== bareLabel(section.title);
    this.#prefix =
      section.columns === undefined &&
      (renamed || (again && bareLabel(label) !== bareLabel(section.title))) &&
      !/重.*难|难.*重/u.test(label)
        ? label.trim()
        : '';
    // A label within a section does not raise or lower the level at which sections stand.
    if (this.#current?.key === section.key) return;
    this.#current = { key: section.key, style, level, ordinal };
  }

  #own(
    title: string,
    content: readonly WordInline[],
    at: string,
    { style, level, ordinal }: Pick<HeadingLine, 'style' | 'level' | 'ordinal'>,
  ): void {
    const key = `own-${this.#newId()}`;
    const name = title.trim().slice(0, 60) || '未命名';
    const pieces: RowPiece[] =
      title.trim().length > 60 ? [wordParagraph([{ kind: 'text', text: title, marks: [] }])] : [];
    if (content.length > 0) pieces.push(wordParagraph([...content]));
    this.sections.push({ key, title: name, section: null, pieces, after: this.#current?.key ?? null });
    this.where.push({ at, label: excerpt(title), section: key, title: name, sure: style === 'outline' });
    this.#prefix = '';
    this.#current = { key, style, level, ordinal };
  }

  #push(piece: RowPiece): void {
    const open = this.sections.find(({ key }) => key === this.#current?.key);
    if (open === undefined) return;
    const prefix = this.#prefix;
    this.#prefix = '';
    if (prefix === '') {
      open.pieces.push(piece);
      return;
    }
    const bold: WordInline = { kind: 'text', text: `${prefix}：`, marks: ['bold'] };
    if (piece.kind === 'paragraph' && piece.list === null && piece.label === '')
      open.pieces.push({ ...piece, content: [bold, ...piece.content] });
    else open.pieces.push(wordParagraph([bold]), piece);
  }
}

/** 学科：数学 年级：三年级, if the whole line is of that kind. */
const factsOf = (text: string): { label: string; value: string }[] | null => {
  const parts = text
    .split(/\s+(?=[\u4e00-\u9fff]{2,6}\s*[:：])|[；;]/u)
    .map((part) => /^\s*([\u4e00-\u9fff\s]{2,8})\s*[:：]\s*(.*)$/u.exec(part));
  const facts: { label: string; value: string }[] = [];
  for (const part of parts) {
    const [, label = '', value = ''] = part ?? [];
    if (matchFact(label) === null) return null;
    facts.push({ label: label.replaceAll(/\s/gu, ''), value: value.replaceAll(/_{2,}/gu, '').trim() });
  }
  return facts.length === 0 ? null : facts;
};
