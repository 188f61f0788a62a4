import type { Editor } from '@tiptap/core';
import { isInTable } from '@tiptap/pm/tables';
import { type ReactNode, useEffect, useReducer } from 'react';
import { insertTable, runInTable, tableActions } from './editor-tables.ts';

interface ToolbarProps {
  /** The section in which the caret stands; null before anybody has tapped into one. */
  readonly editor: Editor | null;
  readonly onFormula: (display: boolean) => void;
  readonly onPicture: (() => void) | null;
}

interface Tool {
  readonly label: string;
  readonly name: string;
  readonly on?: (editor: Editor) => boolean;
  readonly run: (editor: Editor) => void;
}

const mark = (name: string, label: string, title: string): Tool => ({
  label,
  name: title,
  on: (editor) => editor.isActive(name),
  run: (editor) => void editor.chain().focus().toggleMark(name).run(),
});
const tools: readonly Tool[] = [
  mark('bold', '粗', '加粗'),
  mark('italic', '斜', '斜体'),
  mark('subscript', 'x₂', '下标'),
  mark('superscript', 'x²', '上标'),
  {
    label: '标题',
    name: '小标题',
    on: (editor) => editor.isActive('heading'),
    run: (editor) => void editor.chain().focus().toggleNode('heading', 'paragraph', { level: 2 }).run(),
  },
  {
    label: '• 列表',
    name: '项目列表',
    on: (editor) => editor.isActive('bulletList'),
    run: (editor) => void editor.chain().focus().toggleList('bulletList', 'listItem').run(),
  },
  {
    label: '1. 列表',
    name: '编号列表',
    on: (editor) => editor.isActive('orderedList'),
    run: (editor) => void editor.chain().focus().toggleList('orderedList', 'listItem').run(),
  },
  { label: '表格', name: '插入表格', run: insertTable },
];

/** One bar for all sections; on a phone it scrolls sideways under the thumb. */
export const EditorToolbar = ({ editor, onFormula, onPicture }: ToolbarProps): ReactNode => {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    editor?.on('transaction', redraw);
    return () => {
      editor?.off('transaction', redraw);
    };
  }, [editor]);
  const disabled = editor === null || !editor.isEditable;
  const inTable = editor !== null && !editor.isDestroyed && isInTable(editor.state);
  const button = (label: string, name: string, act: () => void, pressed?: boolean): ReactNode => (
    <button
      key={name}
      type="button"
      className="tool"
      disabled={disabled}
      aria-label={name}
      title={name}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      // The caret stays in the text while a tool is pressed.
      onMouseDown={(event) => event.preventDefault()}
      onClick={act}
    >
      {label}
    </button>
  );
  return (
    <div className="toolbar" role="toolbar" aria-label="文字工具" tabIndex={0}>
      {tools.map(({ label, name, on, run }) =>
        button(
          label,
          name,
          () => {
            if (editor !== null) run(editor);
          },
          on === undefined ? undefined : editor !== null && on(editor),
        ),
      )}
      {button('公式', '插入公式', () => onFormula(false))}
      {onPicture === null ? null : button('图片', '插入图片', onPicture)}
      {button('撤销', '撤销', () => void editor?.chain().focus().undo().run())}
      {button('重做', '重做', () => void editor?.chain().focus().redo().run())}
      {inTable ? (
        <span className="toolbar-group">
          {tableActions.map(({ label, command }) => button(label, label, () => runInTable(editor, command)))}
        </span>
      ) : null}
    </div>
  );
};
