import { type ReactNode, useEffect, useRef, useState } from 'react';
import * as Y from 'yjs';
import { newId } from '#platform/ids.ts';
import { Button } from '#web/ui/button.tsx';
import { placing } from '../../co-editing/order/rules.ts';
import { names } from '../../co-editing/rules.ts';
import type { Column } from '../../template/contract.ts';
import { CellField } from './cell-field.tsx';
import { cellName, type RowNotes } from './row-notes.tsx';
import { RemarkButton, Sums } from './rows-view.tsx';
import { useRowIds, useShared } from './use-open-document.ts';

interface RowsEditorProps {
  readonly doc: Y.Doc;
  readonly sectionKey: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly editable: boolean;
  readonly competencies: readonly string[];
  readonly textbook: Readonly<Record<string, string>>;
  readonly meant: Readonly<Record<string, string>>;
  /** Marks what is done here, so that this section's undo takes it back. */
  readonly origin: object;
  readonly notes: RowNotes;
}

/** A table with fixed columns: one card a row, on the desk and on the phone alike. */
export const RowsEditor = (props: RowsEditorProps): ReactNode => {
  const { doc, sectionKey, title, columns, editable, origin, notes } = props;
  const ids = useRowIds(doc, sectionKey);
  const { undo, mayUndo } = useRowsUndo(props);
  const place = (id: string, index: number): void => {
    const places = doc.getMap<string>(names.rows(sectionKey));
    doc.transact(() => {
      for (const [row, to] of placing(new Map(places.entries()), id, index)) places.set(row, to);
    }, origin);
  };
  const remove = (id: string): void =>
    doc.transact(() => doc.getMap(names.rows(sectionKey)).delete(id), origin);
  const references = columns.find((column) => column.type === 'references');
  const targets = useTargets(doc, references?.type === 'references' ? references.section : sectionKey);
  const sums = useSums(doc, sectionKey, columns, ids);
  return (
    <div className="stack">
      {ids.length === 0 ? <p className="muted">还没有一行。</p> : null}
      {ids.map((id, index) => (
        <fieldset key={id} className="row-card" data-row={id}>
          <legend>
            {title} {index + 1}
          </legend>
          <div className="row-fields">
            {columns.map((column) => (
              <CellField
                key={column.key}
                {...{ doc, sectionKey, column, editable, origin, targets }}
                rowId={id}
                competencies={props.competencies}
                textbook={props.textbook}
                meant={props.meant}
                remarked={notes.marked.has(cellName(id, column.key))}
              />
            ))}
          </div>
          {notes.below(id)}
          {editable ? (
            <div className="row row-tools">
              <Button size="small" disabled={index === 0} onClick={() => place(id, index - 1)}>
                上移
              </Button>
              <Button size="small" disabled={index === ids.length - 1} onClick={() => place(id, index + 1)}>
                下移
              </Button>
              <Button size="small" onClick={() => place(newRowId(), index + 1)}>
                在下面加一行
              </Button>
              <Button size="small" variant="danger" onClick={() => remove(id)}>
                删除这行
              </Button>
              {notes.start === null ? null : (
                <RemarkButton row={id} number={index + 1} onStart={notes.start} />
              )}
            </div>
          ) : null}
        </fieldset>
      ))}
      <Sums rows={sums} columns={columns} />
      {editable ? (
        <div className="row">
          <Button onClick={() => place(newRowId(), ids.length)}>加一行</Button>
          <Button variant="quiet" disabled={!mayUndo} onClick={undo}>
            撤销
          </Button>
        </div>
      ) : null}
    </div>
  );
};

/** Short, for it stands in every cell's name and in references. */
const newRowId = (): string => newId().replaceAll('-', '').slice(-12);

/** Takes back what was done here in this section, whatever others did in the meantime. */
const useRowsUndo = ({ doc, sectionKey, columns, origin }: RowsEditorProps) => {
  const manager = useRef<Y.UndoManager | null>(null);
  const [mayUndo, setMayUndo] = useState(false);
  const ids = useRowIds(doc, sectionKey);
  useEffect(() => {
    const made = new Y.UndoManager(
      [doc.getMap(names.rows(sectionKey)), doc.getMap(names.chosen(sectionKey))],
      {
        trackedOrigins: new Set([origin]),
      },
    );
    const changed = (): void => setMayUndo(made.canUndo());
    made.on('stack-item-added', changed);
    made.on('stack-item-popped', changed);
    manager.current = made;
    return () => {
      manager.current = null;
      made.destroy();
    };
  }, [doc, sectionKey, origin]);
  useEffect(() => {
    for (const id of ids)
      for (const { key } of columns)
        manager.current?.addToScope(doc.getText(names.cell(sectionKey, id, key)));
  }, [doc, sectionKey, columns, ids]);
  return { mayUndo, undo: () => void manager.current?.undo() };
};

/** Rows that may be referred to, by number and what they say. */
const useTargets = (doc: Y.Doc, key: string): { id: string; label: string }[] => {
  const ids = useRowIds(doc, key);
  const texts = ids.map((id) => doc.getText(names.cell(key, id, 'goal')));
  const said = useShared(texts, () => JSON.stringify(texts.map((text) => text.toJSON().trim())));
  const labels: unknown = JSON.parse(said);
  return ids.map((id, index) => {
    const label: unknown = Array.isArray(labels) ? labels[index] : '';
    return { id, label: `${index + 1}. ${typeof label === 'string' && label !== '' ? label : '（未填写）'}` };
  });
};

const useSums = (doc: Y.Doc, key: string, columns: readonly Column[], ids: readonly string[]) => {
  const numbers = columns.filter(({ type }) => type === 'number');
  const chosen = doc.getMap(names.chosen(key));
  const texts = ids.flatMap((id) => numbers.map((column) => doc.getText(names.cell(key, id, column.key))));
  const read = (id: string, column: string): string => {
    const value = chosen.get(`${id}:${column}`);
    return typeof value === 'string' ? value : doc.getText(names.cell(key, id, column)).toJSON();
  };
  const all = useShared([chosen, ...texts], () =>
    ids.map((id) => numbers.map((column) => read(id, column.key).trim()).join(' ')).join('\n'),
  );
  return all.split('\n').map((line) => {
    const values = line.split(' ');
    return { cells: Object.fromEntries(numbers.map((column, index) => [column.key, values[index] ?? ''])) };
  });
};
