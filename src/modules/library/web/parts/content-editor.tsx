import type { Editor } from '@tiptap/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '#web/rpc.ts';
import { Loading } from '#web/ui/states.tsx';
import { notify } from '#web/ui/toast.tsx';
import { names } from '../../co-editing/rules.ts';
import { isOwnSection } from '../../content/rules.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { DraftLine } from './draft-line.tsx';
import { DraftSection } from './draft-section.tsx';
import type { FormulaAt } from './editor-formula.ts';
import { EditorToolbar } from './editor-toolbar.tsx';
import { FormulaDialog, type FormulaDraft } from './formula-dialog.tsx';
import type { OpenDocument } from './open-document.ts';
import { OwnSections } from './own-sections.tsx';
import { RemarksFault, useRemarks } from './remarks.tsx';
import type { UploadPicture } from './text-editor.tsx';
import { useDocumentState, useOpenDocument, useSectionKeys, useShared } from './use-open-document.ts';
import './design.css';
import './draft.css';

interface ContentEditorProps {
  readonly draftId: string;
  readonly kind: ItemKind;
  /** Whose page it is; what is kept on this device is kept under this id. */
  readonly me: { readonly id: string; readonly name: string };
  /** Told whether everything typed here is with the server. */
  readonly onSaved?: (saved: boolean) => void;
  /** Sections that may be read and not written. */
  readonly locked?: readonly string[];
  /** Of the version that an adaptation is made from: they keep their names and places. */
  readonly linked?: readonly string[];
  /** 核心素养 of the subject; without them they are typed. */
  readonly competencies?: readonly string[];
  /** Names of units and lessons by id; without them they are typed. */
  readonly textbook?: Readonly<Record<string, string>>;
  /** Names of units and lessons that cells mean already, of other volumes too. */
  readonly meant?: Readonly<Record<string, string>>;
  /** Stores a picture; without it none can be put in. */
  readonly uploadPicture?: UploadPicture;
}

/** A draft, written by several people at once: all its sections on one page. */
export const ContentEditor = (props: ContentEditorProps): ReactNode => {
  const open = useOpenDocument(props.draftId, props.me);
  return open === null ? <Loading /> : <Opened {...props} open={open} />;
};

/** A formula being written: new at the caret, or one that stands somewhere. */
interface FormulaTask extends FormulaDraft {
  readonly editor: Editor;
  readonly position: number | null;
}

const noNames: readonly string[] = [];
const noTextbook = {};

const Opened = ({
  draftId,
  kind,
  open,
  onSaved,
  locked = noNames,
  linked = noNames,
  competencies = noNames,
  textbook = noTextbook,
  meant = noTextbook,
  uploadPicture,
}: ContentEditorProps & { open: OpenDocument }): ReactNode => {
  const state = useDocumentState(open);
  const isSaved = state.ready && state.line === 'saved' && !state.heldBack;
  useEffect(() => onSaved?.(isSaved), [isSaved, onSaved]);
  const keys = useSectionKeys(open.doc);
  const titles = useTitles(open);
  const remarks = useRemarks(draftId);
  const [focused, setFocused] = useState<Editor | null>(null);
  const [formula, setFormula] = useState<FormulaTask | null>(null);
  const file = useRef<HTMLInputElement>(null);

  const putPictures = async (editor: Editor, files: readonly File[]): Promise<void> => {
    if (uploadPicture === undefined) return notify('这里不能放图片。', 'bad');
    for (const one of files)
      try {
        const hash = await uploadPicture(one);
        const alt = one.name.replace(/\.[a-z]+$/i, '').slice(0, 500);
        editor
          .chain()
          .focus()
          .insertContent({ type: 'picture', attrs: { file: hash, alt } })
          .run();
      } catch (error) {
        notify(`图片没有放进去：${sentenceOf(error)}`, 'bad');
      }
  };
  const editorProps = {
    onFocus: setFocused,
    onFormula: (editor: Editor, { position, latex, display }: FormulaAt) =>
      setFormula({ editor, position, latex, display }),
    onPictures: (editor: Editor, files: readonly File[]) => void putPictures(editor, files),
  };
  if (!state.ready)
    return (
      <>
        <DraftLine state={state} titles={titles} />
        <Loading label="正在打开草稿…" />
      </>
    );
  const hasText = keys.some((key) => open.doc.getMap(names.forms).get(key) !== 'rows');
  return (
    <div className="draft">
      <div className="draft-top">
        <DraftLine state={state} titles={titles} />
        {state.mayEdit && hasText ? (
          <EditorToolbar
            editor={focused}
            onFormula={(display) => {
              if (focused !== null) setFormula({ editor: focused, position: null, latex: '', display });
            }}
            onPicture={uploadPicture === undefined ? null : () => file.current?.click()}
          />
        ) : null}
      </div>
      <nav className="draft-outline" aria-label="各部分">
        {keys.map((key) => (
          <a key={key} href={`#section-${key}`} data-here={here(state.people, key)}>
            {titles.get(key)}
          </a>
        ))}
      </nav>
      <RemarksFault query={remarks} />
      {keys.map((key) => (
        <DraftSection
          key={key}
          documentId={draftId}
          open={open}
          kind={kind}
          sectionKey={key}
          title={titles.get(key) ?? ''}
          keys={keys}
          editable={state.mayEdit && !locked.includes(key)}
          mayMove={!linked.includes(key)}
          isOwn={isOwnSection(key) && !linked.includes(key)}
          remarks={remarks.data?.rows.filter(({ sectionKey }) => sectionKey === key) ?? []}
          mayComment={remarks.data?.mayComment ?? false}
          competencies={competencies}
          textbook={textbook}
          meant={meant}
          editorProps={editorProps}
        />
      ))}
      {state.mayEdit ? <OwnSections doc={open.doc} keys={keys} titles={titles} /> : null}
      <input
        ref={file}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (focused !== null) void putPictures(focused, files);
        }}
      />
      {formula === null ? null : (
        <FormulaDialog
          formula={formula}
          onClose={() => setFormula(null)}
          onDone={(done) => {
            putFormula(formula, done);
            setFormula(null);
          }}
          {...(formula.position === null
            ? {}
            : {
                onRemove: () => {
                  removeFormula(formula);
                  setFormula(null);
                },
              })}
        />
      )}
    </div>
  );
};

/** How many others are in a section, for its mark in the outline. */
const here = (
  people: readonly { mine: boolean; section: string | null }[],
  key: string,
): number | undefined => people.filter(({ mine, section }) => !mine && section === key).length || undefined;

const useTitles = ({ doc }: OpenDocument): ReadonlyMap<string, string> => {
  const titles = doc.getMap(names.titles);
  const text = useShared([titles], () => JSON.stringify([...titles.entries()]));
  const pairs: unknown = JSON.parse(text);
  return new Map(
    Array.isArray(pairs)
      ? pairs.map((pair: unknown) => (Array.isArray(pair) ? [String(pair[0]), String(pair[1])] : ['', '']))
      : [],
  );
};

const putFormula = ({ editor, position }: FormulaTask, { latex, display }: FormulaDraft): void => {
  const content = { type: display ? 'blockMath' : 'inlineMath', attrs: { latex } };
  const node = position === null ? null : editor.state.doc.nodeAt(position);
  if (position === null || node === null) editor.chain().focus().insertContent(content).run();
  else if (node.type.name === content.type)
    editor
      .chain()
      .focus()
      .command(({ tr }) => {
        tr.setNodeMarkup(position, undefined, { latex });
        return true;
      })
      .run();
  else
    editor
      .chain()
      .focus()
      .insertContentAt({ from: position, to: position + node.nodeSize }, content)
      .run();
};

const removeFormula = ({ editor, position }: FormulaTask): void => {
  const node = position === null ? null : editor.state.doc.nodeAt(position);
  if (position !== null && node !== null)
    editor
      .chain()
      .focus()
      .deleteRange({ from: position, to: position + node.nodeSize })
      .run();
};
