import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Person } from '../../people/contract.ts';
import { appointmentLabel } from '../../rules.ts';
import { organisation } from './api.ts';

interface LeaveDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

export const LeaveDialog = ({ person, onClose }: LeaveDialogProps): ReactNode => {
  const [activeTo, setActiveTo] = useState(todayHere());
  const save = useAction(organisation.client.markPersonLeft, { done: '已登记。', onDone: onClose });
  const ending = person.appointments.filter((one) => one.activeTo === null || one.activeTo > activeTo);
  return (
    <Dialog title={`${person.name}调离或退休`} onClose={onClose}>
      <DayField label="从哪天起不在岗" value={activeTo} onValue={setActiveTo} required />
      {ending.length === 0 ? null : (
        <div className="notice notice-warn">
          <p>这些任职同时结束，相应权限取消：</p>
          <ul>
            {ending.map((one) => (
              <li key={one.id}>{appointmentLabel(one)}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="muted">过去的任职、听课和名单都保留，可按日期重新打印。</p>
      <Problem error={save.error} />
      <Button
        variant="danger"
        busy={save.isPending}
        disabled={activeTo === ''}
        onClick={() => save.mutate({ personId: person.id, version: person.version, activeTo })}
      >
        登记
      </Button>
    </Dialog>
  );
};
