import { createContext, Fragment, type ReactNode, use } from 'react';
import type { Block, CellBlock, Inline, List, MarkType, Table } from '../../content/contract.ts';
import { Formula } from './formula.tsx';
import { pictureAddress } from './picture-address.ts';

const tags: Readonly<Record<MarkType, 'strong' | 'em' | 'u' | 's' | 'sub' | 'sup'>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  subscript: 'sub',
  superscript: 'sup',
};

/** Nothing in a design has an id of its own; it is drawn from a whole that does not change under it. */
const numbered = <One,>(list: readonly One[], draw: (one: One) => ReactNode): ReactNode =>
  list.map((one, index) => <Fragment key={String(index)}>{draw(one)}</Fragment>);

/** Where the pictures of what is drawn are read; null for one that is not shown. */
export const PictureAddress = createContext<(file: string) => string | null>(pictureAddress);

export const Picture = ({
  file,
  alt,
  width,
}: {
  file: string;
  alt: string;
  width?: number | null;
}): ReactNode => {
  const address = use(PictureAddress)(file);
  if (address === null) return <em>（图片较大，请下载文件查看）</em>;
  return (
    <img
      className="design-picture"
      src={address}
      alt={alt}
      loading="lazy"
      {...(width === null || width === undefined ? {} : { width })}
    />
  );
};

const InlineView = ({ inline }: { inline: Inline }): ReactNode => {
  switch (inline.type) {
    case 'text':
      return (inline.marks ?? []).reduce<ReactNode>((inner, { type }) => {
        const Tag = tags[type];
        return <Tag>{inner}</Tag>;
      }, inline.text);
    case 'hardBreak':
      return <br />;
    case 'inlineMath':
      return <Formula latex={inline.attrs.latex} />;
    default:
      return <Picture {...inline.attrs} />;
  }
};

const Inlines = ({ content }: { content: readonly Inline[] | undefined }): ReactNode =>
  numbered(content ?? [], (inline) => <InlineView inline={inline} />);

const ListView = ({ list }: { list: List }): ReactNode => {
  const Tag = list.type === 'bulletList' ? 'ul' : 'ol';
  return (
    <Tag>
      {numbered(list.content, (item) => (
        <li>
          {numbered(item.content, (block) => (
            <CellBlockView block={block} />
          ))}
        </li>
      ))}
    </Tag>
  );
};

const CellBlockView = ({ block }: { block: CellBlock }): ReactNode => {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines content={block.content} />
        </p>
      );
    case 'blockMath':
      return <Formula latex={block.attrs.latex} display />;
    default:
      return <ListView list={block} />;
  }
};

const TableView = ({ table }: { table: Table }): ReactNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
  <div className="table-frame design-table" tabIndex={0} role="group" aria-label="表格">
    <table>
      <tbody>
        {numbered(table.content, (row) => (
          <tr>
            {numbered(row.content, ({ type, attrs, content }) => {
              const Tag = type === 'tableHeader' ? 'th' : 'td';
              return (
                <Tag colSpan={attrs.colspan} rowSpan={attrs.rowspan}>
                  {numbered(content, (block) => (
                    <CellBlockView block={block} />
                  ))}
                </Tag>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const BlockView = ({ block }: { block: Block }): ReactNode => {
  if (block.type === 'table') return <TableView table={block} />;
  if (block.type !== 'heading') return <CellBlockView block={block} />;
  // The section's own title is the page's second level.
  const Tag = block.attrs.level === 1 ? 'h3' : block.attrs.level === 2 ? 'h4' : 'h5';
  return (
    <Tag>
      <Inlines content={block.content} />
    </Tag>
  );
};

export const BlocksView = ({ blocks }: { blocks: readonly Block[] }): ReactNode => (
  <div className="design-text">
    {numbered(blocks, (block) => (
      <BlockView block={block} />
    ))}
  </div>
);
