import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { findingStateLabels, type PassableSource } from '../../finding/vocabulary/contract.ts';
import { classroom } from './api.ts';

/** Hands one row to the findings with one tap, and then leads to the finding; nothing where neither is for the reader. */
export const PassOn = ({
  source,
  sourceId,
  partId = null,
  all = [sourceId],
  about,
}: {
  source: PassableSource;
  sourceId: string;
  /** The class of a patrol's stop. */
  partId?: string | null;
  /** The sources a list shows, so that it asks once. */
  all?: readonly string[];
  /** What the button is about, for a reader who does not see the row. */
  about: string;
}): ReactNode => {
  const query = useQuery(
    classroom.query.listPassedOn.queryOptions({ input: { source, sourceIds: [...all] } }),
  );
  const pass = useAction(classroom.client.passOn, { done: '已转入问题整改' });
  const isThis = (one: { sourceId: string; partId: string | null }): boolean =>
    one.sourceId === sourceId && one.partId === partId;
  const passed = query.data?.rows.find(isThis);
  if (passed !== undefined)
    return (
      <p>
        <Link to="/findings/$findingId" params={{ findingId: passed.findingId }}>
          已转入问题整改（{findingStateLabels[passed.state]}）
        </Link>
      </p>
    );
  if (query.data?.open.some(isThis) !== true) return null;
  return (
    <div className="no-print">
      <Button
        size="small"
        busy={pass.isPending}
        aria-label={`转入问题整改 ${about}`}
        onClick={() => pass.mutate({ source, sourceId, partId })}
      >
        转入问题整改
      </Button>
      <Problem error={pass.error} />
    </div>
  );
};
