import { type ReactNode, useState } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import type { Tile } from '../../patrol/contract.ts';
import type { KeptPatrol } from '../../patrol/device/contract.ts';
import { blankContent, type contentOf, withFinish, withMark } from '../../patrol/device/rules.ts';
import { isSerious, summaryLine, sumStops } from '../../patrol/rules.ts';
import { PatrolDoor } from './patrol-door.tsx';
import { changePatrol, forgetPatrol, type SendState } from './patrol-outbox.ts';
import { SeriousNotice } from './patrol-serious.tsx';
import { PatrolSheet } from './patrol-sheet.tsx';
import { PatrolState } from './patrol-state.tsx';

interface WalkProps {
  readonly patrol: KeptPatrol;
  readonly state: SendState | undefined;
  readonly onlyInPage: boolean;
  readonly onDiscarded: () => void;
}

/** A patrol under way: the classrooms as one walks past them. */
export const PatrolWalk = ({ patrol, state, onlyInPage, onDiscarded }: WalkProps): ReactNode => {
  const me = useMe();
  const [noting, setNoting] = useState<Tile | null>(null);
  const { id, marks, tiles } = patrol;
  const isPrincipal = me.appointments.some(
    ({ post, schoolId }) => post === 'principal' && schoolId === patrol.schoolId,
  );
  const { rooms, noted } = sumStops(marks);
  const ended = patrol.finish !== null;
  const summary = patrol.finish?.summary ?? patrol.summary ?? summaryLine(marks);
  const markOf = (classId: string) => marks.find((mark) => mark.classId === classId);
  const put = (classId: string, content: ReturnType<typeof contentOf>): void =>
    changePatrol(id, (now) =>
      withMark(now, { id: newId(), classId, at: new Date().toISOString(), ...content }),
    );
  const tap = (tile: Tile): void => {
    const result = markOf(tile.classId)?.result ?? 'unseen';
    if (result === 'noted') setNoting(tile);
    else put(tile.classId, blankContent(result === 'unseen' ? 'in-order' : 'unseen'));
  };
  const hasNothing = rooms === 0 && patrol.receipt === null;
  return (
    <div className="observe">
      <p className="muted">
        {chineseDate(patrol.dayOn)} {patrol.slotText} {patrol.schoolName}
        <br />
        点一下“正常”，再点一下撤销；长按或点“记问题”记下情况。
      </p>
      {marks.some(isSerious) ? <SeriousNotice isPrincipal={isPrincipal} /> : null}
      {onlyInPage ? (
        <p className="notice notice-warn">这台设备存不下更多内容，请保持本页打开，直到显示“已送达”。</p>
      ) : null}
      <ul className="patrol-doors">
        {tiles.map((tile) => (
          <PatrolDoor
            key={tile.classId}
            tile={tile}
            mark={markOf(tile.classId)}
            locked={ended}
            onTap={() => tap(tile)}
            onNote={() => setNoting(tile)}
          />
        ))}
      </ul>
      <Panel title="小结">
        <TextArea
          label="一句话小结"
          rows={2}
          maxLength={200}
          value={summary}
          readOnly={ended}
          onValue={(line) => changePatrol(id, (now) => ({ ...now, summary: line }))}
        />
      </Panel>
      {hasNothing ? (
        <div>
          <Button
            variant="quiet"
            onClick={() => {
              forgetPatrol(id);
              onDiscarded();
            }}
          >
            不巡了，删去
          </Button>
        </div>
      ) : null}
      <div className="observe-bar">
        <div>
          <p>
            已巡 {rooms} / {tiles.length} 间{noted === 0 ? '' : `，${noted} 间有记录`}
          </p>
          <PatrolState patrol={patrol} state={state} />
        </div>
        {ended ? null : (
          <Button
            variant="primary"
            size="large"
            disabled={rooms === 0}
            onClick={() =>
              changePatrol(id, (now) => withFinish(now, { at: new Date().toISOString(), summary }))
            }
          >
            结束巡课
          </Button>
        )}
      </div>
      {noting === null ? null : (
        <PatrolSheet
          key={noting.classId}
          tile={noting}
          mark={markOf(noting.classId)}
          isPrincipal={isPrincipal}
          onContent={(content) => put(noting.classId, content)}
          onUndo={() => {
            put(noting.classId, blankContent('unseen'));
            setNoting(null);
          }}
          onClose={() => setNoting(null)}
        />
      )}
    </div>
  );
};
