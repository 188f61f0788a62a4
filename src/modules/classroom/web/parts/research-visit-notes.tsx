import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { VisitDetail } from '../../research-visit/contract.ts';
import { classroom } from './api.ts';

interface Props {
  readonly visit: VisitDetail;
}

const notes = z.object({ seen: z.string(), highlights: z.string() });
const parse = (stored: unknown): z.infer<typeof notes> | null => notes.safeParse(stored).data ?? null;

/** What was seen and the highlights; the school reads them once they are shared. */
export const VisitNotes = ({ visit }: Props): ReactNode => {
  const [writing, setWriting] = useState(false);
  const mayRecord = visit.steps.includes('record') && visit.dayOn <= todayHere();
  if (mayRecord && (writing || visit.seen === ''))
    return <NotesForm visit={visit} onDone={() => setWriting(false)} />;
  if (visit.seen === '') return null;
  return (
    <Panel title="巡研情况">
      <Said label="看到的情况" text={visit.seen} />
      <Said label="亮点" text={visit.highlights} />
      {visit.corrections > 0 ? <p className="muted">告知学校后更正过 {visit.corrections} 次。</p> : null}
      <div className="row no-print">
        {visit.steps.includes('share') ? <Share visit={visit} /> : null}
        {mayRecord ? <Button onClick={() => setWriting(true)}>修改</Button> : null}
      </div>
    </Panel>
  );
};

const Said = ({ label, text }: { label: string; text: string }): ReactNode =>
  text === '' ? null : (
    <div className="said">
      <h3>{label}</h3>
      <p>{text}</p>
    </div>
  );

const Share = ({ visit: { id, version } }: Props): ReactNode => {
  const share = useAction(classroom.client.shareVisit, { done: '已告知学校' });
  return (
    <>
      <Button variant="primary" busy={share.isPending} onClick={() => share.mutate({ id, version })}>
        告知学校
      </Button>
      <Problem error={share.error} />
    </>
  );
};

const NotesForm = ({ visit, onDone }: Props & { onDone: () => void }): ReactNode => {
  const me = useMe();
  const { id, version } = visit;
  const { value, set, clear } = useDraft(
    `visit-notes:${me.accountId}:${id}`,
    { seen: visit.seen, highlights: visit.highlights },
    parse,
  );
  const record = useAction(classroom.client.recordVisit, {
    done: '已记下',
    onDone: () => {
      clear();
      onDone();
    },
  });
  return (
    <Panel title="巡研情况" lead="写看到的事实；学校在“告知学校”以后才看到。问题一条一条记在下面。">
      <ChangedElsewhere version={version} opens={`/research-visits/${id}`} />
      <TextArea
        label="看到的情况"
        required
        rows={5}
        maxLength={4000}
        value={value.seen}
        onValue={(seen) => set({ ...value, seen })}
      />
      <TextArea
        label="亮点"
        rows={3}
        maxLength={4000}
        value={value.highlights}
        onValue={(highlights) => set({ ...value, highlights })}
      />
      <Problem error={record.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={record.isPending}
          disabled={value.seen.trim() === ''}
          onClick={() => record.mutate({ id, version, ...value })}
        >
          记下
        </Button>
        {visit.seen === '' ? null : <Button onClick={onDone}>不改了</Button>}
      </div>
    </Panel>
  );
};
