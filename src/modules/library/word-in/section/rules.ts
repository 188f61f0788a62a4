import type { Content, Row, Section } from '../../content/contract.ts';
import type { SectionTemplate } from '../../template/contract.ts';
import type { TextPiece } from '../body/rules.ts';
import { toBlocks } from '../body/rules.ts';
import { toItems } from '../paper/rules.ts';
import type { RowPiece } from '../row/rules.ts';
import { toRows } from '../row/rules.ts';

/** What was gathered for a section; `section` null for one that only this file has. */
export interface Placed {
  key: string;
  title: string;
  section: SectionTemplate | null;
  pieces: RowPiece[];
  /** The section it follows in the file. */
  after: string | null;
}

const mostBlocks = 5_000;
const mostRows = 500;
const mostSections = 60;

export interface Assembled {
  content: Content;
  leftOut: { text: string; reason: string }[];
}

/** The sections of the template in their order, each own section behind the one it followed. */
export const assemble = (
  template: readonly SectionTemplate[],
  placed: readonly Placed[],
  newId: () => string,
): Assembled => {
  const leftOut: Assembled['leftOut'] = [];
  const own = merged(
    placed.filter(({ section }) => section === null),
    mostSections - template.length,
  );
  const goalIds: string[] = [];
  const made = new Map<string, Section[]>();
  const inOrder = [...template].sort(
    (one, other) => Number(other.key === 'goals') - Number(one.key === 'goals'),
  );
  for (const section of inOrder) {
    const pieces = placed.find(({ key }) => key === section.key)?.pieces ?? [];
    if (section.columns === undefined) {
      made.set(section.key, textSections(section.key, section.title, pieces, newId));
      continue;
    }
    if (section.columns.some(({ key }) => key === 'stem')) {
      const paper = toItems(section, pieces, newId);
      leftOut.push(...paper.leftOut);
      const rest =
        paper.rest.length === 0 ? [] : textSections(`own-${newId()}`, '参考答案', paper.rest, newId);
      made.set(section.key, [...rowSections(section, paper.rows, newId), ...rest]);
      continue;
    }
    const rows = toRows(section, pieces, { newId, goalIds });
    if (section.key === 'goals') goalIds.push(...rows.slice(0, mostRows).map(({ id }) => id));
    made.set(section.key, rowSections(section, rows, newId));
  }
  const sections: Section[] = [];
  const place = (key: string | null): void => {
    for (const one of own)
      if (one.after === key) {
        sections.push(...textSections(one.key, one.title, one.pieces, newId));
        place(one.key);
      }
  };
  place(null);
  for (const { key } of template) {
    sections.push(...(made.get(key) ?? []));
    place(key);
  }
  return { content: { sections: sections.slice(0, mostSections) }, leftOut };
};

/** No more own sections than there is room for: the last takes what the others would have held. */
const merged = (own: readonly Placed[], room: number): Placed[] => {
  const most = Math.max(1, room - 8);
  if (own.length <= most) return [...own];
  const kept = own.slice(0, most).map((one) => ({ ...one, pieces: [...one.pieces] }));
  const last = kept.at(-1);
  for (const { title, pieces } of own.slice(most))
    last?.pieces.push(
      {
        kind: 'paragraph',
        outline: null,
        list: null,
        label: '',
        centred: false,
        content: [{ kind: 'text', text: title, marks: ['bold'] }],
      },
      ...pieces,
    );
  const keys = new Set(kept.map(({ key }) => key));
  return kept.map((one) => ({
    ...one,
    after: one.after !== null && one.after.startsWith('own-') && !keys.has(one.after) ? null : one.after,
  }));
};

const isText = (piece: RowPiece): piece is TextPiece => piece.kind !== 'grid';

const textSections = (
  key: string,
  title: string,
  pieces: readonly RowPiece[],
  newId: () => string,
): Section[] => {
  const blocks = toBlocks(pieces.filter(isText));
  const parts = Math.max(1, Math.ceil(blocks.length / mostBlocks));
  return Array.from({ length: parts }, (_, at) => ({
    key: at === 0 ? key : `own-${newId()}`,
    title: at === 0 ? title : `${title.slice(0, 50)}（续${at}）`,
    body: { form: 'text', blocks: blocks.slice(at * mostBlocks, (at + 1) * mostBlocks) },
  }));
};

/** Rows beyond the bound go behind the section as text. */
const rowSections = (section: SectionTemplate, rows: readonly Row[], newId: () => string): Section[] => {
  const first: Section = {
    key: section.key,
    title: section.title,
    body: { form: 'rows', rows: rows.slice(0, mostRows) },
  };
  if (rows.length <= mostRows) return [first];
  const rest = rows.slice(mostRows).map(({ cells }) => ({
    kind: 'paragraph' as const,
    outline: null,
    list: null,
    label: '',
    centred: false,
    content: [{ kind: 'text' as const, text: Object.values(cells).join(' '), marks: [] }],
  }));
  return [first, ...textSections(`own-${newId()}`, `${section.title}（续）`, rest, newId)];
};
