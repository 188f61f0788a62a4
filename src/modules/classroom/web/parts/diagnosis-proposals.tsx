import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { addDays, chineseDate, weekdayLabels, weekdayOf } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { todayHere } from '#web/today.ts';
import { Segments } from '#web/ui/field.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { LessonStart, Proposal } from '../../diagnosis-plan/contract.ts';
import { classroom } from './api.ts';

/** Classes to look at this week or the next; one tap begins the record with everything filled in. */
export const DiagnosisProposals = ({ schoolId }: { schoolId: string }): ReactNode => {
  const [which, setWhich] = useState<'this' | 'next'>('this');
  const today = todayHere();
  const on = which === 'this' ? today : addDays(today, 7);
  const query = useQuery(classroom.query.proposeDiagnosisLessons.queryOptions({ input: { schoolId, on } }));
  return (
    <Panel
      title="推荐听课"
      lead="按课表推荐：有约定的改进待看的在前，其次是本学期还没有听过的教师，重点在前；代课、调课已算在内。"
    >
      <Segments
        label="哪一周"
        hideLabel
        value={which}
        onValue={setWhich}
        choices={[
          { value: 'this', label: '本周' },
          { value: 'next', label: '下周' },
        ]}
      />
      <Loaded query={query}>
        {({ planned, done, days }) => (
          <>
            <p className="muted">
              这一周计划 {planned} 节，已听 {done} 节。
            </p>
            {days.length === 0 ? <Empty title="这一周余下的日子没有课，或者还没有导入课表。" /> : null}
            {days.map(({ dayOn, note, proposals }) => (
              <section key={dayOn} className="stack">
                <h3>
                  {chineseDate(dayOn)} {weekdayLabels[weekdayOf(dayOn)]}
                  {note === null ? '' : `（${note}）`}
                </h3>
                <ul className="lesson-choice">
                  {proposals.map((proposal) => (
                    <li key={`${proposal.lesson.slotFrom} ${proposal.lesson.teacherId}`}>
                      <ProposalButton proposal={proposal} />
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </>
        )}
      </Loaded>
    </Panel>
  );
};

const ProposalButton = ({ proposal }: { proposal: Proposal }): ReactNode => {
  const navigate = useNavigate();
  const { lesson, seen, toLook, inFocus, insteadOf } = proposal;
  const begin = (start: LessonStart): void =>
    void navigate({ to: `/observations/${newId()}/edit`, search: { new: 1, lesson: start } });
  return (
    <button type="button" onClick={() => begin(lesson)}>
      <strong>
        第{lesson.slotFrom}节 {lesson.classLabel} {subjectLabels[lesson.subject]}
      </strong>
      <span>
        {lesson.teacherName} {inFocus ? <Badge tone="info">重点</Badge> : null}
        {toLook ? <Badge tone="warn">有约定的改进待看</Badge> : null}
        {insteadOf === null ? null : <small>代课或调课，原为{insteadOf}</small>}
        <small>{seen === 0 ? '本学期还没听过' : `本学期听过 ${seen} 次`}</small>
      </span>
    </button>
  );
};
