import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { schoolsLedBy } from '#modules/organisation/rules.ts';
import { useMe } from '#web/session.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Page as Frame } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { PatrolCorridor } from './parts/patrol-corridor.tsx';
import { PatrolRota } from './parts/patrol-rota.tsx';
import './classroom.css';
import './patrol.css';

export const Page = (): ReactNode => {
  const led = schoolsLedBy(useMe());
  const [schoolId, setSchoolId] = useState(led[0] ?? '');
  const corridor = useQuery({
    ...classroom.query.getCorridor.queryOptions({ input: { schoolId } }),
    enabled: schoolId !== '',
  });
  const rota = useQuery({
    ...classroom.query.getPatrolRota.queryOptions({ input: { schoolId } }),
    enabled: schoolId !== '',
  });
  const start = useQuery({
    ...classroom.query.startPatrol.queryOptions({ input: {} }),
    enabled: led.length > 1,
  });
  return (
    <Frame
      title="值班表与巡课路线"
      back={{ to: '/patrols', label: '巡课' }}
      lead="值班表上的人可以在本校巡课；路线是巡课页上教室的顺序，排一次一直用。"
      width="narrow"
    >
      {schoolId === '' ? (
        <Empty title="这里由校长、教学副校长、教务主任安排。" />
      ) : (
        <>
          {led.length > 1 ? (
            <SelectField
              label="学校"
              value={schoolId}
              choices={led.map((id) => ({
                value: id,
                label: start.data?.schools.find((one) => one.id === id)?.name ?? '',
              }))}
              onValue={setSchoolId}
            />
          ) : null}
          <Loaded query={rota}>
            {(data) => (
              <PatrolRota key={schoolId} turns={data.turns} people={data.people} schoolId={schoolId} />
            )}
          </Loaded>
          <Loaded query={corridor}>
            {(data) => (
              <PatrolCorridor
                key={`${schoolId}${data.version}`}
                schoolId={schoolId}
                version={data.version}
                entered={data.rooms}
              />
            )}
          </Loaded>
        </>
      )}
    </Frame>
  );
};
