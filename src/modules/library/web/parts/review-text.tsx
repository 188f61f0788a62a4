import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import type { RoundDetail } from '../../round/contract.ts';
import { ContentView } from './content-view.tsx';
import { type NewRemark, RemarkForm, Remarks, RemarksFault, useRemarks } from './remarks.tsx';
import './draft.css';

/** What is selected of a section, as people read it. */
const selectedIn = (sectionKey: string): string => {
  const selection = window.getSelection();
  const section = document.getElementById(`section-${sectionKey}`);
  if (selection === null || selection.isCollapsed || section?.contains(selection.anchorNode) !== true)
    return '';
  return selection.toString().trim().slice(0, 500);
};

/** A draft to read, with the remarks on each section: all a reviewer on a phone needs, without the editor. */
export const ReviewText = ({ round }: { round: RoundDetail }): ReactNode => {
  const remarks = useRemarks(round.id);
  const [adding, setAdding] = useState<NewRemark | null>(null);
  const mayComment = remarks.data?.mayComment === true;
  return (
    <Panel>
      <RemarksFault query={remarks} />
      <ContentView
        kind={round.kind}
        content={round.content}
        textbook={round.textbook}
        below={({ key, title }) => (
          <aside className="stack" aria-label={`${title}的批注`}>
            <Remarks
              remarks={remarks.data?.rows.filter(({ sectionKey }) => sectionKey === key) ?? []}
              mayComment={mayComment}
              onGo={({ quote }) => {
                const section = document.getElementById(`section-${key}`);
                section?.scrollIntoView({ block: 'start' });
                return section?.textContent.includes(quote) === true;
              }}
            />
            {adding?.sectionKey === key ? (
              <RemarkForm documentId={round.id} remark={adding} onDone={() => setAdding(null)} />
            ) : mayComment ? (
              <p>
                <Button
                  size="small"
                  aria-label={`批注“${title}”`}
                  // A passage that is selected stays selected until it is read.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() =>
                    setAdding({ sectionKey: key, anchor: null, cell: null, quote: selectedIn(key) })
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
