import type { ReactNode } from 'react';
import type { Content } from '../../content/contract.ts';
import { templates } from '../../template/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { BlocksView } from './blocks-view.tsx';
import { columnsIn, RowsView } from './rows-view.tsx';
import './design.css';

interface ContentViewProps {
  readonly kind: ItemKind;
  readonly content: Content;
  /** Names of units and lessons by id. */
  readonly textbook?: Readonly<Record<string, string>>;
}

const none = {};

/** A design to read: its sections in order; what nobody filled in is left out. */
export const ContentView = ({ kind, content, textbook = none }: ContentViewProps): ReactNode => {
  const filled = content.sections.filter(({ body }) =>
    body.form === 'rows' ? body.rows.length > 0 : body.blocks.some(saysSomething),
  );
  if (filled.length === 0) return <p className="muted">还没有内容。</p>;
  return (
    <div className="design">
      {filled.map(({ key, title, body }) => (
        <section key={key} className="design-section" id={`section-${key}`}>
          <h2>{title}</h2>
          {body.form === 'text' ? (
            <BlocksView blocks={body.blocks} />
          ) : (
            <RowsView
              title={title}
              rows={body.rows}
              columns={templates[kind].find((one) => one.key === key)?.columns ?? columnsIn(body.rows)}
              sections={content.sections}
              textbook={textbook}
            />
          )}
        </section>
      ))}
    </div>
  );
};

const saysSomething = (block: {
  readonly type: string;
  readonly content?: readonly unknown[] | undefined;
}): boolean => block.type !== 'paragraph' || (block.content ?? []).length > 0;
