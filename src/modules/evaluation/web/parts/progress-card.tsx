import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { postLabels } from '#modules/organisation/vocabulary/contract.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import './evaluation.css';
import { evaluation } from './api.ts';
import { Count, SpreadFigures, WeekBars } from './observer-figures.tsx';

/** The principal's first screen: the count, the pace, the weeks, and the way to the school's ten items. */
export const Card = (): ReactNode => {
  const query = useQuery(evaluation.query.principalProgress.queryOptions({ input: {} }));
  return (
    <Loaded query={query}>
      {({ posts, term }) =>
        posts.map((progress) => (
          <Panel
            key={`${progress.post} ${progress.schoolId}`}
            title={`本学期听课 · ${progress.schoolName}${postLabels[progress.post]}`}
            lead={term.name}
            actions={
              <>
                <ButtonLink to="/progress" size="small">
                  听课进度
                </ButtonLink>
                <ButtonLink to="/evaluation" search={{ schoolId: progress.schoolId }} size="small">
                  本校十项
                </ButtonLink>
              </>
            }
          >
            <div className="count-and-weeks">
              <Count progress={progress} term={term} />
              <WeekBars progress={progress} term={term} />
            </div>
            <SpreadFigures progress={progress} term={term} />
          </Panel>
        ))
      }
    </Loaded>
  );
};
