import { type SectionTemplate, templates } from '../template/contract.ts';
import type { ItemKind } from '../vocabulary/contract.ts';
import type { Block, Body, CellBlock, Content, Inline, List, Row, Section } from './contract.ts';

export const templateOf = (kind: ItemKind, key: string): SectionTemplate | undefined =>
  templates[kind].find((section) => section.key === key);

/** Added by the authors (自定义栏目), not by the kind's form. */
export const isOwnSection = (key: string): boolean => key.startsWith('own-');

const emptyBody = ({ columns }: SectionTemplate): Body =>
  columns === undefined ? { form: 'text', blocks: [] } : { form: 'rows', rows: [] };

/** A kind's own form, nothing filled in. */
export const emptyContent = (kind: ItemKind): Content => ({
  sections: templates[kind].map((template) => ({
    key: template.key,
    title: template.title,
    body: emptyBody(template),
  })),
});

/**
 * As the kind's form wants it: what its authors put in another order or added stays where it is, a section of the form
 * that is missing comes after the one before it, and the form's sections bear the form's names.
 */
export const completed = (kind: ItemKind, { sections }: Content): Content => {
  const form = emptyContent(kind).sections;
  const titles = new Map(form.map(({ key, title }) => [key, title]));
  const result = sections.map((section) => ({ ...section, title: titles.get(section.key) ?? section.title }));
  const placeOf = (key: string | undefined): number => result.findIndex((section) => section.key === key);
  for (const [index, section] of form.entries())
    if (placeOf(section.key) === -1) result.splice(placeOf(form[index - 1]?.key) + 1, 0, section);
  return { sections: result };
};

const inlineText = (nodes: readonly Inline[] = []): string =>
  nodes
    .map((node) =>
      node.type === 'text'
        ? node.text
        : node.type === 'hardBreak'
          ? '\n'
          : node.type === 'inlineMath'
            ? `$${node.attrs.latex}$`
            : node.attrs.alt,
    )
    .join('');

const listText = ({ content }: List): string =>
  content.flatMap((item) => item.content.map(blockText)).join('\n');

const blockText = (block: Block | CellBlock): string => {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.content);
    case 'blockMath':
      return `$${block.attrs.latex}$`;
    case 'table':
      return block.content
        .map((line) => line.content.map((cell) => cell.content.map(blockText).join(' ')).join('\t'))
        .join('\n');
    default:
      return listText(block);
  }
};

/** The words of a section as plain text, one line a block or a row; for search, counts and checks. */
export const plainText = (body: Body): string =>
  body.form === 'text'
    ? body.blocks.map(blockText).join('\n')
    : body.rows.map(({ cells }) => Object.values(cells).join('\t')).join('\n');

export const isBlank = (body: Body): boolean =>
  body.form === 'rows' ? body.rows.length === 0 : plainText(body).trim() === '' && !hasPicture(body.blocks);

const hasPicture = (blocks: readonly Block[]): boolean => JSON.stringify(blocks).includes('"type":"picture"');

export const sectionOf = ({ sections }: Content, key: string): Section | undefined =>
  sections.find((section) => section.key === key);

/** Rows of a section; none where there is no such section or it is text. */
export const rowsOf = (content: Content, key: string): readonly Row[] => {
  const body = sectionOf(content, key)?.body;
  return body?.form === 'rows' ? body.rows : [];
};

/** Ids that cells hold: of units and lessons, as far as there are such. */
export const idsInCells = ({ sections }: Content): string[] => {
  const cells = sections.flatMap(({ body }) =>
    body.form === 'rows' ? body.rows.flatMap((row) => Object.values(row.cells)) : [],
  );
  return [...new Set(cells.filter((text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)))];
};

/** SHA-256 of the stored files of all pictures in a content, each once. */
export const pictureFiles = (content: Content): string[] => {
  const found = JSON.stringify(content).matchAll(/"file":"([0-9a-f]{64})"|\]\(([0-9a-f]{64})\)/g);
  return [...new Set([...found].map(([, node, cell]) => node ?? cell ?? ''))];
};
