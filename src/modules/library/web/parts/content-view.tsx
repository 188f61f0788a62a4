import type { ReactNode } from 'react';
import type { Content, Row, Section } from '../../content/contract.ts';
import { type Column, templates } from '../../template/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { BlocksView } from './blocks-view.tsx';
import type { RowNotes } from './row-notes.tsx';
import { columnsIn, RowsView } from './rows-view.tsx';
import './design.css';

interface ContentViewProps {
  readonly kind: ItemKind;
  readonly content: Content;
  /** Names of units and lessons by id. */
  readonly textbook?: Readonly<Record<string, string>>;
  /** What stands under a section, e.g. the remarks on it; then also what nobody filled in is shown. */
  readonly below?: (section: Section) => ReactNode;
  /** Of a section that is a table, the remarks on its rows. */
  readonly notesOf?: (section: Section, rows: readonly Row[], columns: readonly Column[]) => RowNotes;
}

const none = {};

/** A design to read: its sections in order; what nobody filled in is left out. */
export const ContentView = ({
  kind,
  content,
  textbook = none,
  below,
  notesOf,
}: ContentViewProps): ReactNode => {
  const isFilled = ({ body }: Section): boolean =>
    body.form === 'rows' ? body.rows.length > 0 : body.blocks.some(saysSomething);
  const filled = below === undefined ? content.sections.filter(isFilled) : content.sections;
  if (filled.length === 0) return <p className="muted">还没有内容。</p>;
  return (
    <div className="design">
      {filled.map((section) => {
        const { key, title, body } = section;
        const columns =
          templates[kind].find((one) => one.key === key)?.columns ??
          (body.form === 'rows' ? columnsIn(body.rows) : []);
        return (
          <section key={key} className="design-section" id={`section-${key}`}>
            <h2>{title}</h2>
            {!isFilled(section) ? (
              <p className="muted">没有写。</p>
            ) : body.form === 'text' ? (
              <BlocksView blocks={body.blocks} />
            ) : (
              <RowsView
                title={title}
                rows={body.rows}
                columns={columns}
                sections={content.sections}
                textbook={textbook}
                {...(notesOf === undefined ? {} : { notes: notesOf(section, body.rows, columns) })}
              />
            )}
            {below?.(section)}
          </section>
        );
      })}
    </div>
  );
};

const saysSomething = (block: {
  readonly type: string;
  readonly content?: readonly unknown[] | undefined;
}): boolean => block.type !== 'paragraph' || (block.content ?? []).length > 0;
