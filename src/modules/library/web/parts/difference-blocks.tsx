import type { ReactNode } from 'react';
import type {
  BlockDifference,
  BlockInside,
  CellInside,
  ItemInside,
  LineInside,
  ListInside,
  NodeDifference,
  TableInside,
} from '../../comparison/contract.ts';
import type { Block, Inline, List, ListItem, TableCell } from '../../content/contract.ts';
import { Changed, formulaSource, InlineView, Pieces } from './difference-inline.tsx';

const Inlines = ({ inlines = [] }: { inlines: readonly Inline[] | undefined }): ReactNode =>
  inlines.map((inline, index) => <InlineView key={`${index} ${inline.type}`} inline={inline} />);

/** One block as it is, for reading. */
export const BlockView = ({ block }: { block: Block }): ReactNode => {
  if (block.type === 'paragraph')
    return (
      <p className="difference-line">
        <Inlines inlines={block.content} />
      </p>
    );
  if (block.type === 'heading')
    return (
      <p className="difference-line difference-title">
        <Inlines inlines={block.content} />
      </p>
    );
  if (block.type === 'blockMath') return <p>{formulaSource(block.attrs.latex)}</p>;
  if (block.type === 'table')
    return (
      <TableFrame>
        {block.content.map((row, index) => (
          <tr key={`${index} row`}>
            {row.content.map((cell, column) => (
              <CellFrame key={`${column} cell`} cell={cell}>
                <BlocksView blocks={cell.content} />
              </CellFrame>
            ))}
          </tr>
        ))}
      </TableFrame>
    );
  return (
    <ListFrame type={block.type}>
      {block.content.map((item, index) => (
        <li key={`${index} item`}>
          <BlocksView blocks={item.content} />
        </li>
      ))}
    </ListFrame>
  );
};

export const BlocksView = ({ blocks }: { blocks: readonly Block[] }): ReactNode =>
  blocks.map((block, index) => <BlockView key={`${index} ${block.type}`} block={block} />);

const ListFrame = ({ type, children }: { type: List['type']; children: ReactNode }): ReactNode =>
  type === 'bulletList' ? <ul>{children}</ul> : <ol>{children}</ol>;

const TableFrame = ({ children }: { children: ReactNode }): ReactNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
  <div className="difference-table" tabIndex={0} role="group" aria-label="表格">
    <table>
      <tbody>{children}</tbody>
    </table>
  </div>
);

interface CellFrameProps {
  readonly cell: Pick<TableCell, 'type' | 'attrs'>;
  readonly children: ReactNode;
}
const CellFrame = ({ cell, children }: CellFrameProps): ReactNode => {
  const Tag = cell.type === 'tableHeader' ? 'th' : 'td';
  return (
    <Tag colSpan={cell.attrs.colspan} rowSpan={cell.attrs.rowspan}>
      {children}
    </Tag>
  );
};

const lineWords = (level: number): string => (level === 0 ? '正文' : `${level} 级标题`);

const LineView = ({ line }: { line: LineInside }): ReactNode => (
  <p className={`difference-line${line.levelAfter === 0 ? '' : ' difference-title'}`}>
    {line.levelBefore === line.levelAfter ? null : (
      <small className="difference-word">
        {lineWords(line.levelBefore)} → {lineWords(line.levelAfter)}
      </small>
    )}
    <Pieces pieces={line.pieces} />
  </p>
);

const NodesView = ({ nodes }: { nodes: readonly NodeDifference<Block, BlockInside>[] }): ReactNode =>
  nodes.map((one, index) => {
    const key = `${index} ${one.change}`;
    if (one.change === 'changed') return <InsideView key={key} inside={one.inside} />;
    return (
      <Changed key={key} change={one.change}>
        <BlockView block={one.node} />
      </Changed>
    );
  });

const itemContent = (one: NodeDifference<ListItem, ItemInside>): ReactNode => {
  if (one.change === 'changed') return <NodesView nodes={one.inside.nodes} />;
  return (
    <Changed change={one.change}>
      <BlocksView blocks={one.node.content} />
    </Changed>
  );
};

const listWords: Readonly<Record<List['type'], string>> = { bulletList: '项目符号', orderedList: '编号' };

const ListView = ({ list }: { list: ListInside }): ReactNode => (
  <>
    {list.listBefore === list.listAfter ? null : (
      <small className="difference-word">
        {listWords[list.listBefore]} → {listWords[list.listAfter]}
      </small>
    )}
    <ListFrame type={list.listAfter}>
      {list.items.map((one, index) => (
        <li key={`${index} ${one.change}`}>{itemContent(one)}</li>
      ))}
    </ListFrame>
  </>
);

const CellView = ({ one }: { one: NodeDifference<TableCell, CellInside> }): ReactNode => {
  if (one.change === 'changed')
    return (
      <CellFrame cell={one.inside.after}>
        <NodesView nodes={one.inside.nodes} />
      </CellFrame>
    );
  return (
    <CellFrame cell={one.node}>
      <Changed change={one.change}>
        <BlocksView blocks={one.node.content} />
      </Changed>
    </CellFrame>
  );
};

const TableView = ({ table }: { table: TableInside }): ReactNode => (
  <TableFrame>
    {table.rows.map((row, index) => (
      <tr key={`${index} ${row.change}`}>
        {row.change === 'changed'
          ? row.inside.cells.map((one, column) => <CellView key={`${column} ${one.change}`} one={one} />)
          : row.node.content.map((cell, column) => (
              <CellView key={`${column} cell`} one={{ change: row.change, node: cell }} />
            ))}
      </tr>
    ))}
  </TableFrame>
);

const InsideView = ({ inside }: { inside: BlockInside }): ReactNode => {
  if (inside.type === 'line') return <LineView line={inside} />;
  if (inside.type === 'list') return <ListView list={inside} />;
  if (inside.type === 'table') return <TableView table={inside} />;
  return (
    <p>
      <Changed change="removed">{formulaSource(inside.latexBefore)}</Changed>{' '}
      <Changed change="added">{formulaSource(inside.latexAfter)}</Changed>
    </p>
  );
};

const changeWords = { same: '', added: '新增', removed: '删除', changed: '修改' } as const;

export const BlockChange = ({ one }: { one: BlockDifference }): ReactNode => (
  <div className={`difference-block difference-${one.change}`}>
    {one.change === 'same' ? null : <small className="difference-word">{changeWords[one.change]}</small>}
    <NodesView nodes={[one]} />
  </div>
);
