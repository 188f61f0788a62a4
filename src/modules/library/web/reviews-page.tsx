import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import { itemKindLabels } from '../vocabulary/contract.ts';
import { answersForField } from './nav.tsx';
import { library } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';

const views = ['mine', 'all'] as const;
const viewLabels = { mine: '等我审核', all: '本学科全部' } as const;

/** A week is what a reviewer is given before the wait is shown in colour. */
const longWait = 7;

export const Page = (): ReactNode => {
  const me = useMe();
  const { said, go } = useAddress();
  const view = answersForField(me) ? (views.find((one) => one === said('view')) ?? 'mine') : 'mine';
  const query = useInfiniteQuery(
    library.query.listReviews.infiniteOptions({
      input: (cursor: string | undefined) => ({ view, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="资源审核"
      lead="区级资源由两位没有参加编写的中心组成员审核，学校资源由本校负责人审核；等得最久的排在最前。"
      width="narrow"
      back={{ to: '/library', label: '研训资源库' }}
    >
      <Panel>
        {answersForField(me) ? (
          <Segments
            label="范围"
            hideLabel
            value={view}
            choices={choicesOf(views, viewLabels)}
            onValue={(next) => go({ view: next })}
          />
        ) : null}
        <Paged
          query={query}
          unit="份"
          nothing={view === 'mine' ? '现在没有等您审核的资源。' : '本学科没有正在审核的资源。'}
        >
          {(rows) => (
            <ul className="link-list">
              {rows.map((row) => (
                <li key={row.id}>
                  <Link to="/library/rounds/$roundId" params={{ roundId: row.roundId }}>
                    <span>
                      {itemKindLabels[row.kind]}：{row.title}
                    </span>
                    <small>
                      {[
                        gradeLabels[row.grade] ?? '',
                        subjects.flatMap((one) => (one === row.subject ? [subjectLabels[one]] : []))[0] ?? '',
                        row.schoolName ?? '区级',
                        `主备 ${row.mainPreparerName}`,
                        ...(view === 'all' ? [`审核人 ${row.reviewer.name}`] : []),
                      ]
                        .filter((part) => part !== '')
                        .join(' · ')}
                    </small>
                    <Badge tone={row.days >= longWait ? 'warn' : 'neutral'}>
                      {row.days === 0 ? '今天送来' : `已等 ${row.days} 天`}
                    </Badge>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Paged>
      </Panel>
    </Frame>
  );
};
