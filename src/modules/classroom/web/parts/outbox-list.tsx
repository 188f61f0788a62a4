import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { lessonText } from '../../content/rules.ts';
import { exportRecord } from './export-record.ts';
import {
  type ObservationParcel,
  observationOutbox,
  openObservations,
  useFreshAfterDelivery,
  useObservationOutbox,
} from './observation-outbox.ts';
import '../classroom.css';

/** Records that are only on this device, each with its honest state; what has arrived says its receipt number. */
export const OutboxList = (): ReactNode => {
  const me = useMe();
  useState(() => openObservations(me));
  useFreshAfterDelivery();
  const { parcels, answers, sending, line, onlyInPage } = useObservationOutbox();
  const arrived = [...answers].filter(([id, { waited }]) => waited && !parcels.has(id));
  if (parcels.size + arrived.length === 0) return null;
  return (
    <Panel
      title={parcels.size === 0 ? '刚刚送达的听课记录' : '还在本机的听课记录'}
      lead={lineText(line, parcels.size)}
    >
      {onlyInPage ? (
        <p className="notice notice-bad" role="alert">
          这台手机存不下新内容了，请不要关掉这一页；可以先把记录导出成文件。
        </p>
      ) : null}
      <ul className="link-list outbox">
        {[...parcels].map(([id, parcel]) => (
          <Kept key={id} id={id} parcel={parcel} isSending={sending === id} />
        ))}
        {arrived.map(([id, { receipt, isFinished, body }]) => (
          <li key={id}>
            <Link to={isFinished ? `/observations/${id}` : `/observations/${id}/edit`}>
              <span>{lessonText(body.content)}</span>
              <span className="row">
                <Badge tone="good">已收到（回执号 {receipt}）</Badge>
                <Badge>{isFinished ? '已完成' : '草稿'}</Badge>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {parcels.size > 1 ? (
        <div>
          <Button onClick={() => observationOutbox.retry()}>全部立即重试</Button>
        </div>
      ) : null}
    </Panel>
  );
};

const lineText = (line: 'up' | 'down' | 'signed-out', count: number): string => {
  if (count === 0) return '都已收到。';
  if (line === 'signed-out') return `${count} 份还没有送出；登录已过期，重新登录后自动送出。`;
  if (line === 'down') return `${count} 份还没有送出；现在没有网络，连上后自动送出。`;
  return `${count} 份还没有得到确认。`;
};

const State = ({ parcel, isSending }: { parcel: ObservationParcel; isSending: boolean }): ReactNode => {
  if (parcel.held?.kind === 'refused') return <Badge tone="bad">仅在本机，没有被收下</Badge>;
  if (parcel.held !== null) return <Badge tone="bad">仅在本机，别处有更新</Badge>;
  return isSending ? <Badge tone="info">已发送，等待确认</Badge> : <Badge tone="warn">仅在本机</Badge>;
};

const Kept = ({
  id,
  parcel,
  isSending,
}: {
  id: string;
  parcel: ObservationParcel;
  isSending: boolean;
}): ReactNode => {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const what = lessonText(parcel.body.content);
  return (
    <li>
      <Link to={`/observations/${id}/edit`}>
        <span>{what}</span>
        <span className="row">
          <State parcel={parcel} isSending={isSending} />
          {parcel.finish ? <Badge>已完成</Badge> : <Badge>草稿</Badge>}
        </span>
      </Link>
      {parcel.held === null ? null : (
        <p className="problem">
          {parcel.held.kind === 'refused' ? parcel.held.sentence : '请打开，对照后选择以哪一份为准。'}
        </p>
      )}
      <div className="row">
        <Button size="small" disabled={isSending} onClick={() => observationOutbox.retry(id)}>
          立即重试
        </Button>
        <Button size="small" onClick={() => exportRecord(me, id, parcel)}>
          导出成文件
        </Button>
        <Button size="small" variant="quiet" disabled={isSending} onClick={() => setAsking(true)}>
          删去本机这一份
        </Button>
      </div>
      {asking ? (
        <Dialog title="删去本机这一份？" onClose={() => setAsking(false)}>
          <p>{what}</p>
          <p>
            {parcel.version === 0
              ? '这份记录还没有送到系统，删去后找不回来。'
              : '本机上后来写的、还没有送到系统的内容会一并删去；系统里已有的那一份仍在。'}
            拿不准时请先导出成文件。
          </p>
          <div className="row">
            <Button
              variant="danger"
              onClick={() => {
                observationOutbox.forget(id);
                setAsking(false);
              }}
            >
              删去
            </Button>
            <Button onClick={() => setAsking(false)}>留着</Button>
          </div>
        </Dialog>
      ) : null}
    </li>
  );
};
