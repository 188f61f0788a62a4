import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Person } from '../../people/contract.ts';
import type { Subject } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';
import { SubjectChecks } from './subject-checks.tsx';

interface PersonFormProps {
  /** Absent for a new person. */
  readonly person?: Person;
  readonly onClose: () => void;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export const PersonForm = ({ person, onClose }: PersonFormProps): ReactNode => {
  const navigate = useNavigate();
  const [name, setName] = useState(person?.name ?? '');
  const [staffNumber, setStaffNumber] = useState(person?.staffNumber ?? '');
  const [phone, setPhone] = useState(person?.phone ?? '');
  const [schoolId, setSchoolId] = useState(person?.schoolId ?? '');
  const [subjects, setSubjects] = useState<readonly Subject[]>(person?.subjects ?? []);
  const [from, setFrom] = useState(todayHere());
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const add = useAction(organisation.client.addPerson, {
    done: '已添加。',
    onDone: ({ id }) => {
      onClose();
      void navigate({ to: `/people/${id}` });
    },
  });
  const edit = useAction(organisation.client.editPerson, { done: '已保存。', onDone: onClose });
  const fields = {
    name: name.trim(),
    staffNumber: orNull(staffNumber),
    phone: orNull(phone),
    homeSchoolId: orNull(schoolId),
    subjects: [...subjects],
  };
  return (
    <Dialog title={person === undefined ? '添加人员' : `修改${person.name}的资料`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (person === undefined) add.mutate({ ...fields, activeFrom: from });
          else edit.mutate({ ...fields, personId: person.id, version: person.version });
        }}
      >
        <TextField label="姓名" value={name} onValue={setName} required maxLength={40} />
        <TextField label="工号" value={staffNumber} onValue={setStaffNumber} maxLength={40} />
        <TextField
          label="手机号"
          value={phone}
          onValue={setPhone}
          inputMode="numeric"
          pattern="1[0-9]{10}"
          title="11 位手机号"
        />
        <SelectField
          label="所在学校"
          value={schoolId}
          onValue={setSchoolId}
          none="没有学校（如教研室）"
          choices={(schools.data?.rows ?? []).map(({ id, name: label }) => ({ value: id, label }))}
        />
        <SubjectChecks value={subjects} onValue={setSubjects} />
        {person === undefined ? <DayField label="从哪天起" value={from} onValue={setFrom} required /> : null}
        <ChangedElsewhere version={person?.version} opens={`/people/${person?.id ?? ''}`} />
        <Problem error={add.error ?? edit.error} />
        <Button type="submit" variant="primary" busy={add.isPending || edit.isPending}>
          保存
        </Button>
      </form>
    </Dialog>
  );
};
