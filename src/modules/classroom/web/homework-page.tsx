import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isInLeadingGroup, schoolsLedBy } from '#modules/organisation/rules.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, DayField, Segments, SelectField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { homeworkKindLabels, homeworkKinds } from '../homework-check/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { HomeworkForm } from './parts/homework-form.tsx';
import { useAddress } from './parts/use-address.ts';
import './classroom.css';
import './checks.css';

export const Page = (): ReactNode => {
  const me = useMe();
  const { id, day, text, set } = useAddress();
  const kind = homeworkKinds.find((one) => one === text('kind'));
  const query = useQuery(
    classroom.query.openHomework.queryOptions({
      input: { schoolId: id('schoolId'), classId: id('classId'), dayOn: day('day'), kind },
    }),
  );
  const seesAll = isInLeadingGroup(me) || schoolsLedBy(me).length > 0;
  return (
    <Frame
      title="作业公示"
      lead="一个班一天，各科书面作业的分钟数。看的是各科合计。"
      width="narrow"
      actions={seesAll ? <ButtonLink to="/homework/term">本学期情况</ButtonLink> : undefined}
    >
      <Loaded query={query}>
        {(open) => {
          const chosen = open.classes.find(({ id: classId }) => classId === open.classId);
          return (
            <>
              <Panel>
                {open.kinds.length > 1 ? (
                  <Segments
                    label="登记什么"
                    value={open.kind}
                    choices={choicesOf(open.kinds, homeworkKindLabels)}
                    onValue={(value) => set({ kind: value })}
                  />
                ) : null}
                <div className="fields">
                  {open.schools.length > 1 ? (
                    <SelectField
                      label="学校"
                      value={open.school?.id ?? ''}
                      none="请选择"
                      choices={open.schools.map((one) => ({ value: one.id, label: one.name }))}
                      onValue={(schoolId) => set({ schoolId, classId: '' })}
                    />
                  ) : null}
                  <SelectField
                    label="班级"
                    value={open.classId ?? ''}
                    none="请选择"
                    choices={open.classes.map((one) => ({ value: one.id, label: one.label }))}
                    onValue={(classId) =>
                      set({ classId, ...(open.school === null ? {} : { schoolId: open.school.id }) })
                    }
                  />
                  <DayField
                    label="日期"
                    value={open.dayOn}
                    max={open.today}
                    onValue={(value) => set({ day: value })}
                  />
                </div>
              </Panel>
              {chosen === undefined ? (
                <Empty title={open.classes.length === 0 ? '这里没有可以登记的班级。' : '请选择班级。'}>
                  <p>
                    {open.classes.length === 0
                      ? '本学期任课的老师登记自己任教的班，校长、教学副校长、教务主任登记本校各班，教研员可以抽查。'
                      : '选好班级和日期，再填各科分钟数。'}
                  </p>
                </Empty>
              ) : (
                <Panel
                  title={`${chosen.label} ${chineseDate(open.dayOn)}`}
                  lead={
                    open.kept === null
                      ? open.kind === 'spot'
                        ? '记下看到的实际情况。'
                        : '还没有登记。'
                      : `${open.kept.savedByName} ${chineseDate(chinaDay(new Date(open.kept.savedAt)))}${chinaClock(new Date(open.kept.savedAt))}登记，第 ${open.kept.version} 次。`
                  }
                >
                  <HomeworkForm
                    key={`${open.kind} ${chosen.id} ${open.dayOn}`}
                    classId={chosen.id}
                    dayOn={open.dayOn}
                    kind={open.kind}
                    grade={chosen.grade}
                    limit={open.limit}
                    taught={open.subjects}
                    kept={open.kept}
                  />
                  {open.limit === null ? null : <p className="muted small">依据：{open.limit.ground}。</p>}
                </Panel>
              )}
            </>
          );
        }}
      </Loaded>
    </Frame>
  );
};
