import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import type { LensDetail } from '../../lens/contract.ts';
import { emptyLens } from '../../lens/rules.ts';
import { LensConflict, LensStateText } from './lens-capture.tsx';
import { lensKey } from './lens-pending.ts';
import { useLens } from './use-lens.ts';

/** What a dead line held back while the record was finished goes now; if that needs a reason, it says so. */
export const LensUnsent = ({
  observationId,
  lens,
}: {
  observationId: string;
  lens: LensDetail;
}): ReactNode => {
  const { accountId } = useMe();
  const queries = useQueryClient();
  const { state, resolve } = useLens({
    id: observationId,
    deviceKey: lensKey(accountId, observationId),
    start: { version: lens.version, content: lens.content ?? emptyLens, savedAt: lens.savedAt },
    known: true,
  });
  const isSaved = state.kind === 'saved';
  useEffect(() => {
    if (isSaved) void queries.invalidateQueries();
  }, [isSaved, queries]);
  return (
    <section className="notice notice-warn stack">
      <p>本机还有没有送出的课堂观察，没有丢失。</p>
      <LensConflict state={state} onResolve={resolve} />
      <LensStateText state={state} />
      {state.kind === 'fixed' || state.kind === 'refused' ? (
        <div>
          <ButtonLink to={`/observations/${observationId}/lens`}>写明原因后补送</ButtonLink>
        </div>
      ) : null}
    </section>
  );
};
