import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { type ReactNode, useEffect, useRef } from 'react';
import { names } from '../../co-editing/rules.ts';
import { type FormulaAt, formulaExtensions } from './editor-formula.ts';
import { cleanPasted } from './editor-paste.ts';
import { textExtensions } from './editor-schema.ts';
import { tableExtensions } from './editor-tables.ts';
import { carets, type Passage, remarkedPassages, showPassages } from './editor-together.ts';
import type { OpenDocument } from './open-document.ts';

/** Stores a picture and gives the SHA-256 under which it is read. */
export type UploadPicture = (file: File) => Promise<string>;

interface TextEditorProps {
  readonly open: OpenDocument;
  readonly sectionKey: string;
  readonly title: string;
  readonly hint: string;
  readonly editable: boolean;
  readonly passages: readonly Passage[];
  readonly onEditor: (editor: Editor | null) => void;
  readonly onFocus: (editor: Editor) => void;
  readonly onFormula: (editor: Editor, formula: FormulaAt) => void;
  readonly onPictures: (editor: Editor, files: readonly File[]) => void;
}

const picturesIn = (data: DataTransfer | null): File[] =>
  [...(data?.files ?? [])].filter(({ type }) => /^image\/(?:png|jpeg|gif|webp)$/.test(type));

/** One text section, written together. */
export const TextEditor = (props: TextEditorProps): ReactNode => {
  const { open, sectionKey, title, hint, editable, passages } = props;
  const place = useRef<HTMLDivElement>(null);
  const made = useRef<Editor | null>(null);
  const now = useRef(props);
  useEffect(() => {
    now.current = props;
  });
  useEffect(() => {
    if (place.current === null || open.provider.awareness === null) return undefined;
    const editor: Editor = new Editor({
      element: place.current,
      injectCSS: false,
      extensions: [
        ...textExtensions,
        ...tableExtensions,
        ...formulaExtensions((formula) => now.current.onFormula(editor, formula)),
        Collaboration.configure({ fragment: open.doc.getXmlFragment(names.text(sectionKey)) }),
        carets(open.provider.awareness),
        remarkedPassages,
      ],
      editorProps: {
        attributes: {
          class: 'design-text text-editor',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': title,
          'data-hint': hint,
        },
        transformPastedHTML: cleanPasted,
        handlePaste: (_view, event) => {
          const pictures = picturesIn(event.clipboardData);
          // From Word the clipboard holds the text and a picture of it: the text is meant.
          if (pictures.length === 0 || event.clipboardData?.types.includes('text/html') === true)
            return false;
          now.current.onPictures(editor, pictures);
          return true;
        },
        handleDrop: (_view, event) => {
          const pictures = picturesIn(event.dataTransfer);
          if (pictures.length === 0) return false;
          now.current.onPictures(editor, pictures);
          return true;
        },
      },
      onFocus: () => now.current.onFocus(editor),
    });
    made.current = editor;
    now.current.onEditor(editor);
    return () => {
      made.current = null;
      now.current.onEditor(null);
      editor.destroy();
    };
  }, [open, sectionKey, title, hint]);
  useEffect(() => {
    made.current?.setEditable(editable, false);
  }, [editable]);
  useEffect(() => {
    if (made.current !== null) showPassages(made.current, passages);
  }, [passages]);
  return <div ref={place} className="text-editor-place" />;
};
