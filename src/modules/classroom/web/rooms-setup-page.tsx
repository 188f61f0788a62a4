import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Room } from '../room-use/contract.ts';
import { hoursText } from '../room-use/rules.ts';
import { type RoomKind, roomKindLabels, roomKinds } from '../room-use/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';
import './checks.css';

const kindOf = (value: string): RoomKind => roomKinds.find((one) => one === value) ?? 'other';

type Change = { readonly what: 'edit' | 'close' | 'opening'; readonly roomId: string } | null;

export const Page = (): ReactNode => {
  const { id, set } = useAddress();
  const query = useQuery(classroom.query.openRoomDay.queryOptions({ input: { schoolId: id('schoolId') } }));
  const [change, setChange] = useState<Change>(null);
  const close = (): void => setChange(null);
  return (
    <Frame
      title="场所与开放时间"
      lead="登记本校的图书室、实验室等，老师才能预约。"
      back={{ to: '/rooms', label: '场所使用' }}
      width="narrow"
    >
      <Loaded query={query}>
        {({ school, schools, rooms, may }) =>
          school === null || !may.keep ? (
            <Empty title="场所由本校校长、教学副校长、教务主任登记。" />
          ) : (
            <>
              {schools.length > 1 ? (
                <SelectField
                  label="学校"
                  value={school.id}
                  choices={schools.map((one) => ({ value: one.id, label: one.name }))}
                  onValue={(schoolId) => set({ schoolId })}
                />
              ) : null}
              <Panel title={school.name}>
                {rooms.length === 0 ? <p className="muted">还没有登记场所。</p> : null}
                <ul className="room-uses">
                  {rooms.map((room) => (
                    <li key={room.id} className="room-use">
                      <p>
                        <strong>{room.name}</strong> {roomKindLabels[room.kind]}
                        {room.kind !== 'library'
                          ? ''
                          : room.openingMinutes === null
                            ? '，未登记开放时间'
                            : `，每周开放 ${hoursText(room.openingMinutes)} 小时`}
                      </p>
                      <div className="row">
                        <Button
                          aria-label={`修改${room.name}`}
                          onClick={() => setChange({ what: 'edit', roomId: room.id })}
                        >
                          修改
                        </Button>
                        {room.kind === 'library' ? (
                          <Button
                            aria-label={`${room.name}开放时间`}
                            onClick={() => setChange({ what: 'opening', roomId: room.id })}
                          >
                            开放时间
                          </Button>
                        ) : null}
                        <Button
                          variant="quiet"
                          aria-label={`停用${room.name}`}
                          onClick={() => setChange({ what: 'close', roomId: room.id })}
                        >
                          停用
                        </Button>
                      </div>
                    </li>
                  ))}
                </ul>
              </Panel>
              <NewRoom schoolId={school.id} />
              {rooms
                .filter((room) => room.id === change?.roomId)
                .map((room) =>
                  change?.what === 'edit' ? (
                    <EditRoom key={room.id} room={room} onClose={close} />
                  ) : change?.what === 'opening' ? (
                    <Opening key={room.id} room={room} onClose={close} />
                  ) : (
                    <CloseRoom key={room.id} room={room} onClose={close} />
                  ),
                )}
            </>
          )
        }
      </Loaded>
    </Frame>
  );
};

const NewRoom = ({ schoolId }: { schoolId: string }): ReactNode => {
  const [kind, setKind] = useState<RoomKind>('laboratory');
  const [name, setName] = useState('');
  const add = useAction(classroom.client.addRoom, { done: '已登记', onDone: () => setName('') });
  return (
    <Panel title="增加场所">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') add.mutate({ schoolId, kind, name: name.trim() });
        }}
      >
        <div className="fields">
          <SelectField
            label="类别"
            value={kind}
            choices={choicesOf(roomKinds, roomKindLabels)}
            onValue={(value) => setKind(kindOf(value))}
          />
          <TextField label="名称" hint="例：物理实验室一" maxLength={40} value={name} onValue={setName} />
        </div>
        <Problem error={add.error} />
        <div className="row">
          <Button type="submit" variant="primary" busy={add.isPending} disabled={name.trim() === ''}>
            增加
          </Button>
        </div>
      </form>
    </Panel>
  );
};

interface RoomDialogProps {
  readonly room: Room;
  readonly onClose: () => void;
}

const EditRoom = ({ room, onClose }: RoomDialogProps): ReactNode => {
  const [kind, setKind] = useState<RoomKind>(room.kind);
  const [name, setName] = useState(room.name);
  const edit = useAction(classroom.client.editRoom, { done: '已修改', onDone: onClose });
  return (
    <Dialog title={`修改${room.name}`} onClose={onClose}>
      <SelectField
        label="类别"
        value={kind}
        choices={choicesOf(roomKinds, roomKindLabels)}
        onValue={(value) => setKind(kindOf(value))}
      />
      <TextField label="名称" maxLength={40} value={name} onValue={setName} />
      <ChangedElsewhere version={room.version} opens="/rooms/setup" />
      <Problem error={edit.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={edit.isPending}
          disabled={name.trim() === ''}
          onClick={() => edit.mutate({ id: room.id, version: room.version, kind, name: name.trim() })}
        >
          保存
        </Button>
      </div>
    </Dialog>
  );
};

const Opening = ({ room, onClose }: RoomDialogProps): ReactNode => {
  const [hours, setHours] = useState(room.openingMinutes === null ? '' : hoursText(room.openingMinutes));
  const [fromOn, setFromOn] = useState(() => todayHere());
  const save = useAction(classroom.client.setLibraryOpening, { done: '已登记', onDone: onClose });
  const minutes = /^\d{1,3}(\.\d)?$/.test(hours.trim()) ? Math.round(Number(hours) * 60) : null;
  return (
    <Dialog title={`${room.name}开放时间`} onClose={onClose}>
      <TextField
        label="教学期间每周开放小时数"
        hint="可以有一位小数，例：37.5"
        inputMode="decimal"
        value={hours}
        error={hours !== '' && minutes === null ? '请填写小时数，例：40' : undefined}
        onValue={setHours}
      />
      <DayField label="从哪天起" value={fromOn} onValue={setFromOn} />
      <Problem error={save.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={save.isPending}
          disabled={minutes === null || fromOn === ''}
          onClick={() => save.mutate({ id: room.id, fromOn, minutesPerWeek: minutes ?? 0 })}
        >
          保存
        </Button>
      </div>
    </Dialog>
  );
};

const CloseRoom = ({ room, onClose }: RoomDialogProps): ReactNode => {
  const close = useAction(classroom.client.closeRoom, { done: '已停用', onDone: onClose });
  return (
    <Dialog title={`停用${room.name}`} onClose={onClose}>
      <p>从今天起不能再预约；以前的使用记录保留。</p>
      <Problem error={close.error} />
      <div className="row">
        <Button
          variant="danger"
          busy={close.isPending}
          onClick={() => close.mutate({ id: room.id, version: room.version })}
        >
          停用
        </Button>
      </div>
    </Dialog>
  );
};
