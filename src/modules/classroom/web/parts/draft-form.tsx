import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Problem as ProblemText } from '#web/ui/states.tsx';
import { notify } from '#web/ui/toast.tsx';
import { useAction } from '#web/use-action.ts';
import { defaultSettings, problemsOf } from '../../rules.ts';
import { classroom } from './api.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { FinishedHere } from './finished-here.tsx';
import { forgetLens } from './lens-pending.ts';
import { LensSection } from './lens-section.tsx';
import { ObservationFields } from './observation-fields.tsx';
import type { Edition } from './observation-outbox.ts';
import { useStart } from './pocket-here.ts';
import { SaveStateText } from './save-state.tsx';
import { type Begun, useAutosave } from './use-autosave.ts';

interface DraftFormProps {
  readonly id: string;
  /** The record's own; null for one that begins here, which takes the edition in force. */
  readonly edition: Edition | null;
  readonly start: Begun;
  /** The server knows the record now. */
  readonly onSaved: () => void;
  readonly onFinalised: () => void;
  readonly onDiscarded: () => void;
}

/** Whoever waits longer than this for an answer may go on to the next lesson. */
const patience = 3000;

const useLong = (is: boolean): boolean => {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!is) return undefined;
    const timer = setTimeout(() => setLong(true), patience);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [is]);
  return is && isLong;
};

export const DraftForm = ({
  id,
  edition,
  start,
  onSaved,
  onFinalised,
  onDiscarded,
}: DraftFormProps): ReactNode => {
  const me = useMe();
  const queries = useQueryClient();
  const record = useAutosave(id, start);
  const { content, state } = record;
  const proposal = useStart(content);
  const inForce =
    proposal === undefined || proposal.rubricId === ''
      ? null
      : { id: proposal.rubricId, criteria: proposal.rubric };
  const ownEdition = record.edition ?? edition;
  const change = (next: typeof content): void => record.change(next, ownEdition ?? inForce);
  const isSaved = state.kind === 'saved';
  const announceSaved = useEffectEvent(onSaved);
  useEffect(() => {
    if (isSaved) announceSaved();
  }, [isSaved]);
  const announceFinalised = useEffectEvent(() => {
    notify('已完成，计入听课');
    void queries.invalidateQueries();
    onFinalised();
  });
  useEffect(() => {
    if (record.isFinished) announceFinalised();
  }, [record.isFinished]);
  const [isChecked, setChecked] = useState(false);
  const discard = useAction(classroom.client.withdrawObservation, {
    done: '草稿已删去',
    onDone: () => {
      forgetLens(id);
      record.done();
      onDiscarded();
    },
  });
  const waitsLong = useLong(record.finishing);
  const problems = problemsOf(content, {
    observerId: me.personId ?? '',
    observerName: me.name,
    // A phone's clock may be wrong: whether the day has come is the server's to say.
    today: content.dayOn > todayHere() ? content.dayOn : todayHere(),
    isTeachingDay: proposal?.isTeachingDay ?? true,
    minSentences: proposal?.settings.minSentences ?? defaultSettings.minSentences,
  });
  const shown = isChecked ? problems : [];
  const throwAway = async (): Promise<void> => {
    const version = await record.settle();
    if (version > 0) return discard.mutate({ id, version, reason: '' });
    forgetLens(id);
    record.done();
    onDiscarded();
  };

  if (record.finishing && (state.kind === 'retrying' || state.kind === 'signed-out' || waitsLong))
    return <FinishedHere content={content} state={state} onReopen={record.reopen} onRetry={record.retry} />;
  return (
    <form className="observe" onSubmit={(event) => event.preventDefault()}>
      {state.kind === 'conflict' ? (
        <ConflictNotice
          newer={state.newer}
          onResolve={(which) => {
            record.resolve(which);
            if (state.newer.state !== 'draft') onFinalised();
          }}
        />
      ) : null}
      <ObservationFields
        content={content}
        onContent={change}
        rubric={ownEdition?.criteria}
        problems={shown}
        start={proposal}
      />
      <LensSection
        observationId={id}
        mode={content.mode}
        known={record.isKnown}
        onBegin={() => change(content)}
      />
      <div>
        <Button variant="quiet" busy={discard.isPending} onClick={() => void throwAway()}>
          删去这份草稿
        </Button>
        <ProblemText error={discard.error} />
      </div>
      <div className="observe-bar">
        <div>
          <SaveStateText state={state} />
          {shown.length > 0 ? (
            <p className="problem" role="alert">
              还差 {shown.length} 处没有填好：{shown[0]?.message}
            </p>
          ) : null}
          {state.kind === 'refused' && state.otherId !== undefined ? (
            <a href={`/observations/${state.otherId}`}>打开那一份记录</a>
          ) : null}
        </div>
        <Button
          variant="primary"
          size="large"
          busy={record.finishing}
          disabled={state.kind === 'conflict'}
          onClick={() => {
            setChecked(true);
            if (problems.length === 0) record.finish();
          }}
        >
          完成
        </Button>
      </div>
    </form>
  );
};
