import type { Content } from '../../content/contract.ts';
import { type Column, templates } from '../../template/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import type { CellWords, ColumnLabel } from './difference-view.tsx';

/** Whose an item is, before 第…版: a school's by its name. */
export const ownerWord = ({ itemSchoolName }: { readonly itemSchoolName: string | null }): string =>
  itemSchoolName ?? '区级';

const columnOf = (kind: ItemKind, section: string, column: string): Column | undefined =>
  templates[kind].find(({ key }) => key === section)?.columns?.find(({ key }) => key === column);

/** Columns by their names on the form. */
export const columnLabel =
  (kind: ItemKind): ColumnLabel =>
  (section, column) =>
    columnOf(kind, section, column)?.label ?? column;

/** Cells as they are read: choices by their words, references by the rows they name. */
export const cellWords =
  (kind: ItemKind, ...contents: readonly Content[]): CellWords =>
  (section, column, text) => {
    const known = columnOf(kind, section, column);
    if (known?.type === 'choice') return known.options[text] ?? text;
    if (known?.type === 'number') return `${text} ${known.unit}`;
    if (known?.type === 'origin') return `试题资源第 ${text.split('@')[1] ?? ''} 版`;
    if (known?.type !== 'references') return text;
    const [label] = templates[kind].find(({ key }) => key === known.section)?.columns ?? [];
    return text
      .split(' ')
      .map((id) => {
        for (const { sections } of contents) {
          const body = sections.find(({ key }) => key === known.section)?.body;
          const row = body?.form === 'rows' ? body.rows.find((one) => one.id === id) : undefined;
          if (row !== undefined) return row.cells[label?.key ?? ''] ?? id;
        }
        return id;
      })
      .join('；');
  };
