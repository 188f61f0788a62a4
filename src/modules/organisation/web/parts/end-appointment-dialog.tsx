import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField } from '#web/ui/field.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Appointment, EndEffect } from '../../appointments/contract.ts';
import { appointmentLabel } from '../../rules.ts';
import { gradeLabels, subjectLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface EndAppointmentDialogProps {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}

/** Shows what falls away before anything is saved. */
export const EndAppointmentDialog = ({ appointment, onClose }: EndAppointmentDialogProps): ReactNode => {
  const [activeTo, setActiveTo] = useState(todayHere());
  const effect = useQuery({
    ...organisation.query.previewEndOfAppointment.queryOptions({
      input: { appointmentId: appointment.id, activeTo },
    }),
    enabled: activeTo !== '',
    retry: false,
  });
  const save = useAction(organisation.client.endAppointment, { done: '任职已结束。', onDone: onClose });
  return (
    <Dialog title={`结束任职：${appointmentLabel(appointment)}`} onClose={onClose}>
      <DayField label="从哪天起不再担任" value={activeTo} onValue={setActiveTo} required />
      <Loaded query={effect}>{(data) => <Effect effect={data} />}</Loaded>
      <Problem error={save.error} />
      <Button
        variant="danger"
        busy={save.isPending}
        disabled={effect.data === undefined}
        onClick={() => save.mutate({ appointmentId: appointment.id, version: appointment.version, activeTo })}
      >
        结束任职
      </Button>
    </Dialog>
  );
};

const Effect = ({ effect }: { effect: EndEffect }): ReactNode => {
  const { permissionsLost, cellsEmptied, leftWithoutLead } = effect;
  if (permissionsLost.length + cellsEmptied.length + leftWithoutLead.length === 0)
    return <p className="notice">没有别的影响：其他任职仍给予相同的权限。</p>;
  return (
    <div className="notice notice-warn">
      {permissionsLost.length === 0 ? null : <p>不再可以：{permissionsLost.join('；')}。</p>}
      {leftWithoutLead.length === 0 ? null : <p>{leftWithoutLead.join('、')}将没有负责的人，请另行任命。</p>}
      {cellsEmptied.length === 0 ? null : (
        <p>
          学科组将空出：
          {cellsEmptied
            .map((cell) => `${cell.schoolName}${gradeLabels[cell.grade]}${subjectLabels[cell.subject]}`)
            .join('、')}
          。
        </p>
      )}
    </div>
  );
};
