import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { draftKeys } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loading } from '#web/ui/states.tsx';
import type { ObservationDetail } from '../../contract.ts';
import { classroom } from './api.ts';
import { lensKey } from './lens-pending.ts';

const LensCharts = lazy(async () => ({ default: (await import('./lens-charts.tsx')).LensCharts }));
const LensUnsent = lazy(async () => ({ default: (await import('./lens-unsent.tsx')).LensUnsent }));

/** What was seen through the instruments: nothing at all where none was used. */
export const LensPanel = ({ detail, isMine }: { detail: ObservationDetail; isMine: boolean }): ReactNode => {
  const { accountId } = useMe();
  const { id, state, may } = detail;
  const query = useQuery(classroom.query.getLens.queryOptions({ input: { id } }));
  if (query.data === undefined) return null;
  const { content, corrections } = query.data;
  const mayCorrect = isMine && may.edit && state !== 'draft';
  const hasUnsent = mayCorrect && draftKeys(lensKey(accountId, id)).length > 0;
  const correct = mayCorrect ? (
    <ButtonLink to={`/observations/${id}/lens`} variant={content === null ? 'quiet' : 'plain'}>
      {content === null ? '补记课堂观察' : '更正课堂观察'}
    </ButtonLink>
  ) : undefined;
  if (content === null && !hasUnsent) return correct === undefined ? null : <div>{correct}</div>;
  return (
    <Panel
      title="课堂观察"
      lead="供课后一起看这节课用：不是评分，也不与别的课、别的老师比较。"
      actions={correct}
    >
      <Suspense fallback={<Loading />}>
        {hasUnsent ? <LensUnsent observationId={id} lens={query.data} /> : null}
        {content === null ? null : <LensCharts content={content} corrections={corrections} />}
      </Suspense>
    </Panel>
  );
};
