import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, Segments, SelectField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { School } from '../../schools/contract.ts';
import type { Structure } from '../../structure/contract.ts';
import { type Stage, stageLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface MoveSchoolDialogProps {
  readonly school: School;
  readonly stage: Stage;
  readonly consortia: Structure['consortia'];
  readonly onClose: () => void;
}

export const MoveSchoolDialog = ({ school, stage, consortia, onClose }: MoveSchoolDialogProps): ReactNode => {
  const place = school.consortia.find((one) => one.stage === stage);
  const [consortiumId, setConsortiumId] = useState(place?.id ?? '');
  const [role, setRole] = useState<'base' | 'member'>(place?.role ?? 'member');
  const [from, setFrom] = useState(todayHere());
  const save = useAction(organisation.client.moveSchool, { done: '已调整。', onDone: onClose });
  return (
    <Dialog title={`${school.name}（${stageLabels[stage]}）所在联合体`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            schoolId: school.id,
            stage,
            consortiumId: consortiumId === '' ? null : consortiumId,
            role,
            from,
            version: school.placesVersion,
          });
        }}
      >
        <SelectField
          label="联合体"
          value={consortiumId}
          onValue={setConsortiumId}
          none="不编入联合体"
          choices={consortia
            .filter((one) => one.stage === stage)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Segments
          label="身份"
          value={role}
          onValue={setRole}
          choices={[
            { value: 'member', label: '联合学校' },
            { value: 'base', label: '研训基地校' },
          ]}
        />
        <DayField
          label="从哪天起"
          value={from}
          onValue={setFrom}
          required
          hint="之前的日子仍在原来的联合体。"
        />
        <ChangedElsewhere version={school.placesVersion} opens={`/schools/${school.id}`} />
        <Problem error={save.error} />
        <Button type="submit" variant="primary" busy={save.isPending}>
          保存
        </Button>
      </form>
    </Dialog>
  );
};
