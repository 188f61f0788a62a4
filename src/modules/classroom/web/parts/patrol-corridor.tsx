import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { CorridorRoom } from '../../patrol/corridor/contract.ts';
import { movedBy, placeLabel, sortByPlace } from '../../patrol/corridor/rules.ts';
import { classroom } from './api.ts';

interface CorridorProps {
  readonly schoolId: string;
  readonly version: number;
  readonly entered: readonly CorridorRoom[];
}

/** The order of the classrooms: by building, floor and room, or moved by hand. */
export const PatrolCorridor = ({ schoolId, version, entered }: CorridorProps): ReactNode => {
  const [rooms, setRooms] = useState<readonly CorridorRoom[]>(entered);
  const save = useAction(classroom.client.arrangeCorridor, { done: '路线已保存' });
  const change = (classId: string, changes: Partial<CorridorRoom>): void =>
    setRooms(rooms.map((room) => (room.classId === classId ? { ...room, ...changes } : room)));
  return (
    <Panel
      title="巡课路线"
      lead={version === 0 ? '还没有排过，按年级和班号的顺序。' : undefined}
      actions={<Button onClick={() => setRooms(sortByPlace(rooms))}>按楼、层、室排好</Button>}
    >
      {rooms.length === 0 ? <p className="muted">学校还没有登记班级。</p> : null}
      <ol className="patrol-corridor">
        {rooms.map((room, index) => (
          <li key={room.classId}>
            <details>
              <summary>
                {room.classLabel} <small className="muted">{placeLabel(room)}</small>
              </summary>
              <div className="filters">
                <TextField
                  label="楼"
                  maxLength={20}
                  value={room.building}
                  onValue={(building) => change(room.classId, { building })}
                />
                <TextField
                  label="层"
                  inputMode="numeric"
                  maxLength={3}
                  value={room.floor === null ? '' : String(room.floor)}
                  onValue={(text) => change(room.classId, { floor: floorOf(text) })}
                />
                <TextField
                  label="室"
                  maxLength={20}
                  value={room.room}
                  onValue={(name) => change(room.classId, { room: name })}
                />
              </div>
            </details>
            <span className="patrol-move">
              <Button
                disabled={index === 0}
                aria-label={`上移 ${room.classLabel}`}
                onClick={() => setRooms(movedBy(rooms, index, -1))}
              >
                ↑
              </Button>
              <Button
                disabled={index === rooms.length - 1}
                aria-label={`下移 ${room.classLabel}`}
                onClick={() => setRooms(movedBy(rooms, index, 1))}
              >
                ↓
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <Problem error={save.error} />
      <div>
        <Button
          variant="primary"
          busy={save.isPending}
          disabled={rooms.length === 0}
          onClick={() =>
            save.mutate({
              schoolId,
              version,
              rooms: rooms.map(({ classId, building, floor, room }) => ({
                classId,
                building: building.trim(),
                floor,
                room: room.trim(),
              })),
            })
          }
        >
          保存路线
        </Button>
      </div>
    </Panel>
  );
};

const floorOf = (text: string): number | null => {
  const floor = Number.parseInt(text, 10);
  return Number.isNaN(floor) ? null : Math.max(-3, Math.min(30, floor));
};
