import type { ReactNode } from 'react';
import { Badge } from '#web/ui/page.tsx';
import { Empty } from '#web/ui/states.tsx';
import type {
  BlockDifference,
  BodyDifference,
  ContentDifference,
  RowDifference,
  SectionDifference,
} from '../../comparison/contract.ts';
import type { Body } from '../../content/contract.ts';
import './difference.css';
import { BlockChange, BlocksView } from './difference-blocks.tsx';
import { CellPieces, CellText } from './difference-inline.tsx';
import { useNarrow } from './use-narrow.ts';

/** What a column of a section is called; its key where nobody knows. */
export type ColumnLabel = (section: string, column: string) => string;
/** A cell as people read it: the option of a choice, say. */
export type CellWords = (section: string, column: string, text: string) => string;

/** So many unchanged neighbours stay in view on each side of a change. */
const context = 1;

interface Stretch<Item> {
  readonly folded: boolean;
  readonly items: readonly { readonly item: Item; readonly index: number }[];
}

/** Unchanged stretches of more than two are folded, but for the neighbours of what changed. */
const inStretches = <Item,>(items: readonly Item[], isSame: (item: Item) => boolean): Stretch<Item>[] => {
  const near = items.map((_, index) =>
    items.slice(Math.max(0, index - context), index + context + 1).some((item) => !isSame(item)),
  );
  const stretches: { folded: boolean; items: { item: Item; index: number }[] }[] = [];
  for (const [index, item] of items.entries()) {
    const folded = near[index] !== true;
    const last = stretches.at(-1);
    if (last?.folded === folded) last.items.push({ item, index });
    else stretches.push({ folded, items: [{ item, index }] });
  }
  return stretches;
};

interface FoldedProps<Item> {
  readonly items: readonly Item[];
  readonly isSame: (item: Item) => boolean;
  readonly unit: string;
  readonly view: (item: Item) => ReactNode;
}

const Folded = <Item,>({ items, isSame, unit, view }: FoldedProps<Item>): ReactNode =>
  inStretches(items, isSame).map(({ folded, items: inside }) => {
    const shown = inside.map(({ item, index }) => <div key={index}>{view(item)}</div>);
    const key = inside[0]?.index ?? 0;
    return folded ? (
      <details key={key}>
        <summary>
          展开没有改动的 {inside.length} {unit}
        </summary>
        {shown}
      </details>
    ) : (
      <div key={key} className="difference-section">
        {shown}
      </div>
    );
  });

const rowWords = { same: '未改', added: '新增的一行', removed: '删除的一行', changed: '修改的一行' } as const;

interface RowChangeProps {
  readonly row: RowDifference;
  readonly section: string;
  readonly label: ColumnLabel;
  readonly words: CellWords;
}

export const RowChange = ({ row, section, label, words }: RowChangeProps): ReactNode => (
  <dl className={`difference-row difference-${row.change}`}>
    <div className="difference-head">
      <dt className="visually-hidden">改动</dt>
      <dd className="difference-word">
        {rowWords[row.change]}
        {row.moved ? '，移动了位置' : ''}
      </dd>
    </div>
    {row.cells.map(({ column, pieces }) => (
      <div key={column} className="difference-cell">
        <dt>{label(section, column)}</dt>
        <dd>
          <CellPieces
            pieces={pieces.map((piece) => ({ ...piece, text: words(section, column, piece.text) }))}
          />
        </dd>
      </div>
    ))}
  </dl>
);

interface BodyViewProps {
  readonly body: Body;
  readonly section: string;
  readonly label: ColumnLabel;
  readonly words: CellWords;
}

/** A whole body for reading, rows as cards. */
export const BodyView = ({ body, section, label, words }: BodyViewProps): ReactNode => {
  if (body.form === 'text') return <BlocksView blocks={body.blocks} />;
  return body.rows.map((row) => (
    <dl key={row.id} className="difference-row">
      {Object.entries(row.cells).map(([column, text]) => (
        <div key={column} className="difference-cell">
          <dt>{label(section, column)}</dt>
          <dd>
            <CellText text={words(section, column, text)} />
          </dd>
        </div>
      ))}
    </dl>
  ));
};

interface BodyChangeProps {
  readonly body: BodyDifference;
  readonly section: string;
  readonly label: ColumnLabel;
  readonly words: CellWords;
}

const isSameBlock = ({ change }: BlockDifference): boolean => change === 'same';
const isSameRow = ({ change, moved }: RowDifference): boolean => change === 'same' && !moved;

export const BodyChange = ({ body, section, label, words }: BodyChangeProps): ReactNode => {
  if (body.form === 'text')
    return (
      <Folded items={body.blocks} isSame={isSameBlock} unit="段" view={(one) => <BlockChange one={one} />} />
    );
  if (body.form === 'rows')
    return (
      <Folded
        items={body.rows}
        isSame={isSameRow}
        unit="行"
        view={(row) => <RowChange row={row} section={section} label={label} words={words} />}
      />
    );
  return (
    <>
      <p className="difference-word">
        {body.after.form === 'rows' ? '由文字改为表格' : '由表格改为文字'}，前后全文如下。
      </p>
      <del className="difference-section">
        <span className="difference-word">原来</span>
        <BodyView body={body.before} section={section} label={label} words={words} />
      </del>
      <ins className="difference-section">
        <span className="difference-word">现在</span>
        <BodyView body={body.after} section={section} label={label} words={words} />
      </ins>
    </>
  );
};

const badges = {
  same: null,
  added: <Badge tone="good">新增</Badge>,
  removed: <Badge tone="bad">删除</Badge>,
  changed: <Badge tone="info">有修改</Badge>,
} as const;

const isSame = ({ change, body }: SectionDifference): boolean =>
  change === 'same' && body.form !== 'replaced';

const isUntouched = ({ change, moved, titleBefore }: SectionDifference): boolean =>
  change === 'same' && !moved && titleBefore === null;

interface DifferenceViewProps {
  readonly difference: ContentDifference;
  readonly label?: ColumnLabel;
  readonly words?: CellWords;
}

const sameKey: ColumnLabel = (_, column) => column;
const sameText: CellWords = (_section, _column, text) => text;

/** What changed from one version to another, section by section, on a phone folded; what did not comes last in one fold. */
export const DifferenceView = ({
  difference: { sections },
  label = sameKey,
  words = sameText,
}: DifferenceViewProps): ReactNode => {
  const isNarrow = useNarrow();
  const changed = sections.filter((section) => !isUntouched(section));
  const untouched = sections.filter(isUntouched);
  if (changed.length === 0) return <Empty title="两个版本的内容一样。" />;
  const bodyOf = ({ key, body }: SectionDifference): ReactNode => (
    <BodyChange body={body} section={key} label={label} words={words} />
  );
  return (
    <div className="difference">
      {changed.map((section) => (
        <section key={section.key} className="difference-section">
          <div className="difference-head">
            <h3>{section.title}</h3>
            {section.titleBefore === null ? null : <span className="muted">原名：{section.titleBefore}</span>}
            {badges[section.change]}
            {section.moved ? <Badge>移动了位置</Badge> : null}
          </div>
          {isSame(section) || isNarrow ? (
            <details open={!isSame(section) && changed.length === 1}>
              <summary>{isSame(section) ? '展开全文' : '看改了什么'}</summary>
              {bodyOf(section)}
            </details>
          ) : (
            bodyOf(section)
          )}
        </section>
      ))}
      {untouched.length === 0 ? null : (
        <details>
          <summary>其余 {untouched.length} 部分没有改动</summary>
          {untouched.map((section) => (
            <section key={section.key} className="difference-section">
              <h3>{section.title}</h3>
              {bodyOf(section)}
            </section>
          ))}
        </details>
      )}
    </div>
  );
};
