import type { ReactNode } from 'react';
import { compareBodies } from '../../comparison/rules.ts';
import type { Body, Row, Section } from '../../content/contract.ts';
import type { MergeConflict } from '../../merge/contract.ts';
import { BlockChange, BlocksView } from './difference-blocks.tsx';
import { CellPieces, CellText } from './difference-inline.tsx';
import { BodyView, type CellWords, type ColumnLabel, RowChange } from './difference-view.tsx';

export interface Wording {
  readonly label: ColumnLabel;
  readonly words: CellWords;
  /** What a section, or a row of one, is called in a list of them. */
  readonly nameOf: (section: string, id: string) => string;
}

interface SideProps {
  readonly conflict: MergeConflict;
  readonly side: 'base' | 'ours' | 'theirs';
  readonly wording: Wording;
}

const Nothing = ({ base }: { base: boolean }): ReactNode => (
  <p className="muted">{base ? '（原来没有）' : '（已删除）'}</p>
);

const textBody = (blocks: Extract<Body, { form: 'text' }>['blocks']): Body => ({ form: 'text', blocks });
const oneRow = (row: Row): Body => ({ form: 'rows', rows: [row] });

const SectionText = ({ section, wording }: { section: Section; wording: Wording }): ReactNode => (
  <>
    <p className="difference-title">{section.title}</p>
    <BodyView body={section.body} section={section.key} {...wording} />
  </>
);

/** One side's whole text; what it changed against the old one is marked. */
export const SideText = ({ conflict, side, wording }: SideProps): ReactNode => {
  const isBase = side === 'base';
  switch (conflict.place) {
    case 'title':
      return conflict[side] === null ? <Nothing base={isBase} /> : <p>{conflict[side]}</p>;
    case 'section': {
      const section = conflict[side];
      return section === null ? (
        <Nothing base={isBase} />
      ) : (
        <SectionText section={section} wording={wording} />
      );
    }
    case 'form':
      return <BodyView body={conflict[side]} section={conflict.section} {...wording} />;
    case 'blocks': {
      const blocks = conflict[side];
      if (blocks.length === 0) return <Nothing base={isBase} />;
      if (isBase || conflict.base.length === 0) return <BlocksView blocks={blocks} />;
      const difference = compareBodies(textBody(conflict.base), textBody(blocks));
      return difference.form === 'text'
        ? difference.blocks.map((one, index) => <BlockChange key={`${index} ${one.change}`} one={one} />)
        : null;
    }
    case 'row': {
      const row = conflict[side];
      if (row === null) return <Nothing base={isBase} />;
      const difference = compareBodies(oneRow(conflict.base), oneRow(row));
      return difference.form === 'rows'
        ? difference.rows.map((one) => (
            <RowChange key={one.id} row={one} section={conflict.section} {...wording} />
          ))
        : null;
    }
    case 'cell': {
      const words = (text: string): string => wording.words(conflict.section, conflict.column, text);
      const [before, now] = [conflict.base, conflict[side]];
      if (now === null) return <Nothing base={isBase} />;
      if (isBase || before === null)
        return (
          <p className="merge-text">
            <CellText text={words(now)} />
          </p>
        );
      const cell = (text: string): Body => oneRow({ id: 'cell', cells: { text } });
      const difference = compareBodies(cell(words(before)), cell(words(now)));
      const [row] = difference.form === 'rows' ? difference.rows : [];
      return (
        <p className="merge-text">
          <CellPieces pieces={row?.cells[0]?.pieces ?? []} />
        </p>
      );
    }
    default:
      return (
        <ol>
          {conflict[side].map((id) => (
            <li key={id}>{wording.nameOf(conflict.section, id)}</li>
          ))}
        </ol>
      );
  }
};
