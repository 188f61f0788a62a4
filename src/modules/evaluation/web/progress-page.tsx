import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { postLabels } from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import './parts/evaluation.css';
import { idOrNone, useAddress } from './parts/address.ts';
import { evaluation } from './parts/api.ts';
import { AsOf } from './parts/as-of.tsx';
import { Count, SpreadFigures, SpreadLists, WeekBars } from './parts/observer-figures.tsx';
import { TermSelect } from './parts/term-select.tsx';

export const Page = (): ReactNode => {
  const me = useMe();
  const { text, set } = useAddress();
  const personId = idOrNone(text('personId'));
  const termId = idOrNone(text('termId'));
  const query = useQuery(evaluation.query.principalProgress.queryOptions({ input: { personId, termId } }));
  const own = personId === undefined || personId === me.personId;
  const name = query.data?.posts[0]?.personName;
  return (
    <Frame
      title={own ? '我的听课进度' : `${name ?? ''}的听课进度`}
      lead="每个数字都可以点开，看到它由哪些听课记录组成。"
      actions={
        own ? (
          <>
            <ButtonLink to="/observations/ledger" size="large">
              听课台账
            </ButtonLink>
            <ButtonLink to="/observations" variant="primary" size="large">
              开始听课
            </ButtonLink>
          </>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {({ posts, term, asOf, rule }) => (
          <>
            <div className="filters">
              <TermSelect value={term.id} onValue={(value) => set('termId', value)} />
            </div>
            {posts.length === 0 ? (
              <Empty title="这个学期没有学校领导职务，没有可统计的听课。">
                <p>以教师或教研员身份听的课，请在“听课”里查看。</p>
              </Empty>
            ) : (
              posts.map((progress) => (
                <Panel
                  key={`${progress.post} ${progress.schoolId}`}
                  title={`${progress.schoolName} ${postLabels[progress.post]}`}
                  lead={progress.mayOpenRows ? undefined : '区级只看节数，不看听课内容；各周节数见下。'}
                >
                  <div className="count-and-weeks">
                    <Count progress={progress} term={term} />
                    <WeekBars progress={progress} term={term} />
                  </div>
                  <SpreadFigures progress={progress} term={term} />
                  <SpreadLists progress={progress} term={term} />
                </Panel>
              ))
            )}
            <AsOf term={term} asOf={asOf} rule={rule} />
          </>
        )}
      </Loaded>
    </Frame>
  );
};
