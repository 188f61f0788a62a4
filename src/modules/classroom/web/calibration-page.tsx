import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { CalibrationDetail } from '../calibration/contract.ts';
import { classroom } from './parts/api.ts';
import { CalibrationBadges, calibrationLesson, calibrationPlace } from './parts/calibration-list.tsx';
import { CalibrationOrganise } from './parts/calibration-organise.tsx';
import { CalibrationOwn } from './parts/calibration-own.tsx';
import { CalibrationRate } from './parts/calibration-rate.tsx';
import './classroom.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    classroom.query.getCalibration.queryOptions({ input: { id: params['calibrationId'] ?? '' } }),
  );
  return (
    <Frame
      title={query.data?.title ?? '听课评课校准'}
      width={(query.data?.organised?.sum ?? null) === null ? 'narrow' : 'normal'}
      back={{ to: '/calibrations', label: '听课评课校准' }}
    >
      <Loaded query={query}>{(session) => <Session session={session} />}</Loaded>
    </Frame>
  );
};

const Session = ({ session }: { session: CalibrationDetail }): ReactNode => (
  <>
    <Panel title={calibrationLesson(session)}>
      <CalibrationBadges session={session} />
      <Facts
        items={[
          ['方式', calibrationPlace(session)],
          ['提交截止', chineseDate(session.deadlineOn)],
          ['组织人', session.organisedByName],
        ]}
      />
      {session.note === '' ? null : (
        <div className="said">
          <h3>说明</h3>
          <p>{session.note}</p>
        </div>
      )}
    </Panel>
    {session.mayRate ? <CalibrationRate key={session.id} session={session} /> : null}
    {session.state === 'closed' && session.invitedAs !== null ? <CalibrationOwn session={session} /> : null}
    {session.organised === null ? null : (
      <CalibrationOrganise session={session} organised={session.organised} />
    )}
  </>
);
