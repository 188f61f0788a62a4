import type { ReactNode } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge } from '#web/ui/page.tsx';
import {
  completenessOf,
  consistencyProblems,
  type Entry,
  type GoalLinks,
  isLinked,
  type Links,
} from '../../consistency/rules.ts';

/** Where `asked`, a goal has to have some: practice at home it may do without. */
const Entries = ({ entries, asked }: { entries: readonly Entry[]; asked: boolean }): ReactNode =>
  entries.length === 0 ? (
    asked ? (
      <Badge tone="warn">还没有</Badge>
    ) : (
      <span className="muted">—</span>
    )
  ) : (
    <ul className="link-cell">
      {entries.map(({ number, text }) => (
        <li key={number}>
          {number}. {text}
        </li>
      ))}
    </ul>
  );

/** Goals with what checks them, what leads to them and what practises them; then what is missing, as what to do. */
export const ConsistencyView = ({ links }: { links: Links }): ReactNode => {
  const { linked, goals } = completenessOf(links);
  const problems = consistencyProblems(links);
  const isHomeworkOnly = links.tasks === null && links.activities === null;
  const sides = [
    [links.tasks, '评价任务', (goal: GoalLinks) => goal.tasks, true],
    [links.activities, '学习活动', (goal: GoalLinks) => goal.activities, true],
    [links.homework, '作业', (goal: GoalLinks) => goal.homework, isHomeworkOnly],
  ] as const;
  return (
    <>
      <p>
        {goals === 0 ? null : (
          <>
            已对应好的目标 <strong>{linked}</strong> / {goals} 个。
          </>
        )}
        {problems.length === 0 ? '目标、任务、活动和作业都对应上了。' : null}
      </p>
      {problems.length === 0 ? null : (
        <ul className="problem-list">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {goals === 0 ? null : (
        <DataTable
          caption="目标与任务、活动、作业的对应"
          rows={links.goals}
          rowKey={({ number }) => String(number)}
          columns={[
            {
              title: '目标',
              lead: true,
              cell: (goal) => (
                <>
                  {isLinked(goal, links) ? '✓ ' : ''}
                  {goal.number}. {goal.text === '' ? '（未填写）' : goal.text}
                  {goal.competency === '' ? null : <small className="muted"> {goal.competency}</small>}
                </>
              ),
            },
            ...sides.flatMap(([side, title, entriesOf, asked]) =>
              side === null
                ? []
                : [
                    {
                      title,
                      cell: (goal: GoalLinks) => <Entries entries={entriesOf(goal)} asked={asked} />,
                    },
                  ],
            ),
          ]}
        />
      )}
    </>
  );
};
