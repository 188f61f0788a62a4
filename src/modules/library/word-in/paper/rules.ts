import type { WordBlock, WordParagraph } from '#platform/word/document.ts';
import { wordText } from '#platform/word/document.ts';
import type { Row } from '../../content/contract.ts';
import type { Column, SectionTemplate } from '../../template/contract.ts';
import { inlinesToCell, toCell } from '../../word-cell/rules.ts';
import { afterCharacters, headingOf, markedText, matchColumn, numberAt } from '../label/rules.ts';
import type { RowPiece } from '../row/rules.ts';
import { cellValue } from '../row/rules.ts';

const types: readonly (readonly [RegExp, string])[] = [
  [/选择/u, 'choice'],
  [/填空|默写|看拼音|填一填/u, 'blank'],
  [/判断|对的打|辨析/u, 'judge'],
  [/计算|口算|脱式|解方程|竖式/u, 'compute'],
  [/简答|问答|材料|阅读|解答|应用|解决问题|论述/u, 'short'],
  [/探究|实验|操作|实践|综合与实践/u, 'explore'],
  [/作文|写作|习作|书面表达/u, 'write'],
];

/** The type of question that a heading of a paper names (一、选择题（每小题3分，共30分）). */
export const questionGroup = (paragraph: WordParagraph): { type: string; points: string | null } | null => {
  const heading = headingOf({ ...paragraph, outline: null });
  const text = wordText(paragraph.content).trim();
  const style = paragraph.outline !== null && paragraph.outline > 0 ? 'chinese' : heading?.style;
  const chinese = numberAt(text)?.style === 'chinese' || numberAt(paragraph.label)?.style === 'chinese';
  const bracketed = style === 'brackets' && heading?.rest.length === 0;
  if ((style !== 'chinese' && !bracketed && !chinese) || text.length > 80) return null;
  const bare = text.replaceAll(/[（(][^）)]*[）)]/gu, '');
  if (!/题|作文|习作|阅读|写作|计算|默写/u.test(bare)) return null;
  const type = types.find(([pattern]) => pattern.test(bare))?.[1] ?? 'other';
  const points = /每(?:小?题|空)\s*(\d{1,3})\s*分/u.exec(text)?.[1] ?? null;
  return { type, points };
};

export const isAnswerHeading = (text: string): boolean =>
  /^(?:试卷|试题)?(?:参考)?答案(?:及|与|和)?(?:评分)?(?:标准|说明|解析|要点)?$/u.test(
    text.replaceAll(/\s/gu, ''),
  );

const topNumber = (paragraph: WordParagraph): { number: number; length: number } | null => {
  const text = markedText(paragraph.content);
  const own = /^\s*(\d{1,2})\s*[.．、]\s*(?!\d)/u.exec(text);
  if (own !== null) return { number: Number(own[1]), length: own[0].length };
  const label = /^(\d{1,2})[.．、]?$/u.exec(paragraph.label.trim());
  return label === null ? null : { number: Number(label[1]), length: 0 };
};

export const isQuestion = (paragraph: WordParagraph): boolean =>
  topNumber(paragraph) !== null || (paragraph.list?.ordered === true && paragraph.list.level === 0);

interface Item {
  number: string;
  cells: Map<string, string>;
  stem: string[];
  answer: string[];
  /** Where lines without a number or label go. */
  into: 'stem' | 'answer';
}

export interface ReadPaper {
  rows: Row[];
  /** Answers that belong to no item. */
  rest: WordBlock[];
  leftOut: { text: string; reason: string }[];
}

/** The pieces of a paper as its items; the headings of groups give the type and the points of each. */
export const toItems = (
  section: SectionTemplate,
  pieces: readonly RowPiece[],
  newId: () => string,
): ReadPaper => {
  const columns = section.columns ?? [];
  const items: Item[] = [];
  const read: ReadPaper = { rows: [], rest: [], leftOut: [] };
  let group: { type: string; points: string | null } = { type: '', points: null };
  let answers = false;
  let listed = 0;
  const line = (text: string): void => {
    const item = items.at(-1);
    if (item === undefined)
      items.push({ number: '', cells: new Map(), stem: [text], answer: [], into: 'stem' });
    else item[item.into].push(text);
  };
  for (const piece of pieces) {
    if (piece.kind === 'grid') {
      for (const { cells } of piece.rows)
        items.push(fromGrid(piece.columns, piece.labels, cells.map(toCell)));
      continue;
    }
    const paragraph = piece.kind === 'heading' ? piece.paragraph : piece;
    if (paragraph.kind !== 'paragraph') {
      if (answers) read.rest.push(paragraph);
      else if (paragraph.kind === 'formula') line(toCell([paragraph]));
      else for (const row of paragraph.rows) line(row.cells.map(({ blocks }) => toCell(blocks)).join(' | '));
      continue;
    }
    const text = wordText(paragraph.content).trim();
    if (isAnswerHeading(text)) {
      answers = true;
      read.leftOut.push({ text, reason: '答案的标题：答案已放到各题' });
      continue;
    }
    const found = questionGroup(paragraph);
    if (found !== null) {
      group = found;
      read.leftOut.push({ text: `${paragraph.label}${text}`, reason: '大题标题：导出时按题型重新生成' });
      continue;
    }
    if (answers) {
      if (!takeAnswers(paragraph, items)) read.rest.push(paragraph);
      continue;
    }
    listed = paragraph.list?.ordered === true && paragraph.list.level === 0 ? listed + 1 : 0;
    const number = topNumber(paragraph) ?? (listed > 0 ? { number: listed, length: 0 } : null);
    if (number === null) {
      if (!labelled(paragraph, items.at(-1), columns)) line(toCell([paragraph]));
      continue;
    }
    items.push(newItem(paragraph, number, group));
  }
  read.rows = items
    .map((item) => ({ id: newId(), cells: cellsOf(item) }))
    .filter(({ cells }) => Object.keys(cells).length > 0);
  return read;
};

const newItem = (
  paragraph: WordParagraph,
  { number, length }: { number: number; length: number },
  group: { type: string; points: string | null },
): Item => {
  const cells = new Map<string, string>();
  if (group.type !== '') cells.set('type', group.type);
  let content = afterCharacters(paragraph.content, length);
  const points = /^\s*[（(]\s*(?:本题|满分)?\s*(\d{1,3})\s*分\s*[)）]\s*/u.exec(markedText(content));
  if (points !== null) content = afterCharacters(content, points[0].length);
  const worth = points?.[1] ?? group.points;
  if (worth !== null && worth !== undefined && Number(worth) <= 150)
    cells.set('points', String(Number(worth)));
  return { number: String(number), cells, stem: [inlinesToCell(content)], answer: [], into: 'stem' };
};

/** A line like 【答案】B under an item. */
const labelled = (paragraph: WordParagraph, item: Item | undefined, columns: readonly Column[]): boolean => {
  const heading = headingOf(paragraph);
  if (item === undefined || heading?.style !== 'brackets') return false;
  const column = matchColumn(heading.title, columns);
  if (column === null || column.key === 'stem') return false;
  const text = inlinesToCell(heading.rest);
  const value = cellValue(column, text, []);
  if (value === null) return false;
  if (column.key === 'answer') {
    item.answer.push(value);
    item.into = 'answer';
  } else if (value !== '') item.cells.set(column.key, value);
  return true;
};

/** 1. B 2. C as the answers of those items; false where one of them is no item. */
const takeAnswers = (paragraph: WordParagraph, items: readonly Item[]): boolean => {
  const only = topNumber(paragraph);
  const parts = [
    ...inlinesToCell(paragraph.content).matchAll(
      /(\d{1,2})\s*[.．、]\s*(?!\d)([\s\S]*?)(?=\s+\d{1,2}\s*[.．、](?!\d)|$)/gu,
    ),
  ].map(([, number = '', answer = '']) => [number, answer.trim()] as const);
  const found =
    parts.length > 1
      ? parts
      : only === null
        ? []
        : [[String(only.number), inlinesToCell(afterCharacters(paragraph.content, only.length))] as const];
  const targets = found.map(([number]) => items.find((item) => item.number === number));
  if (found.length === 0 || targets.includes(undefined)) return false;
  found.forEach(([, answer], at) => targets[at]?.answer.push(answer));
  return true;
};

const fromGrid = (
  columns: readonly (Column | null)[],
  labels: readonly string[],
  texts: readonly string[],
): Item => {
  const item: Item = { number: '', cells: new Map(), stem: [], answer: [], into: 'stem' };
  texts.forEach((text, at) => {
    const column = columns[at] ?? null;
    if (text === '') return;
    const value = column === null ? null : cellValue(column, text, []);
    if (column === null || value === null)
      item.stem.push(labels[at] === '' ? text : `【${labels[at] ?? ''}】${text}`);
    else if (column.key === 'stem') item.stem.push(value);
    else if (column.key === 'answer') {
      item.answer.push(value);
      item.into = 'answer';
    } else if (column.key === 'number') item.number = value;
    else item.cells.set(column.key, value);
  });
  return item;
};

const longestCell = 20_000;

const cellsOf = ({ number, cells, stem, answer }: Item): Record<string, string> => {
  const out: Record<string, string> = Object.fromEntries(cells);
  const put = (key: string, text: string): void => {
    if (text !== '') out[key] = text.slice(0, longestCell);
  };
  put('number', number);
  put('stem', stem.filter((text) => text !== '').join('\n'));
  put('answer', answer.filter((text) => text !== '').join('\n'));
  return out;
};
