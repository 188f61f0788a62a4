import type { ReactNode } from 'react';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { CheckField, choicesOf, DayField, Segments, SelectField, TextField } from '#web/ui/field.tsx';
import type { ObservationContent, Start } from '../../contract.ts';
import { lessonsOf } from '../../rules.ts';
import {
  capacityLabels,
  modeLabels,
  modes,
  mostSlots,
  occasionLabels,
  occasions,
} from '../../vocabulary/contract.ts';
import { useSchoolPeople } from './pocket-here.ts';
import { SlotField } from './slot-field.tsx';

interface LessonDetailsProps {
  readonly start: Start | undefined;
  readonly content: ObservationContent;
  readonly set: (changes: Partial<ObservationContent>) => void;
}

const typedIn = '__typed__';

/** Everything that was proposed, correctable: another day, slot, school, class, a substitute. */
export const LessonDetails = ({ start, content, set }: LessonDetailsProps): ReactNode => {
  const { schoolId, dayOn, slotFrom, slotTo } = content;
  const { classes, teachers } = useSchoolPeople(schoolId, dayOn);
  const lessons = slotFrom === null || slotTo === null ? 1 : lessonsOf(slotFrom, slotTo);
  const setSlots = (from: number | null, count: number): void =>
    set({ slotFrom: from, slotTo: from === null ? null : Math.min(mostSlots, from + count - 1) });
  const chooseClass = (id: string): void => {
    const chosen = classes.find((one) => one.id === id);
    set(
      chosen === undefined
        ? { classId: null, classLabel: '' }
        : { classId: chosen.id, classLabel: chosen.label, grade: chosen.grade },
    );
  };
  const chooseTeacher = (id: string): void => {
    const chosen = teachers.find((one) => one.id === id);
    set({ teacherId: chosen?.id ?? null, teacherName: chosen?.name ?? '' });
  };
  const isTyped = content.teacherId === null;
  return (
    <div className="stack">
      <div className="fields">
        <DayField label="日期" value={dayOn} onValue={(value) => value !== '' && set({ dayOn: value })} />
        <SlotField start={start} value={slotFrom} onValue={(slot) => setSlots(slot, lessons)} />
        <SelectField
          label="连听"
          value={String(lessons)}
          choices={[1, 2, 3, 4].map((count) => ({ value: String(count), label: `${count} 节` }))}
          onValue={(value) => setSlots(slotFrom, Number(value))}
        />
        <SelectField
          label="学校"
          value={schoolId ?? ''}
          none="请选择"
          choices={(start?.schools ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onValue={(value) =>
            set({
              schoolId: value === '' ? null : value,
              classId: null,
              classLabel: '',
              teacherId: null,
              teacherName: '',
            })
          }
        />
        <SelectField
          label="班级"
          value={content.classId ?? ''}
          none={classes.length === 0 ? '没有班级名单，请在下面填写' : '请选择'}
          choices={classes.map(({ id, label }) => ({ value: id, label }))}
          onValue={chooseClass}
        />
        {content.classId === null ? (
          <TextField
            label="班级（手填）"
            value={content.classLabel}
            maxLength={40}
            onValue={(classLabel) => set({ classLabel })}
          />
        ) : null}
        <SelectField
          label="年级"
          value={content.grade === null ? '' : String(content.grade)}
          none="请选择"
          choices={grades.map((grade) => ({ value: String(grade), label: gradeLabels[grade] ?? '' }))}
          onValue={(value) => set({ grade: grades.find((grade) => String(grade) === value) ?? null })}
        />
        <SelectField
          label="学科"
          value={content.subject ?? ''}
          none="请选择"
          choices={choicesOf(subjects, subjectLabels)}
          onValue={(value) => set({ subject: subjects.find((one) => one === value) ?? null })}
        />
        <SelectField
          label="授课教师"
          value={content.teacherId ?? typedIn}
          choices={[
            { value: typedIn, label: '名单中没有（代课），请在下面填写' },
            ...teachers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValue={chooseTeacher}
        />
        {isTyped ? (
          <TextField
            label="代课教师姓名"
            value={content.teacherName}
            maxLength={40}
            onValue={(teacherName) => set({ teacherName })}
          />
        ) : null}
        <SelectField
          label="听课性质"
          value={content.occasion}
          choices={choicesOf(occasions, occasionLabels)}
          onValue={(value) => set({ occasion: occasions.find((one) => one === value) ?? 'ordinary' })}
        />
        {(start?.capacities.length ?? 0) > 1 ? (
          <SelectField
            label="听课身份"
            value={content.capacity}
            choices={choicesOf(start?.capacities ?? [], capacityLabels)}
            onValue={(value) =>
              set({ capacity: start?.capacities.find((one) => one === value) ?? content.capacity })
            }
          />
        ) : null}
      </div>
      <Segments
        label="听课方式"
        value={content.mode}
        choices={choicesOf(modes, modeLabels)}
        onValue={(mode) => set({ mode })}
      />
      {content.mode === 'video' && start?.settings.videoCounts === false ? (
        <p className="notice">录像课可以记录和反馈；按区里现在的规定不计入听课节数。</p>
      ) : null}
      <CheckField
        label="已提前告知老师（不是推门课）"
        checked={content.announced}
        onValue={(announced) => set({ announced })}
      />
    </div>
  );
};
