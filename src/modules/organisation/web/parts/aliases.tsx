import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { stageLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

/** Short names of schools that the import proposed and nobody confirmed yet. */
export const Aliases = (): ReactNode => {
  const query = useQuery(organisation.query.listProposedAliases.queryOptions({ input: {} }));
  const confirm = useAction(organisation.client.confirmAlias, { done: '已确认。' });
  const decline = useAction(organisation.client.declineAlias, { done: '已取消。' });
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel
      title="待确认的学校简称"
      lead="确认之后，打开有问题的名册，点“重新预览”再导入，相关人员就归入学校。"
    >
      <ul className="plain-rows">
        {rows.map((one) => (
          <li key={one.id}>
            <span>
              “{one.alias}”{one.stage === null ? '' : `（${stageLabels[one.stage]}）`} 是 {one.schoolName}？
              <br />
              <span className="muted small">{one.source}</span>
            </span>
            <span className="panel-actions">
              <Button
                size="small"
                variant="primary"
                aria-label={`确认${one.alias}是${one.schoolName}`}
                onClick={() => confirm.mutate({ aliasId: one.id })}
              >
                是
              </Button>
              <Button
                size="small"
                aria-label={`${one.alias}不是${one.schoolName}`}
                onClick={() => decline.mutate({ aliasId: one.id })}
              >
                不是
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Problem error={confirm.error ?? decline.error} />
    </Panel>
  );
};
