import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Page as Frame } from '#web/ui/page.tsx';
import { Loaded, Loading } from '#web/ui/states.tsx';
import { keptFrom } from '../patrol/device/rules.ts';
import { classroom } from './parts/api.ts';
import { keepPatrol } from './parts/patrol-outbox.ts';
import { PatrolRecord } from './parts/patrol-record.tsx';
import { PatrolWalk } from './parts/patrol-walk.tsx';
import { usePatrols } from './parts/use-patrols.ts';
import './classroom.css';
import './patrol.css';

const back = { to: '/patrols', label: '巡课' };

/** What this device still has to send is shown from here; everything else from the server. */
export const Page = (): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['patrolId'] ?? '';
  const { account, patrols, states, onlyInPage } = usePatrols();
  const isOpen = account === me.accountId;
  const kept = patrols.find((one) => one.id === id);
  const query = useQuery({
    ...classroom.query.getPatrol.queryOptions({ input: { id } }),
    enabled: isOpen && kept === undefined,
  });
  if (kept !== undefined)
    return (
      <Frame title="正在巡课" back={back}>
        <PatrolWalk
          key={id}
          patrol={kept}
          state={states.get(id)}
          onlyInPage={onlyInPage}
          onDiscarded={() => void navigate({ to: '/patrols', replace: true })}
        />
      </Frame>
    );
  const goesOn =
    query.data !== undefined && query.data.may.edit && !query.data.finished ? query.data : undefined;
  return (
    <Frame
      title="巡课记录"
      back={back}
      width="narrow"
      actions={
        <>
          {goesOn === undefined ? null : (
            <Button variant="primary" onClick={() => keepPatrol(keptFrom(goesOn))}>
              接着巡
            </Button>
          )}
          <Button onClick={() => window.print()}>打印</Button>
        </>
      }
    >
      {isOpen ? (
        <Loaded query={query}>
          {(detail) => <PatrolRecord detail={detail} isMine={detail.patrollerId === me.personId} />}
        </Loaded>
      ) : (
        <Loading />
      )}
    </Frame>
  );
};
