import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { chinaClock } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Loading } from '#web/ui/states.tsx';
import { emptyLens } from '../../lens/rules.ts';
import type { Mode } from '../../vocabulary/contract.ts';
import { classroom } from './api.ts';
import { lensKey } from './lens-pending.ts';
import { LensTools } from './lens-tools.tsx';
import { SaveStateText } from './save-state.tsx';
import { type KeptLens, type LensSaveState, useLens } from './use-lens.ts';

interface LensCaptureProps {
  readonly observationId: string;
  readonly mode: Mode;
  readonly known: boolean;
  readonly onBegin: () => void;
}

/** Without a line it begins empty: what the server has shows itself as a newer copy when the line is back. */
export const LensCapture = (props: LensCaptureProps): ReactNode => {
  const [asked] = useState(props.known);
  const query = useQuery({
    ...classroom.query.getLens.queryOptions({ input: { id: props.observationId } }),
    // What is being tapped must not be taken back by a list that refreshes itself.
    staleTime: 'static',
    gcTime: 0,
    enabled: asked,
  });
  if (asked && query.data === undefined && !query.isError) return <Loading />;
  const { version = 0, content = null, savedAt = null } = query.data ?? {};
  return <Capture {...props} start={{ version, content: content ?? emptyLens, savedAt }} />;
};

const Capture = ({
  observationId,
  mode,
  known,
  onBegin,
  start,
}: LensCaptureProps & { start: KeptLens & { savedAt: string | null } }): ReactNode => {
  const { accountId } = useMe();
  const { content, state, change, resolve } = useLens({
    id: observationId,
    deviceKey: lensKey(accountId, observationId),
    start,
    known,
  });
  return (
    <div className="stack">
      <LensConflict state={state} onResolve={resolve} />
      <LensTools
        content={content}
        mode={mode}
        onContent={(next) => {
          change(next);
          if (!known) onBegin();
        }}
      />
      <LensStateText state={state} />
    </div>
  );
};

export const LensStateText = ({ state }: { state: LensSaveState }): ReactNode => {
  if (state.kind === 'fixed')
    return <p className="save-state save-state-refused">听课记录已完成，这些观察还没有送出</p>;
  return state.kind === 'conflict' ? (
    <p className="save-state save-state-conflict">别处有更新的内容，请先选择</p>
  ) : (
    <SaveStateText state={state} />
  );
};

export const LensConflict = ({
  state,
  onResolve,
}: {
  state: LensSaveState;
  onResolve: (which: 'mine' | 'newer') => void;
}): ReactNode =>
  state.kind === 'conflict' ? (
    <section className="notice notice-warn stack" role="alert">
      <p>
        课堂观察{state.newer.savedAt === null ? '' : ` ${chinaClock(new Date(state.newer.savedAt))} `}
        在别处保存过更新的内容。本页记下的没有丢失，请选择以哪一份为准。
      </p>
      <div className="row">
        <Button variant="primary" onClick={() => onResolve('mine')}>
          以本页为准
        </Button>
        <Button onClick={() => onResolve('newer')}>改用那一份</Button>
      </div>
    </section>
  ) : null;
