import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Pick } from '../../picking/contract.ts';
import { library } from './api.ts';
import './picking.css';

interface PaperPicksProps {
  readonly itemId: string;
  /** Of a draft that is open to the reader. */
  readonly draft?: { readonly roundId: string; readonly mayPick: boolean };
}

/** 选题: which rows of a paper come from the library, and what became of their items since. */
export const PaperPicks = ({ itemId, draft }: PaperPicksProps): ReactNode => {
  const query = useQuery({
    ...library.query.listPicks.queryOptions({
      input: { itemId, of: draft === undefined ? 'published' : 'draft' },
    }),
    ...(draft === undefined ? {} : { refetchInterval: 5_000 }),
  });
  const mayPick = draft?.mayPick === true;
  if (!mayPick && (query.data?.rows ?? []).length === 0) return null;
  return (
    <Panel
      title="从题库选的题"
      actions={
        mayPick ? (
          <ButtonLink to={`/library/rounds/${draft.roundId}/pick`} variant="primary">
            选题
          </ButtonLink>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="muted">还没有选。点“选题”从题库里找，题目、答案、来源和命题人会一起带过来。</p>
          ) : (
            <ul className="pick-list">
              {rows.map((pick) => (
                <Picked key={pick.rowId} pick={pick} roundId={mayPick ? draft.roundId : null} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
};

const Picked = ({ pick, roundId }: { pick: Pick; roundId: string | null }): ReactNode => {
  const { rowId, name, itemId, number, title, newer, withdrawn, again } = pick;
  const renew = useAction(library.client.renewPick, { done: `${name}已换成新版` });
  return (
    <li>
      <p className="row">
        <strong>{name}</strong>
        {title === null ? (
          <span className="muted">选自题库中您不能看的一道题，第 {number} 版</span>
        ) : (
          <span>
            选自{' '}
            <Link to="/library/items/$itemId" params={{ itemId }}>
              {title}
            </Link>{' '}
            第 {number} 版
          </span>
        )}
        {withdrawn ? <Badge tone="bad">题库已撤下这道题</Badge> : null}
        {again.length === 0 ? null : <Badge tone="warn">和{again.join('、')}是同一道题</Badge>}
      </p>
      {newer === null || withdrawn ? null : (
        <p className="row">
          <Badge tone="info">该题已有第 {newer} 版</Badge>
          <ButtonLink to={`/library/items/${itemId}/versions`} size="small">
            看改了什么
          </ButtonLink>
          {roundId === null ? null : (
            <Button
              size="small"
              busy={renew.isPending}
              onClick={() => renew.mutate({ roundId, rowId, to: newer })}
            >
              换成第 {newer} 版
            </Button>
          )}
        </p>
      )}
      <Problem error={renew.error} />
    </li>
  );
};
