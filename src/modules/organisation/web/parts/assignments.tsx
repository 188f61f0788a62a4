import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { weekdayLabels } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { stageOfGrade } from '../../coverage/rules.ts';
import type { Assignment } from '../../teaching/contract.ts';
import { gradeLabels, grades, type Stage, subjectLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { ClassDialog } from './class-dialog.tsx';

interface AssignmentsProps {
  readonly schoolId: string;
  readonly stages: readonly Stage[];
}

/** Who teaches what this term; kept by the school's leaders. */
export const Assignments = ({ schoolId, stages }: AssignmentsProps): ReactNode => {
  const terms = useQuery(organisation.query.listTerms.queryOptions({ input: {} }));
  const [chosenTerm, setChosenTerm] = useState('');
  const [chosenGrade, setChosenGrade] = useState<string | null>(null);
  const [adding, setAdding] = useState<'class' | 'teaching' | null>(null);
  const current =
    terms.data?.rows.find(({ startsOn }) => startsOn <= (terms.data?.asOf ?? '')) ?? terms.data?.rows[0];
  const termId = chosenTerm === '' ? (current?.id ?? '') : chosenTerm;
  const list = useQuery({
    ...organisation.query.listAssignments.queryOptions({ input: { schoolId, termId } }),
    enabled: termId !== '',
  });
  const taught = new Set(list.data?.rows.map((row) => row.grade));
  // One grade at a time, the first of which there is anything to see.
  const grade = chosenGrade ?? String(grades.find((one) => taught.has(one)) ?? '');
  const end = useAction(organisation.client.endTeaching, { done: '已取消。' });
  return (
    <Panel
      title="任教"
      actions={
        list.data?.may.edit === true ? (
          <>
            <Button onClick={() => setAdding('class')}>登记班级</Button>
            <Button onClick={() => setAdding('teaching')}>登记任教</Button>
          </>
        ) : undefined
      }
    >
      <div className="filters">
        <SelectField
          label="学期"
          value={termId}
          onValue={setChosenTerm}
          choices={(terms.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          label="年级"
          value={grade}
          onValue={setChosenGrade}
          none="全部年级"
          choices={grades
            .filter((one) => stages.includes(stageOfGrade(one)) || taught.has(one))
            .map((one) => ({ value: String(one), label: gradeLabels[one] ?? '' }))}
        />
      </div>
      <Problem error={end.error} />
      <Loaded query={list}>
        {({ rows, may }) => (
          <DataTable
            caption="任教"
            rows={rows.filter((row) => grade === '' || row.grade === Number(grade))}
            rowKey={({ id }) => id}
            empty={
              <Empty title="没有登记任教。">
                <p>由本校校长、教学副校长或教务主任登记，或随教师名单导入。</p>
              </Empty>
            }
            columns={[
              {
                title: '班级',
                lead: true,
                cell: (row) => row.classLabel ?? `${gradeLabels[row.grade]}（未分班）`,
              },
              { title: '学科', cell: (row) => subjectLabels[row.subject] },
              {
                title: '教师',
                cell: (row) => <Link to={`/people/${row.personId}`}>{row.personName}</Link>,
              },
              { title: '课表', cell: timetableText },
              ...(may.edit
                ? [
                    {
                      title: '操作',
                      cell: (row: Assignment) => (
                        <Button
                          size="small"
                          variant="quiet"
                          aria-label={`取消${row.personName}的${row.classLabel ?? ''}${subjectLabels[row.subject]}`}
                          busy={end.isPending && end.variables.assignmentId === row.id}
                          onClick={() => end.mutate({ assignmentId: row.id })}
                        >
                          取消
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      {adding === 'teaching' ? (
        <AssignDialog schoolId={schoolId} termId={termId} onClose={() => setAdding(null)} />
      ) : null}
      {adding === 'class' ? (
        <ClassDialog schoolId={schoolId} stages={stages} onClose={() => setAdding(null)} />
      ) : null}
    </Panel>
  );
};

const timetableText = ({ timetable }: Assignment): string =>
  timetable.length === 0
    ? '—'
    : [...new Set(timetable.map(({ weekday }) => weekday))]
        .map(
          (weekday) =>
            `${weekdayLabels[weekday]}${timetable
              .filter((one) => one.weekday === weekday)
              .map(({ slot }) => slot)
              .join('、')}`,
        )
        .join('；');
