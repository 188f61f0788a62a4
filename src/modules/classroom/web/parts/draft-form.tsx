import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { detailsOf } from '#web/rpc.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Problem as ProblemText } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { ObservationContent, RubricCriterion } from '../../contract.ts';
import { defaultSettings, type Problem, problemsOf } from '../../rules.ts';
import { classroom } from './api.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { forgetLens, settleLens } from './lens-pending.ts';
import { LensSection } from './lens-section.tsx';
import { ObservationFields, useStart } from './observation-fields.tsx';
import { SaveStateText } from './save-state.tsx';
import { useAutosave } from './use-autosave.ts';

interface DraftFormProps {
  readonly id: string;
  readonly deviceKey: string;
  readonly rubric: readonly RubricCriterion[] | undefined;
  readonly start: {
    readonly version: number;
    readonly content: ObservationContent;
    readonly savedAt: string | null;
  };
  /** The server knows the record now. */
  readonly onSaved: () => void;
  readonly onFinalised: () => void;
  readonly onDiscarded: () => void;
}

export const DraftForm = ({
  id,
  deviceKey,
  rubric,
  start,
  onSaved,
  onFinalised,
  onDiscarded,
}: DraftFormProps): ReactNode => {
  const me = useMe();
  const { content, state, change, retry, resolve, settle, done } = useAutosave(id, deviceKey, start);
  const isSaved = state.kind === 'saved';
  const announceSaved = useEffectEvent(onSaved);
  useEffect(() => {
    if (isSaved) announceSaved();
  }, [isSaved]);
  const proposal = useStart(content);
  const [checked, setChecked] = useState(false);
  const [today] = useState(() => todayHere());
  const finalise = useAction(classroom.client.finaliseObservation, {
    done: '已完成，计入听课',
    onDone: () => {
      done();
      onFinalised();
    },
  });
  const discard = useAction(classroom.client.withdrawObservation, {
    done: '草稿已删去',
    onDone: () => {
      forgetLens(id);
      done();
      onDiscarded();
    },
  });
  useRetryAfterSignIn(state.kind === 'signed-out', retry);

  const problems: Problem[] = checked
    ? problemsOf(content, {
        observerId: me.personId ?? '',
        observerName: me.name,
        today,
        isTeachingDay: proposal.data?.isTeachingDay ?? true,
        minSentences: proposal.data?.settings.minSentences ?? defaultSettings.minSentences,
      })
    : [];

  const complete = async (): Promise<void> => {
    setChecked(true);
    await settleLens(id);
    const version = await settle();
    // Not finalised: what is here is a draft again, and saved as one.
    finalise.mutate({ id, version, content }, { onError: retry });
  };
  const throwAway = async (): Promise<void> => {
    const version = await settle();
    if (version > 0) return discard.mutate({ id, version, reason: '' });
    forgetLens(id);
    done();
    onDiscarded();
  };
  return (
    <form className="observe" onSubmit={(event) => event.preventDefault()}>
      {state.kind === 'conflict' ? <ConflictNotice newer={state.newer} onResolve={resolve} /> : null}
      <ObservationFields
        content={content}
        onContent={change}
        rubric={rubric}
        problems={problems}
        start={proposal.data}
      />
      <LensSection
        observationId={id}
        mode={content.mode}
        known={start.version > 0 || isSaved}
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
          {finalise.isError ? <ProblemText error={finalise.error} /> : null}
          <OtherRecord error={finalise.error} />
        </div>
        <Button
          variant="primary"
          size="large"
          busy={finalise.isPending}
          disabled={state.kind === 'conflict'}
          onClick={() => void complete()}
        >
          完成
        </Button>
      </div>
    </form>
  );
};

/** The record that already stands in these slots. */
const OtherRecord = ({ error }: { error: unknown }): ReactNode => {
  const details = detailsOf(error);
  if (typeof details !== 'object' || details === null || !('otherId' in details)) return null;
  return <a href={`/observations/${String(details.otherId)}`}>打开那一份记录</a>;
};

/** Signing in again refreshes every query; that is the moment to send what is still here. */
const useRetryAfterSignIn = (signedOut: boolean, retry: () => void): void => {
  const client = useQueryClient();
  const latest = useRef({ signedOut, retry });
  useEffect(() => {
    latest.current = { signedOut, retry };
  });
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (latest.current.signedOut && event.type === 'updated' && event.action.type === 'success')
          latest.current.retry();
      }),
    [client],
  );
};
