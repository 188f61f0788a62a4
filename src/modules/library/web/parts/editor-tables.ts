import { type Editor, Extension, Node } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  mergeCells,
  splitCell,
  tableEditing,
} from '@tiptap/pm/tables';

const roles: Readonly<Record<string, string>> = {
  table: 'table',
  tableRow: 'row',
  tableCell: 'cell',
  tableHeader: 'header_cell',
};

const span = (name: 'colspan' | 'rowspan', most: number) => ({
  default: 1,
  parseHTML: (element: HTMLElement) => Math.min(most, Math.max(1, Number(element.getAttribute(name)) || 1)),
});

const cell = (name: 'tableCell' | 'tableHeader', tag: 'td' | 'th') =>
  Node.create({
    name,
    content: '(paragraph | blockMath | bulletList | orderedList)+',
    isolating: true,
    addAttributes: () => ({ colspan: span('colspan', 60), rowspan: span('rowspan', 1000) }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });

const inEditor = (editor: Editor, command: Command): boolean => command(editor.state, editor.view.dispatch);

/** Moves on to the next cell; in the last one a new row is made. */
const tab = (editor: Editor): boolean => {
  if (!isInTable(editor.state)) return false;
  return (
    inEditor(editor, goToNextCell(1)) || (inEditor(editor, addRowAfter) && inEditor(editor, goToNextCell(1)))
  );
};

export const tableExtensions = [
  Node.create({
    name: 'table',
    group: 'block',
    content: 'tableRow+',
    isolating: true,
    parseHTML: () => [{ tag: 'table' }],
    renderHTML: () => ['div', { class: 'table-frame design-table' }, ['table', ['tbody', 0]]],
  }),
  Node.create({
    name: 'tableRow',
    content: '(tableCell | tableHeader)*',
    parseHTML: () => [{ tag: 'tr' }],
    renderHTML: () => ['tr', 0],
  }),
  cell('tableCell', 'td'),
  cell('tableHeader', 'th'),
  Extension.create({
    name: 'tableEditing',
    priority: 200,
    extendNodeSchema: ({ name }) => {
      const tableRole = roles[name];
      return tableRole === undefined ? {} : { tableRole };
    },
    addProseMirrorPlugins: () => [tableEditing()],
    addKeyboardShortcuts() {
      return {
        Tab: () => tab(this.editor),
        'Shift-Tab': () => isInTable(this.editor.state) && inEditor(this.editor, goToNextCell(-1)),
      };
    },
  }),
];

export const insertTable = (editor: Editor): void => {
  const row = (type: 'tableCell' | 'tableHeader') => ({
    type: 'tableRow',
    content: [1, 2, 3].map(() => ({ type, content: [{ type: 'paragraph' }] })),
  });
  editor
    .chain()
    .focus()
    .insertContent({ type: 'table', content: [row('tableHeader'), row('tableCell'), row('tableCell')] })
    .run();
};

/** What may be done with the table the caret stands in. */
export const tableActions: readonly { readonly label: string; readonly command: Command }[] = [
  { label: '加一行', command: addRowAfter },
  { label: '加一列', command: addColumnAfter },
  { label: '删这行', command: deleteRow },
  { label: '删这列', command: deleteColumn },
  { label: '合并格', command: mergeCells },
  { label: '拆分格', command: splitCell },
  { label: '删表格', command: deleteTable },
];

export const runInTable = (editor: Editor, command: Command): void => {
  inEditor(editor, command);
  editor.commands.focus();
};
