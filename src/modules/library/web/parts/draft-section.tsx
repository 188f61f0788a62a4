import type { Editor } from '@tiptap/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { Button } from '#web/ui/button.tsx';
import { names, rowIds } from '../../co-editing/rules.ts';
import type { Comment } from '../../comment/contract.ts';
import type { Row, Section } from '../../content/contract.ts';
import type { Column, SectionTemplate } from '../../template/contract.ts';
import { goToPassage, selectedPassage } from './editor-together.ts';
import type { OpenDocument } from './open-document.ts';
import { type NewRemark, RemarkForm, Remarks } from './remarks.tsx';
import { RowsEditor } from './rows-editor.tsx';
import { RowsView } from './rows-view.tsx';
import { TextEditor } from './text-editor.tsx';

interface DraftSectionProps {
  readonly documentId: string;
  readonly open: OpenDocument;
  readonly sectionKey: string;
  readonly title: string;
  readonly template: SectionTemplate | undefined;
  readonly editable: boolean;
  readonly remarks: readonly Comment[];
  readonly mayComment: boolean;
  readonly competencies: readonly string[];
  readonly textbook: Readonly<Record<string, string>>;
  readonly editorProps: Pick<Parameters<typeof TextEditor>[0], 'onFocus' | 'onFormula' | 'onPictures'>;
}

/** One section with the remarks on it: beside it on a desk, below it on a phone. */
export const DraftSection = (props: DraftSectionProps): ReactNode => {
  const { documentId, open, sectionKey, title, template, editable, remarks, mayComment } = props;
  const editor = useRef<Editor | null>(null);
  const [newRemark, setNewRemark] = useState<NewRemark | null>(null);
  const form = open.doc.getMap(names.forms).get(sectionKey);
  const columns = template?.columns ?? columnsOf(open.doc, sectionKey);
  const passages = useMemo(
    () =>
      remarks.flatMap(({ id, anchor, resolved }) =>
        anchor === null || resolved !== null ? [] : [{ id, anchor }],
      ),
    [remarks],
  );
  const remark = (): void => {
    const passage = editor.current === null ? null : selectedPassage(editor.current);
    setNewRemark({ sectionKey, anchor: passage?.anchor ?? null, quote: passage?.quote ?? '' });
  };
  const go = ({ anchor }: Comment): boolean =>
    anchor !== null && editor.current !== null && goToPassage(editor.current, anchor);
  return (
    <section
      className="draft-section"
      id={`section-${sectionKey}`}
      onFocus={() => open.enterSection(sectionKey)}
    >
      <div className="draft-section-body">
        <header className="draft-section-head">
          <h2>{title}</h2>
          {mayComment ? (
            <Button
              size="small"
              variant="quiet"
              onMouseDown={(event) => event.preventDefault()}
              onClick={remark}
            >
              批注
            </Button>
          ) : null}
        </header>
        {template === undefined || !editable ? null : <p className="field-hint">{template.hint}</p>}
        {form === 'rows' && !editable ? (
          <RowsView
            title={title}
            rows={rowsIn(open.doc, sectionKey, columns)}
            columns={columns}
            sections={referredSections(open.doc, columns)}
            textbook={props.textbook}
          />
        ) : form === 'rows' ? (
          <RowsEditor
            doc={open.doc}
            sectionKey={sectionKey}
            title={title}
            columns={columns}
            editable
            competencies={props.competencies}
            textbook={props.textbook}
          />
        ) : (
          <TextEditor
            open={open}
            sectionKey={sectionKey}
            title={title}
            hint={editable ? '在这里写' : ''}
            editable={editable}
            passages={passages}
            onEditor={(made) => {
              editor.current = made;
            }}
            {...props.editorProps}
          />
        )}
      </div>
      {newRemark === null && remarks.length === 0 ? null : (
        <aside className="draft-remarks stack" aria-label={`${title}的批注`}>
          {newRemark === null ? null : (
            <RemarkForm documentId={documentId} remark={newRemark} onDone={() => setNewRemark(null)} />
          )}
          <Remarks remarks={remarks} mayComment={mayComment} onGo={go} />
        </aside>
      )}
    </section>
  );
};

/** A section's rows as they stand in the document. */
const rowsIn = (doc: Y.Doc, key: string, columns: readonly Column[]): Row[] => {
  const chosen = doc.getMap<unknown>(names.chosen(key));
  return rowIds(doc, key).map((id) => ({
    id,
    cells: Object.fromEntries(
      columns.flatMap((column) => {
        const picked = chosen.get(`${id}:${column.key}`);
        const text =
          typeof picked === 'string' ? picked : doc.getText(names.cell(key, id, column.key)).toJSON();
        return text === '' ? [] : [[column.key, text] as const];
      }),
    ),
  }));
};

/** The sections that a table's references name, for their rows' numbers. */
const referredSections = (doc: Y.Doc, columns: readonly Column[]): Section[] =>
  columns.flatMap((column) =>
    column.type === 'references'
      ? [
          {
            key: column.section,
            title: column.section,
            body: { form: 'rows' as const, rows: rowsIn(doc, column.section, []) },
          },
        ]
      : [],
  );

/** Of a table that the form does not know (an earlier edition's): the cells there are. */
const columnsOf = (doc: Y.Doc, key: string): { key: string; label: string; type: 'text' }[] => {
  const known = [...doc.share.keys()].flatMap((name) => {
    const [kind, section, , column] = name.split(':');
    return kind === 'cell' && section === key && column !== undefined ? [column] : [];
  });
  return [...new Set(known)].map((column) => ({ key: column, label: column, type: 'text' }));
};
