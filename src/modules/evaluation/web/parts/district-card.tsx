import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import './evaluation.css';
import { evaluation } from './api.ts';
import { DistrictFigures } from './district-figures.tsx';

export const Card = (): ReactNode => {
  const query = useQuery(evaluation.query.districtProgress.queryOptions({ input: {} }));
  return (
    <Loaded query={query}>
      {(district) => (
        <Panel
          title="全区校长听课"
          lead={district.term.name}
          actions={
            <>
              <ButtonLink to="/progress/district" size="small">
                各单位进度
              </ButtonLink>
              <ButtonLink to="/evaluation" size="small">
                学校评价
              </ButtonLink>
            </>
          }
        >
          <DistrictFigures district={district} />
        </Panel>
      )}
    </Loaded>
  );
};
