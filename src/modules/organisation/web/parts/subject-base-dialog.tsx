import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, SelectField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Structure } from '../../structure/contract.ts';
import { stageLabels, subjectLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface SubjectBaseDialogProps {
  readonly slot: Structure['subjectBases'][number];
  readonly version: Structure['subjectBasesVersion'];
  readonly onClose: () => void;
}

/** 优势学科基地校：教研室结合实际确定（通知三（四）1）。 */
export const SubjectBaseDialog = ({ slot, version, onClose }: SubjectBaseDialogProps): ReactNode => {
  const [schoolId, setSchoolId] = useState(slot.school?.id ?? '');
  const [from, setFrom] = useState(todayHere());
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const save = useAction(organisation.client.setSubjectBase, { done: '已确定。', onDone: onClose });
  return (
    <Dialog
      title={`${stageLabels[slot.stage]}${subjectLabels[slot.subject]}优势学科基地校`}
      onClose={onClose}
    >
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            stage: slot.stage,
            subject: slot.subject,
            schoolId: schoolId === '' ? null : schoolId,
            from,
            version,
          });
        }}
      >
        <SelectField
          label="学校"
          value={schoolId}
          onValue={setSchoolId}
          none="未定"
          choices={(schools.data?.rows ?? [])
            .filter(({ stages }) => stages.includes(slot.stage))
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
        <DayField
          label="从哪天起"
          value={from}
          onValue={setFrom}
          required
          hint="之前的日子仍按原来的基地校打印。"
        />
        <ChangedElsewhere version={version} opens="/organisation" />
        <Problem error={save.error} />
        <Button type="submit" variant="primary" busy={save.isPending} disabled={from === ''}>
          保存
        </Button>
      </form>
    </Dialog>
  );
};
