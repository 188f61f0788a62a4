import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { CheckField, choicesOf, DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { School } from '../../schools/contract.ts';
import { type Stage, schoolKindLabels, schoolKinds, stageLabels, stages } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface SchoolFormProps {
  /** Absent for a new school. */
  readonly school?: School;
  readonly onClose: () => void;
}

export const SchoolForm = ({ school, onClose }: SchoolFormProps): ReactNode => {
  const navigate = useNavigate();
  const [name, setName] = useState(school?.name ?? '');
  const [kind, setKind] = useState<string>(school?.kind ?? 'primary');
  const [own, setOwn] = useState<readonly Stage[]>(school?.stages ?? ['primary']);
  const [parentId, setParentId] = useState(school?.parent?.id ?? '');
  const [code, setCode] = useState(school?.identifierCode ?? '');
  const [from, setFrom] = useState(todayHere());
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const add = useAction(organisation.client.addSchool, {
    done: '已添加。',
    onDone: ({ id }) => {
      onClose();
      void navigate({ to: `/schools/${id}` });
    },
  });
  const edit = useAction(organisation.client.editSchool, { done: '已保存。', onDone: onClose });
  return (
    <Dialog title={school === undefined ? '添加学校' : `修改${school.name}`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          const fields = {
            name: name.trim(),
            kind: schoolKinds.find((one) => one === kind) ?? 'primary',
            stages: [...own],
            parentId: parentId === '' ? null : parentId,
            identifierCode: code.trim() === '' ? null : code.trim(),
          };
          if (school === undefined) add.mutate({ ...fields, activeFrom: from });
          else edit.mutate({ ...fields, schoolId: school.id, version: school.version });
        }}
      >
        <TextField label="校名" value={name} onValue={setName} required maxLength={60} />
        <SelectField
          label="类型"
          value={kind}
          onValue={setKind}
          choices={choicesOf(schoolKinds, schoolKindLabels)}
        />
        <fieldset>
          <legend>学段</legend>
          {stages.map((stage) => (
            <CheckField
              key={stage}
              label={stageLabels[stage]}
              checked={own.includes(stage)}
              onValue={(checked) => setOwn(checked ? [...own, stage] : own.filter((one) => one !== stage))}
            />
          ))}
        </fieldset>
        <SelectField
          label="上级单位"
          value={parentId}
          onValue={setParentId}
          none="没有（独立学校或中心校）"
          choices={(schools.data?.rows ?? [])
            .filter((one) => one.parentId === null && one.id !== school?.id)
            .map(({ id, name: label }) => ({ value: id, label }))}
        />
        <TextField
          label="学校标识码"
          value={code}
          onValue={setCode}
          inputMode="numeric"
          pattern="[0-9]{10}"
          title="10 位数字"
        />
        {school === undefined ? <DayField label="从哪天起" value={from} onValue={setFrom} required /> : null}
        <ChangedElsewhere version={school?.version} opens={`/schools/${school?.id ?? ''}`} />
        <Problem error={add.error ?? edit.error} />
        <Button
          type="submit"
          variant="primary"
          busy={add.isPending || edit.isPending}
          disabled={own.length === 0}
        >
          保存
        </Button>
      </form>
    </Dialog>
  );
};
