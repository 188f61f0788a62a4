import { type ReactNode, useState } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate, weekdayLabels, weekdayOf } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Badge, Facts, Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { PatrolDetail, Stop } from '../../patrol/contract.ts';
import {
  byServersClock,
  findingText,
  isSentLater,
  isSerious,
  receiptLabel,
  slotLabel,
} from '../../patrol/rules.ts';
import { handlingLabels } from '../../patrol/vocabulary/contract.ts';
import { classroom } from './api.ts';
import { PassOn } from './pass-on.tsx';

interface RecordProps {
  readonly detail: PatrolDetail;
  readonly isMine: boolean;
}

const clockText = (seconds: number): string =>
  `手机时间比服务器${seconds < 0 ? '快' : '慢'} ${Math.round(Math.abs(seconds) / 60)} 分钟，下面已按服务器时间换算。`;

/** A patrol as the server has it. */
export const PatrolRecord = ({ detail, isMine }: RecordProps): ReactNode => {
  const momentOf = (at: string): string => chinaClock(byServersClock(at, detail.clockOffSeconds));
  const seen = detail.stops.filter(({ result }) => result !== 'unseen');
  const noted = seen.filter(({ result }) => result === 'noted');
  const inOrder = seen.filter(({ result }) => result === 'in-order');
  const received = new Date(detail.receivedAt);
  return (
    <>
      {detail.withdrawnReason === null ? null : (
        <p className="notice notice-bad">已撤回，不计入周汇总。原因：{detail.withdrawnReason}</p>
      )}
      {detail.serious ? (
        <p className="notice notice-bad">
          这次巡课有需要立即报告校长的情况。系统只作记录，不会通知任何人；请核实已经报告。
        </p>
      ) : null}
      <Panel>
        <Facts
          items={[
            ['日期', `${chineseDate(detail.dayOn)} ${weekdayLabels[weekdayOf(detail.dayOn)] ?? ''}`],
            ['周次', detail.week === null ? '' : `第${detail.week}周`],
            ['节次', slotLabel(detail.halfDay, detail.slot)],
            ['学校', detail.schoolName],
            ['巡课人', detail.patrollerName],
            ['开始', momentOf(detail.startedAt)],
            ['结束', detail.finishedAt === null ? '还没有结束' : momentOf(detail.finishedAt)],
            [
              '送达',
              `回执号 ${receiptLabel(detail.receiptNumber)}，${chineseDate(chinaDay(received))} ${chinaClock(received)}`,
            ],
          ]}
        />
        <p>{detail.summary}</p>
        {isSentLater(detail.dayOn, detail.receivedAt) ? <Badge>补送</Badge> : null}
        {detail.offDayReason === '' ? null : <p className="muted">非教学日巡课：{detail.offDayReason}</p>}
        {detail.clockOffSeconds === 0 ? null : <p className="muted">{clockText(detail.clockOffSeconds)}</p>}
      </Panel>
      <Panel title={`有记录的教室（${noted.length}）`}>
        {noted.length === 0 ? <p className="muted">没有记下问题。</p> : null}
        <ul className="patrol-notes">
          {noted.map((stop) => (
            <NotedStop key={stop.classId} stop={stop} detail={detail} at={momentOf(stop.at)} />
          ))}
        </ul>
      </Panel>
      <Panel title={`正常的教室（${inOrder.length}）`}>
        <p>{inOrder.map(({ classLabel }) => classLabel).join('、')}</p>
      </Panel>
      <p className="patrol-signature">巡课人签名：</p>
      {isMine && detail.may.edit ? <Withdraw id={detail.id} /> : null}
    </>
  );
};

const NotedStop = ({ stop, detail, at }: { stop: Stop; detail: PatrolDetail; at: string }): ReactNode => {
  const subject = stop.subject === null ? '课表无课' : subjectLabels[stop.subject];
  return (
    <li>
      <h3>
        {stop.classLabel} {subject} {stop.teacherName} <small className="muted">{at}</small>
      </h3>
      <p className="row">
        {stop.findings.map((finding) => (
          <Badge
            key={finding.kind}
            tone={isSerious({ result: 'noted', findings: [finding] }) ? 'bad' : 'warn'}
          >
            {findingText(finding)}
          </Badge>
        ))}
        {stop.taughtSubject === null ? null : <span>实际在上{subjectLabels[stop.taughtSubject]}</span>}
        {stop.handling === null ? null : <span className="muted">{handlingLabels[stop.handling]}</span>}
      </p>
      {stop.note === '' ? null : <p>{stop.note}</p>}
      <PassOn source="patrol" sourceId={detail.id} partId={stop.classId} about={stop.classLabel} />
    </li>
  );
};

const Withdraw = ({ id }: { id: string }): ReactNode => {
  const [reason, setReason] = useState('');
  const withdraw = useAction(classroom.client.withdrawPatrol, { done: '已撤回' });
  return (
    <details className="no-print">
      <summary>撤回这次巡课</summary>
      <div className="stack">
        <TextField label="撤回的原因" maxLength={200} value={reason} onValue={setReason} />
        <Problem error={withdraw.error} />
        <div>
          <Button variant="danger" busy={withdraw.isPending} onClick={() => withdraw.mutate({ id, reason })}>
            撤回
          </Button>
        </div>
      </div>
    </details>
  );
};
