import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { VisitDetail } from '../research-visit/contract.ts';
import { findsSomething, plansVisits } from './nav.tsx';
import { classroom } from './parts/api.ts';
import { FindingList } from './parts/finding-list.tsx';
import { VisitForm } from './parts/research-visit-form.tsx';
import { VisitBadges, visitDay, visitRange } from './parts/research-visit-list.tsx';
import { VisitNotes } from './parts/research-visit-notes.tsx';
import './classroom.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(classroom.query.getVisit.queryOptions({ input: { id: params['visitId'] ?? '' } }));
  return (
    <Frame title="巡研" width="narrow" back={{ to: '/research-visits', label: '巡研安排' }}>
      <Loaded query={query}>{(visit) => <Visit visit={visit} />}</Loaded>
    </Frame>
  );
};

const Visit = ({ visit }: { visit: VisitDetail }): ReactNode => {
  const [changing, setChanging] = useState(false);
  return (
    <>
      {visit.state === 'cancelled' ? <p className="notice">已取消：{visit.cancelReason}</p> : null}
      {changing ? (
        <ChangePlan visit={visit} onDone={() => setChanging(false)} />
      ) : (
        <Panel title={`${visit.schoolName} ${visitRange(visit)}`}>
          <VisitBadges visit={visit} />
          <Facts
            items={[
              ['日期', visitDay(visit.dayOn)],
              ['人员', visit.teamNames.join('、')],
              ['安排人', visit.plannedByName],
              ...(visit.sharedAt === null
                ? []
                : [['告知学校', chineseDate(chinaDay(new Date(visit.sharedAt)))] as const]),
            ]}
          />
          {visit.focus === '' ? null : (
            <div className="said">
              <h3>重点看什么</h3>
              <p>{visit.focus}</p>
            </div>
          )}
          <div className="row no-print">
            {visit.steps.includes('change') ? (
              <Button onClick={() => setChanging(true)}>改安排</Button>
            ) : null}
            {visit.steps.includes('cancel') ? <Cancel visit={visit} /> : null}
          </div>
        </Panel>
      )}
      <VisitNotes visit={visit} />
      {visit.state === 'cancelled' || visit.dayOn > todayHere() ? null : <Findings visit={visit} />}
    </>
  );
};

const ChangePlan = ({ visit, onDone }: { visit: VisitDetail; onDone: () => void }): ReactNode => {
  const { id, version, schoolId, stage, dayOn, subject, focus, announced, team } = visit;
  const change = useAction(classroom.client.changeVisit, { done: '安排已改', onDone });
  return (
    <>
      <VisitForm
        draftKey={`${id}:${version}`}
        initial={{ schoolId, stage, dayOn, subject: subject ?? '', focus, announced, team }}
        label="保存安排"
        busy={change.isPending}
        error={change.error}
        onSave={(plan, forget) => change.mutate({ id, version, ...plan }, { onSuccess: forget })}
      />
      <Button onClick={onDone}>不改了</Button>
    </>
  );
};

const Cancel = ({ visit: { id, version } }: { visit: VisitDetail }): ReactNode => {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const cancel = useAction(classroom.client.cancelVisit, { done: '已取消', onDone: () => setOpen(false) });
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        取消这次巡研
      </Button>
      {open ? (
        <Dialog title="取消这次巡研" onClose={() => setOpen(false)}>
          <TextArea label="取消的原因" required maxLength={200} value={reason} onValue={setReason} />
          <Problem error={cancel.error} />
          <div className="row">
            <Button
              variant="danger"
              busy={cancel.isPending}
              disabled={reason.trim() === ''}
              onClick={() => cancel.mutate({ id, version, reason })}
            >
              取消巡研
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
};

/** Problems seen on this visit, each with its own way to 销号. */
const Findings = ({ visit }: { visit: VisitDetail }): ReactNode => {
  const me = useMe();
  const query = useQuery(
    classroom.query.listFindings.queryOptions({
      input: { source: 'research-visit', sourceId: visit.id, limit: 100 },
    }),
  );
  const goesOnVisits = visit.steps.length > 0 || plansVisits(me);
  return (
    <Panel
      title="发现的问题"
      actions={
        findsSomething(me) && goesOnVisits ? (
          <ButtonLink
            to="/findings/new"
            search={{
              source: 'research-visit',
              sourceId: visit.id,
              schoolId: visit.schoolId,
              kind: 'district',
            }}
            variant="primary"
          >
            记一个问题
          </ButtonLink>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? <p className="muted">没有记下问题。</p> : <FindingList rows={rows} />
        }
      </Loaded>
    </Panel>
  );
};
