import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { FollowUp, ObservationDetail, OpenFollowUp } from '../../contract.ts';
import { mostSlots } from '../../vocabulary/contract.ts';
import { classroom } from './api.ts';
import { lessonLine, planLine } from './follow-up-list.tsx';
import { useKeptText } from './use-kept-text.ts';

/** On the form: what was agreed with the chosen teacher and waits to be looked at again. */
export const AgreedLastTime = ({
  teacherId,
  dayOn,
}: {
  teacherId: string | null;
  dayOn: string;
}): ReactNode => {
  const query = useQuery({
    ...classroom.query.listMyFollowUps.queryOptions({ input: { limit: 5, teacherId: teacherId ?? '' } }),
    enabled: teacherId !== null,
    staleTime: 60_000,
  });
  const rows = (query.data?.rows ?? []).filter((row) => row.dayOn <= dayOn);
  if (teacherId === null || rows.length === 0) return null;
  return (
    <section className="notice stack">
      {rows.map((row) => (
        <p key={row.observationId}>
          上次商定：{row.agreedChange}
          <br />
          <small className="muted">{lessonLine(row)}</small>
        </p>
      ))}
      <p className="small">这节课请再看一看；完成后在记录页点“这节课看过了”。</p>
    </section>
  );
};

/** On a finished record: what was agreed with the same teacher before, to be closed by this lesson. */
export const EarlierAgreed = ({ detail }: { detail: ObservationDetail }): ReactNode => {
  const query = useQuery(classroom.query.getFollowUp.queryOptions({ input: { observationId: detail.id } }));
  const earlier = query.data?.earlier ?? [];
  if (earlier.length === 0) return null;
  return (
    <Panel title="上次商定" lead={`与${detail.teacherName}老师商定、还没有再看的改进。`}>
      {earlier.map((row) =>
        detail.state === 'draft' ? (
          <p key={row.observationId}>{row.agreedChange}</p>
        ) : (
          <LookHere key={row.observationId} row={row} lookId={detail.id} />
        ),
      )}
    </Panel>
  );
};

const LookHere = ({ row, lookId }: { row: OpenFollowUp; lookId: string }): ReactNode => {
  const { value, set, clear } = useKeptText('look', `${row.observationId}:${lookId}`, '');
  const look = useAction(classroom.client.lookAgain, { done: '已记下：这节课回头看过了', onDone: clear });
  return (
    <div className="stack">
      <p>
        <strong>{row.agreedChange}</strong>
        <br />
        <Link to={`/observations/${row.observationId}`}>{lessonLine(row)}</Link>
      </p>
      <TextField
        label="这次看到了什么"
        hint="可以不写；老师会看到这句话。"
        value={value}
        maxLength={500}
        onValue={set}
      />
      <Problem error={look.error} />
      <Button
        variant="primary"
        busy={look.isPending}
        onClick={() =>
          look.mutate({ observationId: row.observationId, version: row.version, lookId, seen: value })
        }
      >
        这节课看过了
      </Button>
    </div>
  );
};

/** 跟踪 of one record: when the agreed change is looked at again, and what came of it. */
export const FollowUpPanel = ({ observationId }: { observationId: string }): ReactNode => {
  const query = useQuery(classroom.query.getFollowUp.queryOptions({ input: { observationId } }));
  return (
    <Loaded query={query}>
      {({ followUp }) =>
        followUp === null ? null : (
          <Panel title="跟踪">
            {followUp.closed === null ? (
              <OpenOne key={followUp.version} observationId={observationId} followUp={followUp} />
            ) : (
              <Closed closed={followUp.closed} />
            )}
          </Panel>
        )
      }
    </Loaded>
  );
};

const Closed = ({ closed }: { closed: NonNullable<FollowUp['closed']> }): ReactNode => (
  <>
    {closed.look === null ? (
      <p>
        {closed.byName}于{chineseDate(chinaDay(new Date(closed.at)))}结束跟踪。
      </p>
    ) : (
      <p>
        已回头看：<Link to={`/observations/${closed.look.id}`}>{lessonLine(closed.look)}</Link>
      </p>
    )}
    {closed.reason === '' ? null : (
      <p>
        {closed.look === null ? '原因：' : '看到：'}
        {closed.reason}
      </p>
    )}
  </>
);

const slotChoices = Array.from({ length: mostSlots }, (_, index) => ({
  value: String(index + 1),
  label: `第${index + 1}节`,
}));

interface OpenProps {
  readonly observationId: string;
  readonly followUp: FollowUp;
}

const OpenOne = ({ observationId, followUp }: OpenProps): ReactNode => {
  const [day, setDay] = useState(followUp.plannedOn ?? '');
  const [slot, setSlot] = useState(followUp.plannedSlot === null ? '' : String(followUp.plannedSlot));
  const plan = useAction(classroom.client.planFollowUp, { done: '已约好下次' });
  if (!followUp.may.plan)
    return (
      <p>
        {followUp.plannedOn === null
          ? '还没有约下次看课的时间。'
          : `约在 ${planLine(followUp.plannedOn, followUp.plannedSlot)} 再看。`}
      </p>
    );
  return (
    <>
      <div className="fields">
        <DayField
          label="什么时候再看"
          value={day}
          onValue={(next) => {
            setDay(next);
            if (next === '') setSlot('');
          }}
        />
        <SelectField
          label="哪一节"
          none="当天再定"
          value={slot}
          choices={slotChoices}
          disabled={day === ''}
          onValue={setSlot}
        />
      </div>
      <Problem error={plan.error} />
      <div className="row">
        <Button
          busy={plan.isPending}
          disabled={
            day === (followUp.plannedOn ?? '') &&
            slot === (followUp.plannedSlot === null ? '' : String(followUp.plannedSlot))
          }
          onClick={() =>
            plan.mutate({
              observationId,
              version: followUp.version,
              plannedOn: day === '' ? null : day,
              plannedSlot: slot === '' ? null : Number(slot),
            })
          }
        >
          记下再看的时间
        </Button>
        {followUp.may.close ? <EndFollowUp observationId={observationId} followUp={followUp} /> : null}
      </div>
    </>
  );
};

const EndFollowUp = ({ observationId, followUp }: OpenProps): ReactNode => {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const end = useAction(classroom.client.endFollowUp, { done: '已结束跟踪', onDone: () => setOpen(false) });
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        不再跟踪
      </Button>
      {open ? (
        <Dialog title="结束跟踪" onClose={() => setOpen(false)}>
          <p>再听过这位老师的课，请在那份记录里点“这节课看过了”。不再看的，请写明原因。</p>
          <TextField label="原因" required value={reason} maxLength={200} onValue={setReason} />
          <Problem error={end.error} />
          <Button
            variant="primary"
            busy={end.isPending}
            disabled={reason.trim() === ''}
            onClick={() => end.mutate({ observationId, version: followUp.version, reason })}
          >
            结束跟踪
          </Button>
        </Dialog>
      ) : null}
    </>
  );
};
