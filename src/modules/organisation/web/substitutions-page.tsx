import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { addDays, chineseDate, weekdayLabels } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { DayField, SelectField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Loading, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { subjectLabels } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import { useKeptSchools } from './parts/kept-schools.ts';
import './organisation.css';
import { type DayLessons, SubstituteDialog } from './parts/substitute-dialog.tsx';

export const Page = (): ReactNode => {
  const schools = useKeptSchools();
  const [chosenSchool, setChosenSchool] = useState('');
  const [dayOn, setDayOn] = useState(todayHere());
  const [first] = schools;
  const schoolId = chosenSchool === '' ? (first?.id ?? '') : chosenSchool;
  return (
    <Frame
      title="代课和调课"
      lead="登记某一天谁代谁的课、哪两节对调；听课时看到的就是当天实际上课的人。"
      width="narrow"
    >
      {schoolId === '' ? (
        <Loading />
      ) : (
        <>
          <Panel>
            <div className="filters">
              {schools.length < 2 ? null : (
                <SelectField
                  label="学校"
                  value={schoolId}
                  onValue={setChosenSchool}
                  choices={schools.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
              <DayField label="日期" value={dayOn} onValue={setDayOn} required />
            </div>
            {dayOn === '' ? null : <ClassDay key={schoolId} schoolId={schoolId} dayOn={dayOn} />}
          </Panel>
          <Entered schoolId={schoolId} />
        </>
      )}
    </Frame>
  );
};

const ClassDay = ({ schoolId, dayOn }: { schoolId: string; dayOn: string }): ReactNode => {
  const [chosenClass, setChosenClass] = useState('');
  const [changing, setChanging] = useState<number | null>(null);
  const classes = useQuery(organisation.query.listClasses.queryOptions({ input: { schoolId, on: dayOn } }));
  const classId = chosenClass === '' ? (classes.data?.rows[0]?.id ?? '') : chosenClass;
  const lessons = useQuery({
    ...organisation.query.listDayLessons.queryOptions({ input: { schoolId, classId, dayOn } }),
    enabled: classId !== '',
  });
  const withdraw = useAction(organisation.client.withdrawSubstitution, { done: '已撤销，恢复原来的课。' });
  if (classes.data?.rows.length === 0) return <Empty title="还没有登记班级，请先导入课表或登记班级。" />;
  return (
    <>
      <SelectField
        label="班级"
        value={classId}
        onValue={setChosenClass}
        choices={(classes.data?.rows ?? []).map(({ id, label }) => ({ value: id, label }))}
      />
      <Problem error={withdraw.error} />
      {classId === '' ? null : (
        <Loaded query={lessons}>
          {(day) => (
            <>
              <DayNote day={day} dayOn={dayOn} />
              <ul className="plain-rows">
                {day.lessons.map((lesson) => (
                  <li key={`${lesson.slot} ${lesson.teacherId}`}>
                    <span>
                      第{lesson.slot}节 {subjectLabels[lesson.subject]} {lesson.teacherName}{' '}
                      {lesson.substitutionId === null ? null : (
                        <Badge tone="info">
                          {lesson.insteadOf === null
                            ? '临时安排'
                            : `原为${subjectLabels[lesson.insteadOf.subject]} ${lesson.insteadOf.teacherName}`}
                        </Badge>
                      )}
                    </span>
                    {lesson.substitutionId === null ? (
                      <Button aria-label={`改第${lesson.slot}节`} onClick={() => setChanging(lesson.slot)}>
                        代课或调课
                      </Button>
                    ) : (
                      <Button
                        aria-label={`撤销第${lesson.slot}节`}
                        busy={withdraw.isPending}
                        onClick={() =>
                          withdraw.mutate({ schoolId, substitutionId: lesson.substitutionId ?? '' })
                        }
                      >
                        撤销
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
              {changing === null ? null : (
                <SubstituteDialog
                  place={{ schoolId, classId, dayOn, slot: changing }}
                  day={day}
                  onClose={() => setChanging(null)}
                />
              )}
            </>
          )}
        </Loaded>
      )}
    </>
  );
};

const DayNote = ({ day, dayOn }: { day: DayLessons; dayOn: string }): ReactNode => (
  <>
    {day.note === null ? null : <p className="notice">{day.note}</p>}
    {day.isTeachingDay ? (
      <p className="muted">
        {chineseDate(dayOn)}，上{weekdayLabels[day.weekday ?? 0]}的课
      </p>
    ) : (
      <Empty title="这一天不上课，请另选日期。" />
    )}
    {day.isTeachingDay && day.lessons.length === 0 ? (
      <Empty title="课表里这一天没有这个班的课。">
        <p>请先在“课表导入”里导入本校课表。</p>
      </Empty>
    ) : null}
  </>
);

const Entered = ({ schoolId }: { schoolId: string }): ReactNode => {
  const query = useQuery(
    organisation.query.listSubstitutions.queryOptions({
      input: { schoolId, from: addDays(todayHere(), -30) },
    }),
  );
  return (
    <Panel title="近一个月和以后的代课、调课">
      <Loaded query={query}>
        {({ rows }) => (
          <DataTable
            caption="代课和调课"
            rows={rows}
            rowKey={({ id }) => id}
            empty={<Empty title="没有登记代课和调课。" />}
            columns={[
              {
                title: '日期',
                lead: true,
                cell: (row) => `${chineseDate(row.dayOn)} 第${row.slot}节`,
              },
              { title: '班级', cell: (row) => row.classLabel },
              { title: '上课', cell: (row) => `${subjectLabels[row.subject]} ${row.teacherName}` },
              { title: '类别', cell: (row) => (row.exchanged ? '调课' : '代课') },
              { title: '原因', cell: (row) => row.reason || '—' },
              { title: '登记', cell: (row) => row.enteredBy },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
};
