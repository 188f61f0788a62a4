import type { InferContractRouterOutputs } from '@orpc/contract';
import { type ReactNode, useState } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { newId } from '#platform/ids.ts';
import { Button } from '#web/ui/button.tsx';
import { choicesOf, Segments, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { roomUseContract } from '../../room-use/contract.ts';
import { overlaps } from '../../room-use/rules.ts';
import {
  experimentModeLabels,
  experimentModes,
  mostSlotsBooked,
  type Purpose,
  purposeLabels,
  purposes,
} from '../../room-use/vocabulary/contract.ts';
import { mostSlots } from '../../vocabulary/contract.ts';
import { classroom } from './api.ts';

export type RoomDay = InferContractRouterOutputs<typeof roomUseContract>['openRoomDay'];

const blank = {
  roomId: '',
  slotFrom: '',
  slots: '1',
  classId: '',
  purpose: 'lesson',
  experimentId: '',
  experimentName: '',
  experimentMode: 'group',
};

const otherExperiment = 'other';

/** Rooms are booked for one day; what another has taken cannot be chosen. */
export const RoomBooking = ({ data }: { data: RoomDay }): ReactNode => {
  const { form, set, clear } = useKeptForm(`room-booking:${data.school?.id ?? ''}`, blank);
  const [bookingId, setBookingId] = useState(() => newId());
  const [tried, setTried] = useState(false);
  const book = useAction(classroom.client.bookRoom, {
    done: '已预约',
    onDone: () => {
      setBookingId(newId());
      setTried(false);
      set({ ...blank, roomId: form.roomId, classId: form.classId });
      clear();
    },
  });
  const purpose: Purpose = purposes.find((one) => one === form.purpose) ?? 'lesson';
  const room =
    data.rooms.find(({ id }) => id === form.roomId) ?? (data.rooms.length === 1 ? data.rooms[0] : undefined);
  const taken = data.uses.filter(
    ({ roomId, cancelledReason }) => roomId === room?.id && cancelledReason === null,
  );
  const count = Number(form.slots);
  const slots = Array.from({ length: mostSlots }, (_, index) => index + 1).filter(
    (slot) => data.slots.length === 0 || data.slots.some((bell) => bell.slot === slot),
  );
  const chosenClass = data.classes.find(({ id }) => id === form.classId);
  const experiments = data.experiments.filter(
    ({ grade }) => chosenClass === undefined || grade === chosenClass.grade,
  );
  const named = experiments.length === 0 || form.experimentId === otherExperiment;
  const problems = tried
    ? {
        room: room === undefined ? '请选择场所' : undefined,
        slot: form.slotFrom === '' ? '请选择节次' : undefined,
        experiment: purpose === 'experiment' && !named && form.experimentId === '' ? '请选择实验' : undefined,
        name:
          purpose === 'experiment' && named && form.experimentName.trim() === ''
            ? '请填写实验名称'
            : undefined,
      }
    : {};
  const send = (): void => {
    setTried(true);
    if (room === undefined || form.slotFrom === '') return;
    if (purpose === 'experiment' && (named ? form.experimentName.trim() === '' : form.experimentId === ''))
      return;
    const slotFrom = Number(form.slotFrom);
    book.mutate({
      id: bookingId,
      roomId: room.id,
      dayOn: data.dayOn,
      slotFrom,
      slotTo: Math.min(mostSlots, slotFrom + count - 1),
      classId: form.classId === '' ? null : form.classId,
      purpose,
      experimentId: purpose === 'experiment' && !named ? form.experimentId : null,
      experimentName: purpose === 'experiment' && named ? form.experimentName.trim() : '',
      experimentMode:
        purpose === 'experiment' && named
          ? (experimentModes.find((one) => one === form.experimentMode) ?? 'group')
          : null,
    });
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="fields">
        <SelectField
          label="场所"
          value={room?.id ?? ''}
          none="请选择"
          error={problems.room}
          choices={data.rooms.map(({ id, name }) => ({ value: id, label: name }))}
          onValue={(roomId) => set({ roomId })}
        />
        <SelectField
          label="节次"
          value={form.slotFrom}
          none="请选择"
          error={problems.slot}
          choices={slots.map((slot) => {
            const bell = data.slots.find((one) => one.slot === slot);
            const by = taken.find((use) => overlaps(use, { slotFrom: slot, slotTo: slot }));
            return {
              value: String(slot),
              label: `第${slot}节${bell === undefined ? '' : ` ${bell.startsAt}`}${by === undefined ? '' : '（已约）'}`,
            };
          })}
          onValue={(slotFrom) => set({ slotFrom })}
        />
        <SelectField
          label="连用"
          value={form.slots}
          choices={Array.from({ length: mostSlotsBooked }, (_, index) => ({
            value: String(index + 1),
            label: `${index + 1} 节`,
          }))}
          onValue={(value) => set({ slots: value })}
        />
        <SelectField
          label="班级"
          value={form.classId}
          none="不是一个班（社团等）"
          choices={data.classes.map(({ id, label }) => ({ value: id, label }))}
          onValue={(classId) => set({ classId })}
        />
      </div>
      <Segments
        label="用途"
        value={purpose}
        choices={choicesOf(purposes, purposeLabels)}
        onValue={(value) => set({ purpose: value })}
      />
      {purpose === 'experiment' ? (
        <div className="fields">
          {experiments.length === 0 ? null : (
            <SelectField
              label="做哪个实验"
              value={form.experimentId}
              none="请选择"
              error={problems.experiment}
              choices={[
                ...experiments.map(({ id, subject, grade, name, mode }) => ({
                  value: id,
                  label: `${gradeLabels[grade]}${subjectLabels[subject]} ${name}（${experimentModeLabels[mode]}）`,
                })),
                { value: otherExperiment, label: '表上没有的实验' },
              ]}
              onValue={(experimentId) => set({ experimentId })}
            />
          )}
          {named ? (
            <>
              <TextField
                label="实验名称"
                maxLength={60}
                value={form.experimentName}
                error={problems.name}
                onValue={(experimentName) => set({ experimentName })}
              />
              <Segments
                label="方式"
                value={experimentModes.find((one) => one === form.experimentMode) ?? 'group'}
                choices={choicesOf(experimentModes, experimentModeLabels)}
                onValue={(experimentMode) => set({ experimentMode })}
              />
            </>
          ) : null}
        </div>
      ) : null}
      <Problem error={book.error} />
      <Button type="submit" variant="primary" size="large" busy={book.isPending}>
        预约
      </Button>
    </form>
  );
};
