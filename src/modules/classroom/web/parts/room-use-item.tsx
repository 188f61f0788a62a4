import { type ReactNode, useState } from 'react';
import { gradeLabels } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Badge } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { RoomUse } from '../../room-use/contract.ts';
import { experimentModeLabels, purposeLabels } from '../../room-use/vocabulary/contract.ts';
import { slotsLabel } from '../../rules.ts';
import { classroom } from './api.ts';

export const purposeText = ({ purpose, experimentName, experimentMode }: RoomUse): string =>
  experimentMode === null
    ? purposeLabels[purpose]
    : `${experimentModeLabels[experimentMode]}：${experimentName}`;

export const UseState = ({ use }: { use: RoomUse }): ReactNode => {
  if (use.cancelledReason !== null) return <Badge>已取消</Badge>;
  if (use.purpose !== 'experiment') return null;
  if (use.held === null) return <Badge tone="warn">待登记是否开出</Badge>;
  return use.held ? <Badge tone="good">已开出</Badge> : <Badge tone="bad">未开出</Badge>;
};

/** One booking: who, what for, and what can be done about it. */
export const RoomUseItem = ({ use }: { use: RoomUse }): ReactNode => {
  const [asking, setAsking] = useState<'cancel' | 'not-held' | null>(null);
  const [text, setText] = useState('');
  const close = (): void => {
    setAsking(null);
    setText('');
  };
  // An answer that comes late closes its own question, not the one asked since.
  const cancel = useAction(classroom.client.cancelBooking, {
    done: '已取消',
    onDone: () => asking === 'cancel' && close(),
  });
  const mark = useAction(classroom.client.markExperiment, {
    done: '已登记',
    onDone: () => asking === 'not-held' && close(),
  });
  const tell = (held: boolean, note: string): void =>
    mark.mutate({ id: use.id, version: use.outcomeVersion, held, note });
  return (
    <li className="room-use">
      <p>
        <strong>
          {slotsLabel(use.slotFrom, use.slotTo)} {use.roomName}
        </strong>{' '}
        <UseState use={use} />
      </p>
      <p>
        {[
          use.classLabel ?? (use.grade === null ? '' : gradeLabels[use.grade]),
          purposeText(use),
          use.bookedByName,
        ]
          .filter((part) => part !== '' && part !== null && part !== undefined)
          .join(' · ')}
      </p>
      {use.cancelledReason === null || use.cancelledReason === '' ? null : (
        <p className="muted small">取消原因：{use.cancelledReason}</p>
      )}
      {use.outcomeNote === '' ? null : <p className="muted small">说明：{use.outcomeNote}</p>}
      {asking === null ? (
        <div className="row">
          {use.may.markHeld && use.held !== true ? (
            <Button
              busy={mark.isPending}
              aria-label={`已开出：${use.experimentName}`}
              onClick={() => tell(true, '')}
            >
              已开出
            </Button>
          ) : null}
          {use.may.markHeld && use.held !== false ? (
            <Button onClick={() => setAsking('not-held')} aria-label={`未开出：${use.experimentName}`}>
              未开出
            </Button>
          ) : null}
          {use.may.cancel ? (
            <Button
              variant="quiet"
              onClick={() => setAsking('cancel')}
              aria-label={`取消 ${use.roomName}${slotsLabel(use.slotFrom, use.slotTo)}`}
            >
              取消预约
            </Button>
          ) : null}
        </div>
      ) : (
        <div className="stack">
          <TextField
            label={asking === 'cancel' ? '取消原因' : '没有开出的原因'}
            maxLength={200}
            value={text}
            onValue={setText}
          />
          <div className="row">
            <Button
              variant="primary"
              busy={cancel.isPending || mark.isPending}
              disabled={text.trim() === ''}
              onClick={() =>
                asking === 'cancel'
                  ? cancel.mutate({ id: use.id, reason: text.trim() })
                  : tell(false, text.trim())
              }
            >
              确定
            </Button>
            <Button onClick={close}>返回</Button>
          </div>
        </div>
      )}
      <Problem error={cancel.error ?? mark.error} />
    </li>
  );
};
