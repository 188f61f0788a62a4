import type { InferContractRouterOutputs } from '@orpc/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, DayField, Segments, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { substitutionContract } from '../../substitution/contract.ts';
import { subjectLabels, subjects } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

export type DayLessons = InferContractRouterOutputs<typeof substitutionContract>['listDayLessons'];

interface SubstituteDialogProps {
  readonly place: {
    readonly schoolId: string;
    readonly classId: string;
    readonly dayOn: string;
    readonly slot: number;
  };
  readonly day: DayLessons;
  readonly onClose: () => void;
}

/** One slot of one day: somebody else, another subject, or its place exchanged with another lesson of the class. */
export const SubstituteDialog = ({ place, day, onClose }: SubstituteDialogProps): ReactNode => {
  const stands = day.lessons.find(({ slot }) => slot === place.slot);
  const [kind, setKind] = useState<'cover' | 'exchange'>('cover');
  const [personId, setPersonId] = useState('');
  const [subject, setSubject] = useState(stands?.subject ?? 'chinese');
  const [otherDayOn, setOtherDayOn] = useState(place.dayOn);
  const [otherSlot, setOtherSlot] = useState('');
  const [reason, setReason] = useState('');
  const cover = useAction(organisation.client.substituteLesson, { done: '已登记代课。', onDone: onClose });
  const exchange = useAction(organisation.client.exchangeLessons, { done: '已登记调课。', onDone: onClose });
  const other = useQuery({
    ...organisation.query.listDayLessons.queryOptions({
      input: { schoolId: place.schoolId, classId: place.classId, dayOn: otherDayOn },
    }),
    enabled: kind === 'exchange' && otherDayOn !== '',
  });
  const others = (other.data?.lessons ?? []).filter(
    ({ slot }) => otherDayOn !== place.dayOn || slot !== place.slot,
  );
  return (
    <Dialog title={`第${place.slot}节的代课或调课`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (kind === 'cover') cover.mutate({ ...place, personId, subject, reason });
          else exchange.mutate({ ...place, otherDayOn, otherSlot: Number(otherSlot), reason });
        }}
      >
        <Segments
          label="怎么改"
          value={kind}
          onValue={setKind}
          choices={[
            { value: 'cover', label: '换教师或学科' },
            { value: 'exchange', label: '和另一节对调' },
          ]}
        />
        {kind === 'cover' ? (
          <>
            <SelectField
              label="上课教师"
              value={personId}
              onValue={setPersonId}
              none="请选择"
              required
              choices={day.staff.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <SelectField
              label="学科"
              value={subject}
              onValue={(value) => setSubject(subjects.find((one) => one === value) ?? subject)}
              choices={choicesOf(subjects, subjectLabels)}
            />
          </>
        ) : (
          <>
            <DayField label="换到哪一天" value={otherDayOn} onValue={setOtherDayOn} required />
            <SelectField
              label="和哪一节对调"
              value={otherSlot}
              onValue={setOtherSlot}
              none={others.length === 0 ? '这一天没有可以对调的课' : '请选择'}
              required
              choices={others.map(({ slot, subject: taught, teacherName }) => ({
                value: String(slot),
                label: `第${slot}节 ${subjectLabels[taught]} ${teacherName}`,
              }))}
            />
          </>
        )}
        <TextField
          label="原因"
          value={reason}
          onValue={setReason}
          maxLength={100}
          placeholder="如 外出培训、病假"
        />
        <Problem error={cover.error ?? exchange.error} />
        <Button
          type="submit"
          variant="primary"
          busy={cover.isPending || exchange.isPending}
          disabled={kind === 'cover' ? personId === '' : otherSlot === ''}
        >
          登记
        </Button>
      </form>
    </Dialog>
  );
};
