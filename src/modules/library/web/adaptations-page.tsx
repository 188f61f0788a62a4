import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { gradeLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Paged } from '#web/ui/paged.tsx';
import type { AdaptationRow } from '../adaptation/contract.ts';
import { itemKindLabels } from '../vocabulary/contract.ts';
import { library } from './parts/api.ts';

const views = ['mine', 'school'] as const;
const viewLabels = { mine: '我的', school: '本校的' } as const;

export const Page = (): ReactNode => {
  const [view, setView] = useState<(typeof views)[number]>('mine');
  const query = useInfiniteQuery(
    library.query.listAdaptations.infiniteOptions({
      input: (cursor: string | undefined) => ({ view, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="校本化"
      lead="区级设计按本班学情改成自己的：没改的跟着区里走，改过的由自己做主。"
      width="narrow"
      actions={<ButtonLink to="/library">找资源</ButtonLink>}
    >
      <Panel>
        <Segments
          label="范围"
          hideLabel
          value={view}
          choices={choicesOf(views, viewLabels)}
          onValue={setView}
        />
        <Paged
          query={query}
          unit="份"
          nothing={view === 'mine' ? '您还没有做校本化。' : '本校还没有人做校本化。'}
          hint={<p>在研训资源库打开一份资源，点“用于我的课（校本化）”。</p>}
        >
          {(rows) => <AdaptationList rows={rows} showMaker={view === 'school'} />}
        </Paged>
      </Panel>
    </Frame>
  );
};

const AdaptationList = ({
  rows,
  showMaker,
}: {
  readonly rows: readonly AdaptationRow[];
  readonly showMaker: boolean;
}): ReactNode => (
  <ul className="link-list">
    {rows.map((row) => (
      <li key={row.id}>
        <Link to="/library/adaptations/$adaptationId" params={{ adaptationId: row.id }}>
          <span>
            {itemKindLabels[row.kind]}：{row.title}
          </span>
          <small>
            {[
              gradeLabels[row.grade] ?? '',
              ...(showMaker ? [row.maker.name] : []),
              `${chineseDate(chinaDay(new Date(row.savedAt)))} 保存`,
            ].join(' · ')}
          </small>
          <span className="row">
            {row.newer === null ? null : <Badge tone="warn">区里有第 {row.newer} 版</Badge>}
            <Badge>{row.touched.length === 0 ? '还没有改动' : `改了 ${row.touched.length} 处`}</Badge>
            {row.taught === 0 ? null : <Badge tone="good">上过 {row.taught} 次</Badge>}
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
