import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AdaptationDetail } from '../adaptation/contract.ts';
import type { RevisionRow } from '../adaptation/revision/contract.ts';
import type { Section } from '../content/contract.ts';
import { revisionCauseLabels } from '../vocabulary/contract.ts';
import { library } from './parts/api.ts';
import { Confirm } from './parts/confirm.tsx';
import { ContentView } from './parts/content-view.tsx';
import { ownerWord } from './parts/wording.ts';
import './library.css';

/** 修改记录: what an adaptation held after each change; any section of it can come back. */
export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['adaptationId'] ?? '';
  const adaptation = useQuery(library.query.getAdaptation.queryOptions({ input: { id } }));
  const query = useInfiniteQuery(
    library.query.listRevisions.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title={adaptation.data === undefined ? '修改记录' : `修改记录：${adaptation.data.title}`}
      lead="每次保存都留了一份。打开一次记录看当时的写法，需要就用回其中一部分。"
      width="narrow"
      back={{ to: `/library/adaptations/${id}`, label: '校本化' }}
    >
      <Panel>
        <Loaded query={adaptation}>
          {(now) => (
            <Paged query={query} unit="次" nothing="还没有修改记录。">
              {(rows) => (
                <ol className="version-list" reversed>
                  {rows.map((row) => (
                    <li key={row.number}>
                      <Revision row={row} now={now} />
                    </li>
                  ))}
                </ol>
              )}
            </Paged>
          )}
        </Loaded>
      </Panel>
    </Frame>
  );
};

interface RevisionProps {
  readonly row: RevisionRow;
  readonly now: AdaptationDetail;
}

const Revision = ({ row, now }: RevisionProps): ReactNode => {
  const [open, setOpen] = useState(false);
  const at = new Date(row.madeAt);
  const own = row.touched.map(({ title }) => title).join('、');
  return (
    <>
      <p className="row">
        <Badge tone={row.cause === 'updated' ? 'info' : 'neutral'}>{revisionCauseLabels[row.cause]}</Badge>
        <span>
          {chineseDate(chinaDay(at))} {chinaClock(at)}
        </span>
        <span className="muted small">
          {row.madeByName} · 根据第 {row.basedOn} 版
        </span>
      </p>
      {row.touched.length === 0 ? (
        <p className="muted">全部跟着{ownerWord(now)}。</p>
      ) : (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>看当时本校的写法：{own}</summary>
          {open ? <Former number={row.number} now={now} /> : null}
        </details>
      )}
    </>
  );
};

const Former = ({ number, now }: { readonly number: number; readonly now: AdaptationDetail }): ReactNode => {
  const [asking, setAsking] = useState<Section | null>(null);
  const query = useQuery(library.query.getRevision.queryOptions({ input: { id: now.id, number } }));
  const restore = useAction(library.client.restoreSection, {
    done: '已用回这一部分',
    onDone: () => setAsking(null),
  });
  const standing = new Map(now.content.sections.map(({ key, body }) => [key, JSON.stringify(body)]));
  return (
    <Loaded query={query}>
      {({ sections }) => (
        <div className="stack">
          {sections.map((section) => (
            <section key={section.key} className="said">
              <ContentView kind={now.kind} content={{ sections: [section] }} textbook={now.textbook} />
              {standing.get(section.key) === JSON.stringify(section.body) ? (
                <p className="muted small">和现在的写法一样。</p>
              ) : !now.may.edit ? null : now.locked.includes(section.key) ? (
                <p className="muted small">这一部分已由区里锁定，不能用回。</p>
              ) : (
                <Button size="small" aria-label={`用回“${section.title}”`} onClick={() => setAsking(section)}>
                  用回这一部分
                </Button>
              )}
            </section>
          ))}
          {asking === null ? null : (
            <Confirm
              title={`用回“${asking.title}”当时的写法`}
              action="用回这一部分"
              busy={restore.isPending}
              error={restore.error}
              onConfirm={() =>
                restore.mutate({ id: now.id, version: now.version, number, section: asking.key })
              }
              onClose={() => setAsking(null)}
            >
              <p>“{asking.title}”换成当时的写法，其余部分不变。现在的写法留在修改记录里，以后还可以用回。</p>
            </Confirm>
          )}
        </div>
      )}
    </Loaded>
  );
};
