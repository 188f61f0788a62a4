import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { classroom } from './api.ts';
import { CalibrationList } from './calibration-list.tsx';

/** Sessions that wait for what I noted; absent while there is none. */
export const Card = (): ReactNode => {
  const query = useQuery(
    classroom.query.listCalibrations.queryOptions({ input: { view: 'to-do', limit: 2 } }),
  );
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel
      title="待完成的听课评课校准"
      actions={
        <ButtonLink to="/calibrations" size="small">
          全部
        </ButtonLink>
      }
    >
      <CalibrationList rows={rows} />
    </Panel>
  );
};
