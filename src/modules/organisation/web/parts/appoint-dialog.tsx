import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, SelectField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { postsOf } from '../../appointments/rules.ts';
import type { Person } from '../../people/contract.ts';
import { postLabel } from '../../rules.ts';
import { bodyKindLabels, gradeLabels, grades, subjectLabels, subjects } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface AppointDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

const inSchool = 'school';

export const AppointDialog = ({ person, onClose }: AppointDialogProps): ReactNode => {
  const [place, setPlace] = useState<string>(inSchool);
  const [schoolId, setSchoolId] = useState(person.schoolId ?? '');
  const [post, setPost] = useState('');
  const [subject, setSubject] = useState('');
  const [grade, setGrade] = useState('');
  const [from, setFrom] = useState(todayHere());
  const bodies = useQuery(organisation.query.listBodies.queryOptions({ input: {} }));
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const save = useAction(organisation.client.appoint, { done: '已任命。', onDone: onClose });
  const body = bodies.data?.rows.find(({ id }) => id === place);
  const choices = postsOf[body?.kind ?? 'school'];
  const chosen = choices.find((one) => one === post);
  const needsSchool = body === undefined || body.kind === 'subject-group';
  const needsSubject = body === undefined && chosen === 'subject-lead';
  const needsGrade = body?.kind === 'subject-group' && chosen === 'member';
  return (
    <Dialog title={`增加${person.name}的任职`} onClose={onClose}>
      <form
        className="org-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen === undefined) return;
          save.mutate({
            personId: person.id,
            post: chosen,
            bodyId: body?.id ?? null,
            schoolId: needsSchool && schoolId !== '' ? schoolId : null,
            stage: null,
            subject: needsSubject ? (subjects.find((one) => one === subject) ?? null) : null,
            gradeFrom: needsGrade && grade !== '' ? Number(grade) : null,
            gradeTo: needsGrade && grade !== '' ? Number(grade) : null,
            activeFrom: from,
            activeTo: null,
          });
        }}
      >
        <SelectField
          label="在哪里任职"
          value={place}
          onValue={(next) => {
            setPlace(next);
            setPost('');
          }}
          choices={[
            { value: inSchool, label: '学校' },
            ...(bodies.data?.rows ?? []).map(({ id, kind, name }) => ({
              value: id,
              label: name === bodyKindLabels[kind] ? name : `${name}（${bodyKindLabels[kind]}）`,
            })),
          ]}
        />
        {needsSchool ? (
          <SelectField
            label={body === undefined ? '学校' : '代表的学校'}
            value={schoolId}
            onValue={setSchoolId}
            none="请选择"
            required
            choices={(schools.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        <SelectField
          label="职务"
          value={post}
          onValue={setPost}
          none="请选择"
          required
          choices={choices.map((one) => ({ value: one, label: postLabel(one, body?.kind ?? null) }))}
        />
        {needsSubject ? (
          <SelectField
            label="学科"
            value={subject}
            onValue={setSubject}
            none="请选择"
            required
            choices={subjects.map((one) => ({ value: one, label: subjectLabels[one] }))}
          />
        ) : null}
        {needsGrade ? (
          <SelectField
            label="年级"
            value={grade}
            onValue={setGrade}
            none="请选择"
            required
            choices={grades.map((one) => ({ value: String(one), label: gradeLabels[one] ?? '' }))}
          />
        ) : null}
        <DayField label="从哪天起" value={from} onValue={setFrom} required />
        <Problem error={save.error} />
        <Button type="submit" variant="primary" busy={save.isPending}>
          任命
        </Button>
      </form>
    </Dialog>
  );
};
