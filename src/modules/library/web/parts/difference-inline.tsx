import type { ReactNode } from 'react';
import type { CellPiece, Piece } from '../../comparison/contract.ts';
import type { Inline, MarkType } from '../../content/contract.ts';

/** How a formula is shown; replaced by one that draws it where that may weigh on the page. */
export const formulaSource = (latex: string): ReactNode => (
  <code className="difference-source">${latex}$</code>
);

export const markLabels: Readonly<Record<MarkType, string>> = {
  bold: '加粗',
  italic: '斜体',
  underline: '下划线',
  strike: '删除线',
  subscript: '下标',
  superscript: '上标',
};

const markTags: Readonly<Record<MarkType, 'strong' | 'em' | 'u' | 's' | 'sub' | 'sup'>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  subscript: 'sub',
  superscript: 'sup',
};

export const InlineView = ({ inline }: { inline: Inline }): ReactNode => {
  if (inline.type === 'hardBreak') return <br />;
  if (inline.type === 'inlineMath') return formulaSource(inline.attrs.latex);
  if (inline.type === 'picture')
    return (
      <span className="difference-source">
        ［图片：{inline.attrs.alt === '' ? '无说明' : inline.attrs.alt}］
      </span>
    );
  return (inline.marks ?? []).reduce<ReactNode>((inside, { type }) => {
    const Tag = markTags[type];
    return <Tag>{inside}</Tag>;
  }, inline.text);
};

interface ChangedProps {
  readonly change: 'same' | 'added' | 'removed';
  readonly children: ReactNode;
}

/** What was put in or taken out, with words for those who do not see the colours. */
export const Changed = ({ change, children }: ChangedProps): ReactNode => {
  if (change === 'same') return children;
  const Tag = change === 'added' ? 'ins' : 'del';
  return (
    <Tag>
      <span className="visually-hidden">{change === 'added' ? '（新增）' : '（删除）'}</span>
      {children}
      <span className="visually-hidden">（完）</span>
    </Tag>
  );
};

const marksText = (marks: readonly MarkType[]): string =>
  marks.length === 0 ? '无格式' : marks.map((mark) => markLabels[mark]).join('、');

const PieceView = ({ piece }: { piece: Piece }): ReactNode => {
  const shown = <InlineView inline={piece.inline} />;
  if (piece.change !== 'restyled') return <Changed change={piece.change}>{shown}</Changed>;
  const now = piece.inline.type === 'text' ? (piece.inline.marks ?? []).map(({ type }) => type) : [];
  return (
    <span className="difference-restyled">
      {shown}
      <small className="muted">
        （只改了格式：{marksText(piece.marksBefore)} → {marksText(now)}）
      </small>
    </span>
  );
};

/** Pieces have no names of their own: their place is their key. */
export const Pieces = ({ pieces }: { pieces: readonly Piece[] }): ReactNode =>
  pieces.map((piece, index) => <PieceView key={`${index} ${piece.change}`} piece={piece} />);

const cellAtoms = /(!\[[^\]\n]*\]\([0-9a-f]{64}\)|\$[^$\n]+\$)/;
const cellPicture = /^!\[([^\]\n]*)\]\([0-9a-f]{64}\)$/;

/** A cell's text with its `$LaTeX$` and `![alt](sha256)`. */
export const CellText = ({ text }: { text: string }): ReactNode =>
  text.split(cellAtoms).map((part, index) => {
    const key = `${index} ${part.slice(0, 8)}`;
    const alt = cellPicture.exec(part)?.[1];
    if (alt !== undefined)
      return (
        <span key={key} className="difference-source">
          ［图片：{alt === '' ? '无说明' : alt}］
        </span>
      );
    const isFormula = index % 2 === 1 && part.startsWith('$');
    return <span key={key}>{isFormula ? formulaSource(part.slice(1, -1)) : part}</span>;
  });

export const CellPieces = ({ pieces }: { pieces: readonly CellPiece[] }): ReactNode =>
  pieces.map((piece, index) => (
    <Changed key={`${index} ${piece.change}`} change={piece.change}>
      <CellText text={piece.text} />
    </Changed>
  ));
