import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Badge, Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { Appointment } from '../appointments/contract.ts';
import type { Person } from '../people/contract.ts';
import { appointmentLabel, honourLabel } from '../rules.ts';
import { gradeLabels, honourLevelLabels, subjectLabels } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { AppointDialog } from './parts/appoint-dialog.tsx';
import { EndAppointmentDialog } from './parts/end-appointment-dialog.tsx';
import { HonourDialog } from './parts/honour-dialog.tsx';
import { LeaveDialog } from './parts/leave-dialog.tsx';
import { PersonForm } from './parts/person-form.tsx';
import { SubjectsDialog } from './parts/subjects-dialog.tsx';

type Open = 'edit' | 'subjects' | 'appoint' | 'honour' | 'leave' | null;

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery(
    organisation.query.getPerson.queryOptions({ input: { personId: params['personId'] ?? '' } }),
  );
  const person = query.data;
  return (
    <Frame
      title={person?.name ?? '人员'}
      back={{ to: '/people', label: '人员' }}
      actions={
        person === undefined ? undefined : (
          <>
            {person.may.edit ? <Button onClick={() => setOpen('edit')}>修改资料</Button> : null}
            {person.may.editSubjects && !person.may.edit ? (
              <Button onClick={() => setOpen('subjects')}>修改任教学科</Button>
            ) : null}
            {person.may.edit && person.activeTo === null ? (
              <Button variant="danger" onClick={() => setOpen('leave')}>
                调离或退休
              </Button>
            ) : null}
          </>
        )
      }
    >
      <Loaded query={query}>{(data) => <Details person={data} open={open} setOpen={setOpen} />}</Loaded>
    </Frame>
  );
};

interface DetailsProps {
  readonly person: Person;
  readonly open: Open;
  readonly setOpen: (open: Open) => void;
}

const Details = ({ person, open, setOpen }: DetailsProps): ReactNode => {
  const [ending, setEnding] = useState<Appointment | null>(null);
  const today = todayHere();
  const holds = ({ activeTo }: { activeTo: string | null }) => activeTo === null || activeTo > today;
  const present = person.appointments.filter(holds);
  const past = person.appointments.filter((one) => !holds(one));
  const close = () => setOpen(null);
  return (
    <>
      {person.activeTo === null ? null : (
        <p className="notice notice-warn">{chineseDate(person.activeTo)}起已调离或退休。</p>
      )}
      <Panel>
        <Facts
          items={[
            [
              '学校',
              person.schoolId === null ? (
                '没有学校'
              ) : (
                <Link to={`/schools/${person.schoolId}`}>{person.schoolName}</Link>
              ),
            ],
            ['学科', person.subjects.map((one) => subjectLabels[one]).join('、') || '—'],
            ['工号', person.staffNumber ?? '—'],
            ['手机号', person.phone ?? '—'],
            ['拼音', person.namePinyin],
          ]}
        />
      </Panel>
      <Panel
        title="任职"
        lead="权限由现任的任职得来，到期自动取消。"
        actions={
          person.may.appoint ? <Button onClick={() => setOpen('appoint')}>增加任职</Button> : undefined
        }
      >
        {present.length === 0 ? <Empty title="目前没有任职。" /> : null}
        <ul className="plain-rows">
          {present.map((one) => (
            <li key={one.id}>
              <span>
                {appointmentLabel(one)}
                <span className="muted">
                  {'　'}
                  {chineseDate(one.activeFrom)}起
                  {one.activeTo === null ? '' : `，到${chineseDate(one.activeTo)}`}
                </span>
              </span>
              {one.mayEnd && one.activeTo === null ? (
                <Button size="small" onClick={() => setEnding(one)}>
                  结束任职
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        {past.length === 0 ? null : (
          <details>
            <summary>过去的任职（{past.length}）</summary>
            <ul className="plain-rows">
              {past.map((one) => (
                <li key={one.id}>
                  <span>{appointmentLabel(one)}</span>
                  <span className="muted">
                    {chineseDate(one.activeFrom)}—{one.activeTo === null ? '' : chineseDate(one.activeTo)}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Panel>
      <Panel title="本学期任教">
        {person.teaching.length === 0 ? (
          <Empty title="本学期还没有登记任教。">
            <p>由所在学校在学校页面登记，或随教师名单导入。</p>
          </Empty>
        ) : (
          <ul className="plain-rows">
            {person.teaching.map((one) => (
              <li key={one.id}>
                <span>
                  {one.classLabel ?? gradeLabels[one.grade]} {subjectLabels[one.subject]}
                </span>
                <span className="muted">{one.schoolName}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel
        title="荣誉称号"
        actions={person.may.edit ? <Button onClick={() => setOpen('honour')}>增加荣誉</Button> : undefined}
      >
        {person.honours.length === 0 ? (
          <Empty title="还没有登记荣誉称号。" />
        ) : (
          <ul className="plain-rows">
            {person.honours.map((one) => (
              <li key={one.id}>
                <span>
                  {honourLabel(one.kind)}
                  {one.field === null ? '' : `（${one.field}）`} <Badge>{honourLevelLabels[one.level]}</Badge>
                </span>
                <span className="muted">
                  {one.issuer}，{chineseDate(one.activeFrom)}
                  {one.activeTo === null ? '' : `—${chineseDate(one.activeTo)}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {open === 'edit' ? <PersonForm person={person} onClose={close} /> : null}
      {open === 'subjects' ? <SubjectsDialog person={person} onClose={close} /> : null}
      {open === 'appoint' ? <AppointDialog person={person} onClose={close} /> : null}
      {open === 'honour' ? <HonourDialog person={person} onClose={close} /> : null}
      {open === 'leave' ? <LeaveDialog person={person} onClose={close} /> : null}
      {ending === null ? null : <EndAppointmentDialog appointment={ending} onClose={() => setEnding(null)} />}
    </>
  );
};
