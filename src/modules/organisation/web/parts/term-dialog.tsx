import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, Segments, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { TermRow } from '../../calendar/contract.ts';
import { organisation } from './api.ts';

interface TermDialogProps {
  /** Absent for a new term. */
  readonly term?: TermRow;
  readonly onClose: () => void;
}

export const TermDialog = ({ term, onClose }: TermDialogProps): ReactNode => {
  const [schoolYear, setSchoolYear] = useState('');
  const [number, setNumber] = useState<'1' | '2'>('1');
  const [startsOn, setStartsOn] = useState(term?.startsOn ?? '');
  const [endsOn, setEndsOn] = useState(term?.endsOn ?? '');
  const add = useAction(organisation.client.addTerm, { done: '已添加。', onDone: onClose });
  const edit = useAction(organisation.client.editTerm, { done: '已保存。', onDone: onClose });
  return (
    <Dialog title={term === undefined ? '添加学期' : `${term.name}起止日期`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (term === undefined)
            add.mutate({ schoolYear: Number(schoolYear), term: number === '1' ? 1 : 2, startsOn, endsOn });
          else edit.mutate({ termId: term.id, version: term.version, startsOn, endsOn });
        }}
      >
        {term === undefined ? (
          <>
            <TextField
              label="学年"
              value={schoolYear}
              onValue={setSchoolYear}
              required
              inputMode="numeric"
              pattern="20[0-9]{2}"
              hint="填前一年，如 2026 表示 2026—2027 学年。"
            />
            <Segments
              label="学期"
              value={number}
              onValue={setNumber}
              choices={[
                { value: '1', label: '第一学期' },
                { value: '2', label: '第二学期' },
              ]}
            />
          </>
        ) : null}
        <DayField label="开学日期" value={startsOn} onValue={setStartsOn} required />
        <DayField label="结束日期" value={endsOn} onValue={setEndsOn} required />
        <ChangedElsewhere version={term?.version} opens="/calendar" />
        <Problem error={add.error ?? edit.error} />
        <Button type="submit" variant="primary" busy={add.isPending || edit.isPending}>
          保存
        </Button>
      </form>
    </Dialog>
  );
};
