import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { weekdayLabels } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { gradeLabels, grades, subjectLabels, subjects } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface AssignDialogProps {
  readonly schoolId: string;
  readonly termId: string;
  readonly onClose: () => void;
}

/** `周一1 周三2、3` or `1-1 3-2` → places in the week; null when something was not understood. */
const readPlaces = (text: string): { weekday: number; slot: number }[] | null => {
  const places: { weekday: number; slot: number }[] = [];
  for (const part of text.split(/[\s;；，,]+/u).filter((one) => one !== '')) {
    const [, day = '', slots = ''] =
      /^(?:周|星期)?([一二三四五六日1-7])[-第]?((?:\d{1,2}[、.]?)+)节?$/u.exec(part) ?? [];
    const weekday = '一二三四五六日'.includes(day) ? '一二三四五六日'.indexOf(day) + 1 : Number(day);
    const numbers = slots
      .split(/[、.]/u)
      .filter((one) => one !== '')
      .map(Number);
    if (day === '' || numbers.length === 0 || numbers.some((slot) => slot < 1 || slot > 12)) return null;
    places.push(...numbers.map((slot) => ({ weekday, slot })));
  }
  return places;
};

export const AssignDialog = ({ schoolId, termId, onClose }: AssignDialogProps): ReactNode => {
  const [text, setText] = useState('');
  const [personId, setPersonId] = useState('');
  const [grade, setGrade] = useState('');
  const [subject, setSubject] = useState('');
  const [classId, setClassId] = useState('');
  const [places, setPlaces] = useState('');
  const people = useQuery(
    organisation.query.searchPeople.queryOptions({ input: { text: text.trim(), schoolId, limit: 100 } }),
  );
  const classes = useQuery(organisation.query.listClasses.queryOptions({ input: { schoolId } }));
  const save = useAction(organisation.client.assignTeaching, { done: '已登记。', onDone: onClose });
  const timetable = readPlaces(places);
  return (
    <Dialog title="登记任教" onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = subjects.find((one) => one === subject);
          if (chosen === undefined || timetable === null) return;
          save.mutate({
            personId,
            schoolId,
            termId,
            grade: Number(grade),
            subject: chosen,
            classId: classId === '' ? null : classId,
            timetable,
          });
        }}
      >
        <TextField label="查找教师" type="search" value={text} onValue={setText} placeholder="姓名、拼音" />
        <SelectField
          label="教师"
          value={personId}
          onValue={setPersonId}
          none="请选择"
          required
          choices={(people.data?.rows ?? []).map(({ id, name, subjects: own }) => ({
            value: id,
            label: `${name}　${own.map((one) => subjectLabels[one]).join('、')}`,
          }))}
        />
        <SelectField
          label="年级"
          value={grade}
          onValue={(next) => {
            setGrade(next);
            setClassId('');
          }}
          none="请选择"
          required
          choices={grades.map((one) => ({ value: String(one), label: gradeLabels[one] ?? '' }))}
        />
        <SelectField
          label="班级"
          value={classId}
          onValue={setClassId}
          none="未分班"
          choices={(classes.data?.rows ?? [])
            .filter((one) => one.grade === Number(grade))
            .map(({ id, label }) => ({ value: id, label }))}
        />
        <SelectField
          label="学科"
          value={subject}
          onValue={setSubject}
          none="请选择"
          required
          choices={subjects.map((one) => ({ value: one, label: subjectLabels[one] }))}
        />
        <TextField
          label="课表（可不填）"
          value={places}
          onValue={setPlaces}
          placeholder="周一1 周三2、3"
          hint={
            timetable === null || timetable.length === 0
              ? '每天一段：周几加第几节，空格分开。填了才能在听课时自动认出这节课。'
              : timetable.map(({ weekday, slot }) => `${weekdayLabels[weekday]}第${slot}节`).join('、')
          }
          error={timetable === null ? '没有看懂，请写成“周一1 周三2、3”。' : undefined}
        />
        <Problem error={save.error} />
        <Button type="submit" variant="primary" busy={save.isPending} disabled={timetable === null}>
          登记
        </Button>
      </form>
    </Dialog>
  );
};
