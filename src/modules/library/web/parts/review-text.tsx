import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import type { Comment } from '../../comment/contract.ts';
import type { Row, Section } from '../../content/contract.ts';
import type { RoundDetail } from '../../round/contract.ts';
import { type Column, templates } from '../../template/contract.ts';
import { ContentView } from './content-view.tsx';
import { type NewRemark, RemarkForm, Remarks, RemarksFault, useRemarks } from './remarks.tsx';
import { cellName, type RowNotes, RowRemarks, selectedOnPage, wordsOfCell } from './row-notes.tsx';
import './draft.css';

const placeOf = (sectionKey: string): HTMLElement | null => document.getElementById(`section-${sectionKey}`);

/** What is selected of a section, as people read it. */
const selectedIn = (sectionKey: string): string => {
  const selection = window.getSelection();
  if (
    selection === null ||
    selection.isCollapsed ||
    placeOf(sectionKey)?.contains(selection.anchorNode) !== true
  )
    return '';
  return selection.toString().trim().slice(0, 500);
};

/** Spaces and ends of lines are another's where a passage is selected in another way. */
const bare = (text: string): string => text.replaceAll(/\s/gu, '');

/** Brings what a remark is about into view; false where its words are gone. */
const goIn =
  ({ kind, content }: RoundDetail) =>
  ({ sectionKey, cell, quote }: Comment): boolean => {
    const section = placeOf(sectionKey);
    const line = cell === null ? null : section?.querySelector<HTMLElement>(`[data-row="${cell.row}"]`);
    const place = line ?? section;
    place?.scrollIntoView({ block: line == null ? 'start' : 'center' });
    const body = content.sections.find(({ key }) => key === sectionKey)?.body;
    const row = body?.form === 'rows' ? body.rows.find(({ id }) => id === cell?.row) : undefined;
    const columns = templates[kind].find(({ key }) => key === sectionKey)?.columns ?? [];
    // A cell is quoted as it is written, formulas and all.
    const words = cell?.column == null ? place?.textContent : wordsOfCell(columns, row?.cells, cell.column);
    return bare(words ?? '').includes(bare(quote));
  };

/** A draft to read, with the remarks on its sections and rows: all a reviewer on a phone needs, without the editor. */
export const ReviewText = ({ round }: { round: RoundDetail }): ReactNode => {
  const remarks = useRemarks(round.id);
  const [adding, setAdding] = useState<NewRemark | null>(null);
  const mayComment = remarks.data?.mayComment === true;
  const end = (): void => setAdding(null);
  const go = goIn(round);
  const remarksOn = (key: string): Comment[] =>
    remarks.data?.rows.filter(({ sectionKey }) => sectionKey === key) ?? [];
  const startOnRow = (key: string, columns: readonly Column[], { id, cells }: Row): void => {
    const line = placeOf(key)?.querySelector(`[data-row="${id}"]`);
    const selected = line == null ? null : selectedOnPage(line);
    const column = selected?.cell.dataset['cell'] ?? null;
    const whole = column === null ? '' : wordsOfCell(columns, cells, column);
    setAdding({
      sectionKey: key,
      anchor: null,
      cell: { row: id, column },
      quote: ((selected?.quote ?? '') || whole).slice(0, 500),
    });
  };
  const notesOf = ({ key }: Section, rows: readonly Row[], columns: readonly Column[]): RowNotes => {
    const onRows = remarksOn(key).filter(({ cell }) => cell !== null);
    return {
      marked: new Set(
        onRows.flatMap(({ cell, resolved }) =>
          cell === null || resolved !== null ? [] : [cellName(cell.row, cell.column)],
        ),
      ),
      below: (row) => {
        const here = onRows.filter(({ cell }) => cell?.row === row);
        const begun = adding?.sectionKey === key && adding.cell?.row === row ? adding : null;
        return here.length === 0 && begun === null ? null : (
          <RowRemarks
            documentId={round.id}
            remarks={here}
            newRemark={begun}
            columns={columns}
            mayComment={mayComment}
            wordsOf={(column) => wordsOfCell(columns, rows.find(({ id }) => id === row)?.cells, column)}
            onDone={end}
            onGo={go}
          />
        );
      },
      start: mayComment
        ? (id) => {
            const row = rows.find((one) => one.id === id);
            if (row !== undefined) startOnRow(key, columns, row);
          }
        : null,
    };
  };
  const isOnRow = ({ body }: Section, { cell }: Pick<Comment, 'cell'>): boolean =>
    body.form === 'rows' && body.rows.some(({ id }) => id === cell?.row);
  return (
    <Panel>
      <RemarksFault query={remarks} />
      <ContentView
        kind={round.kind}
        content={round.content}
        textbook={round.textbook}
        notesOf={notesOf}
        below={(section) => (
          <aside className="stack" aria-label={`${section.title}的批注`}>
            <Remarks
              remarks={remarksOn(section.key).filter((one) => !isOnRow(section, one))}
              mayComment={mayComment}
              onGo={go}
              placeOf={({ cell }) => (cell === null ? null : '这一行已删除')}
            />
            {adding?.sectionKey === section.key && !isOnRow(section, adding) ? (
              <RemarkForm documentId={round.id} remark={adding} onDone={end} />
            ) : mayComment ? (
              <p>
                <Button
                  size="small"
                  aria-label={`批注“${section.title}”`}
                  // A passage that is selected stays selected until it is read.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() =>
                    setAdding({
                      sectionKey: section.key,
                      anchor: null,
                      cell: null,
                      quote: selectedIn(section.key),
                    })
                  }
                >
                  批注
                </Button>
              </p>
            ) : null}
          </aside>
        )}
      />
    </Panel>
  );
};
