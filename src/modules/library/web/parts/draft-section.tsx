import type { Editor } from '@tiptap/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { Button } from '#web/ui/button.tsx';
import { names, rowIds } from '../../co-editing/rules.ts';
import type { Comment } from '../../comment/contract.ts';
import type { Row, Section } from '../../content/contract.ts';
import { type Column, templates } from '../../template/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { goToPassage, selectedPassage } from './editor-together.ts';
import type { OpenDocument } from './open-document.ts';
import { type NewRemark, RemarkForm, Remarks } from './remarks.tsx';
import { cellName, type RowNotes, RowRemarks, wordsOfCell } from './row-notes.tsx';
import { goToCell, pickedIn } from './row-passages.ts';
import { RowsEditor } from './rows-editor.tsx';
import { RowsView } from './rows-view.tsx';
import { SectionTools } from './section-tools.tsx';
import { TextEditor } from './text-editor.tsx';
import { useRowIds } from './use-open-document.ts';

interface DraftSectionProps {
  readonly documentId: string;
  readonly open: OpenDocument;
  readonly kind: ItemKind;
  readonly sectionKey: string;
  readonly title: string;
  /** Of all sections, in order. */
  readonly keys: readonly string[];
  readonly editable: boolean;
  readonly mayMove: boolean;
  /** Added by the authors of this draft. */
  readonly isOwn: boolean;
  readonly remarks: readonly Comment[];
  readonly mayComment: boolean;
  readonly competencies: readonly string[];
  readonly textbook: Readonly<Record<string, string>>;
  readonly meant: Readonly<Record<string, string>>;
  readonly editorProps: Pick<Parameters<typeof TextEditor>[0], 'onFocus' | 'onFormula' | 'onPictures'>;
}

/** One section with the remarks on it: beside it on a desk, below it on a phone; those on a row stand at the row. */
export const DraftSection = (props: DraftSectionProps): ReactNode => {
  const { documentId, open, kind, sectionKey, title, editable, remarks, mayComment, textbook } = props;
  const editor = useRef<Editor | null>(null);
  const place = useRef<HTMLElement>(null);
  /** The field in which one was last, for a remark on its cell. */
  const last = useRef<Element | null>(null);
  const [origin] = useState(() => ({ section: sectionKey }));
  const [newRemark, setNewRemark] = useState<NewRemark | null>(null);
  const endRemark = (): void => setNewRemark(null);
  const [adjusting, setAdjusting] = useState(false);
  const form = open.doc.getMap(names.forms).get(sectionKey);
  const template = templates[kind].find(({ key }) => key === sectionKey);
  const columns = template?.columns ?? columnsOf(open.doc, sectionKey);
  const ids = useRowIds(open.doc, sectionKey);
  const passages = useMemo(
    () =>
      remarks.flatMap(({ id, anchor, cell, resolved }) =>
        anchor === null || cell !== null || resolved !== null ? [] : [{ id, anchor }],
      ),
    [remarks],
  );
  const remark = (): void => {
    const passage = editor.current === null ? null : selectedPassage(editor.current);
    setNewRemark({ sectionKey, anchor: passage?.anchor ?? null, cell: null, quote: passage?.quote ?? '' });
  };
  const remarkOnRow = (row: string): void => {
    if (place.current === null) return;
    const picked = pickedIn(open.doc, sectionKey, row, { section: place.current, last: last.current });
    const column = picked?.column ?? null;
    const whole = column === null ? '' : wordsIn(open.doc, sectionKey, columns, { row, column });
    setNewRemark({
      sectionKey,
      cell: { row, column },
      anchor: picked?.anchor ?? null,
      quote: (picked?.quote || whole).slice(0, 500),
    });
  };
  const go = (one: Comment): boolean => {
    if (one.cell !== null) return place.current !== null && goToCell(open.doc, place.current, one);
    return one.anchor !== null && editor.current !== null && goToPassage(editor.current, one.anchor);
  };
  const isOnRow = ({ cell }: Pick<Comment, 'cell'>): boolean =>
    form === 'rows' && cell !== null && ids.includes(cell.row);
  const onSection = remarks.filter((one) => !isOnRow(one));
  const onRows = remarks.filter(isOnRow);
  const notes: RowNotes = {
    marked: new Set(
      onRows.flatMap(({ cell, resolved }) =>
        cell === null || resolved !== null ? [] : [cellName(cell.row, cell.column)],
      ),
    ),
    below: (row) => {
      const here = onRows.filter(({ cell }) => cell?.row === row);
      const begun = newRemark?.cell?.row === row ? newRemark : null;
      return here.length === 0 && begun === null ? null : (
        <RowRemarks
          documentId={documentId}
          remarks={here}
          newRemark={begun}
          columns={columns}
          mayComment={mayComment}
          wordsOf={(column) => wordsIn(open.doc, sectionKey, columns, { row, column })}
          onDone={endRemark}
          onGo={go}
        />
      );
    },
    start: mayComment ? remarkOnRow : null,
  };
  const isNewHere = newRemark !== null && !isOnRow(newRemark);
  return (
    <section
      ref={place}
      className="draft-section"
      id={`section-${sectionKey}`}
      onFocus={(event) => {
        open.enterSection(sectionKey);
        if (event.target.closest('[data-cell]') !== null) last.current = event.target;
      }}
    >
      <div className="draft-section-body">
        <header className="draft-section-head">
          <h2>{title}</h2>
          <span className="row">
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
            {editable ? (
              <Button
                size="small"
                variant="quiet"
                aria-expanded={adjusting}
                onClick={() => setAdjusting(!adjusting)}
              >
                调整
              </Button>
            ) : null}
          </span>
        </header>
        {editable && adjusting ? (
          <SectionTools
            open={open}
            sectionKey={sectionKey}
            title={title}
            keys={props.keys}
            mayMove={props.mayMove}
            isOwn={props.isOwn}
            word={{
              open,
              documentId,
              kind,
              sectionKey,
              title,
              template,
              columns,
              textbook,
              origin,
              editorOf: () => editor.current,
            }}
          />
        ) : null}
        {template === undefined || !editable ? null : <p className="field-hint">{template.hint}</p>}
        {form === 'rows' && !editable ? (
          <RowsView
            title={title}
            rows={rowsIn(open.doc, sectionKey, columns)}
            columns={columns}
            sections={referredSections(open.doc, columns)}
            textbook={{ ...props.meant, ...textbook }}
            notes={notes}
          />
        ) : form === 'rows' ? (
          <RowsEditor
            doc={open.doc}
            sectionKey={sectionKey}
            title={title}
            columns={columns}
            editable
            competencies={props.competencies}
            textbook={textbook}
            meant={props.meant}
            origin={origin}
            notes={notes}
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
      {!isNewHere && onSection.length === 0 ? null : (
        <aside className="draft-remarks stack" aria-label={`${title}的批注`}>
          {isNewHere ? <RemarkForm documentId={documentId} remark={newRemark} onDone={endRemark} /> : null}
          <Remarks
            remarks={onSection}
            mayComment={mayComment}
            onGo={go}
            placeOf={({ cell }) => (cell === null ? null : '这一行已删除')}
          />
        </aside>
      )}
    </section>
  );
};

/** What a cell says to a reader, to be quoted; of references nothing. */
const wordsIn = (
  doc: Y.Doc,
  key: string,
  columns: readonly Column[],
  { row, column }: { readonly row: string; readonly column: string },
): string => {
  const [found] = rowsIn(doc, key, columns, [row]);
  return wordsOfCell(columns, found?.cells, column);
};

/** A section's rows as they stand in the document. */
const rowsIn = (
  doc: Y.Doc,
  key: string,
  columns: readonly Column[],
  ids: readonly string[] = rowIds(doc, key),
): Row[] => {
  const chosen = doc.getMap<unknown>(names.chosen(key));
  return ids.map((id) => ({
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
