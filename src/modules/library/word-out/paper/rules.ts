import type { WordBlock } from '#platform/word/document.ts';
import { wordParagraph } from '#platform/word/document.ts';
import { numberIn } from '../../content/cell-number/rules.ts';
import type { Row } from '../../content/contract.ts';
import type { Column } from '../../template/contract.ts';
import { fromCell, lineToInlines } from '../../word-cell/rules.ts';
import type { PrintedDesign } from '../contract.ts';

const groups: Readonly<Record<string, string>> = {
  choice: '选择题',
  blank: '填空题',
  judge: '判断题',
  short: '简答题',
  compute: '计算题',
  explore: '探究题',
  write: '写作题',
  other: '其他题',
};
/** Empty lines for the pupil's work. */
const room: Readonly<Record<string, number>> = { short: 4, compute: 4, explore: 5 };

const digits = '一二三四五六七八九十';

/** The items of a paper in groups of one type; answers and notes on the items only for teachers. */
export const paperBlocks = (
  columns: readonly Column[],
  rows: readonly Row[],
  design: PrintedDesign,
): WordBlock[] => {
  const blocks: WordBlock[] = [];
  const typed = rows.some(({ cells }) => cells['type'] !== undefined);
  let open = '';
  let count = 0;
  rows.forEach((row, at) => {
    const type = row.cells['type'] ?? 'other';
    if (typed && type !== open) {
      const label = digits[count] === undefined ? '' : `${digits[count]}、`;
      const same = rows.slice(at).findIndex(({ cells }) => (cells['type'] ?? 'other') !== type);
      const members = same < 0 ? rows.slice(at) : rows.slice(at, at + same);
      blocks.push(groupHeading(`${groups[type] ?? '其他题'}${summary(members)}`, label));
      open = type;
      count += 1;
    }
    blocks.push(...itemBlocks(row, at));
    if (design.answers) blocks.push(...notes(columns, row));
    else for (let line = 0; line < (room[type] ?? 0); line += 1) blocks.push(wordParagraph([]));
  });
  return blocks;
};

const groupHeading = (text: string, label: string): WordBlock =>
  wordParagraph([{ kind: 'text', text, marks: [] }], { outline: 1, label });

const summary = (rows: readonly Row[]): string => {
  const points = rows.reduce((sum, { cells }) => sum + numberIn(cells['points']), 0);
  return points > 0 ? `（共${rows.length}题，${points}分）` : `（共${rows.length}题）`;
};

const itemBlocks = ({ cells }: Row, at: number): WordBlock[] => {
  const [first = '', ...others] = (cells['stem'] ?? '').split('\n');
  const points = cells['points'] === undefined ? '' : `（${cells['points']}分）`;
  const number = `${cells['number'] ?? String(at + 1)}．`;
  return [
    wordParagraph([{ kind: 'text', text: `${number}${points}`, marks: [] }, ...lineToInlines(first)]),
    ...fromCell(others.join('\n')),
  ];
};

const notNoted = new Set(['number', 'type', 'stem', 'points', 'content', 'picked']);

/** What a teacher needs beside an item, a line each: 【答案】…, 【来源】…. */
const notes = (columns: readonly Column[], { cells }: Row): WordBlock[] =>
  columns
    .filter(({ key }) => !notNoted.has(key) && cells[key] !== undefined)
    .sort((one, other) => Number(other.key === 'answer') - Number(one.key === 'answer'))
    .flatMap((column) => {
      const value = cells[column.key] ?? '';
      const shown = column.type === 'choice' ? (column.options[value] ?? value) : value;
      const [first = '', ...others] =
        column.key === 'answer' ? shown.split('\n') : [shown.replaceAll('\n', '；')];
      return [
        wordParagraph([
          { kind: 'text', text: `【${column.label}】`, marks: ['bold'] },
          ...lineToInlines(first),
        ]),
        ...fromCell(others.join('\n')),
      ];
    });
