import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock } from '#platform/dates.ts';
import { Bars } from '#web/ui/bars.tsx';
import { ButtonLink, linkTo } from '#web/ui/button.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { Ledger } from '../ledger/contract.ts';
import { remarkAdvice, remarkKinds, remarkLabels } from '../ledger/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { LedgerRemarkRow } from './parts/ledger-remark.tsx';
import { ShortfallForm } from './parts/ledger-shortfall.tsx';
import './classroom.css';

const idPattern = /^[0-9a-f-]{36}$/;

export const Page = (): ReactNode => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const asked = search['termId'];
  const termId = typeof asked === 'string' && idPattern.test(asked) ? asked : undefined;
  const query = useQuery(classroom.query.myLedger.queryOptions({ input: { termId } }));
  return (
    <Frame
      title="听课台账"
      lead="只有您自己看得到：听了哪些课、有没有记重记错、反馈和跟踪做得怎样。"
      actions={<ButtonLink to="/observations/mine">我的听课</ButtonLink>}
    >
      <Loaded query={query}>{(ledger) => <Content ledger={ledger} />}</Loaded>
    </Frame>
  );
};

const rowsOf = ({ term }: Ledger, filter: Record<string, string>): Record<string, string> => ({
  from: term.startsOn,
  to: term.endsOn,
  counted: 'true',
  ...filter,
});

const Content = ({ ledger }: { ledger: Ledger }): ReactNode => {
  const { feedback, followUps, remarks } = ledger;
  const explained = remarks.filter(({ explanations }) => explanations.length > 0).length;
  return (
    <>
      <div className="figures">
        <Figure
          label="本学期听课"
          value={ledger.lessons}
          unit="节"
          note={`${ledger.records} 份记录`}
          to="/observations/mine"
          search={rowsOf(ledger, {})}
        />
        <Figure
          label="反馈用时"
          value={feedback.medianDays ?? '—'}
          unit="天"
          note={`中位数；已反馈 ${feedback.fedBack} 份`}
        />
        <Figure
          label="还没有反馈"
          value={feedback.waiting}
          unit="份"
          to="/observations/mine"
          search={rowsOf(ledger, { state: 'finalised' })}
        />
        <Figure
          label="商定的改进"
          value={`${followUps.lookedAt}/${followUps.agreed}`}
          note={`已回头看；写明原因结束 ${followUps.ended} 项`}
          to="/observations/follow-ups"
        />
      </div>
      <Panel
        title="请您看一看"
        lead={
          remarks.length === 0
            ? undefined
            : `共 ${remarks.length} 处，已说明 ${explained} 处。都照常计入；可以更正，也可以写一句说明。`
        }
      >
        {remarks.length === 0 ? <Empty title="没有需要核对的地方。" /> : null}
        {remarkKinds.map((kind) => {
          const own = remarks.filter((remark) => remark.kind === kind);
          return own.length === 0 ? null : (
            <details key={kind}>
              <summary>
                {remarkLabels[kind]} {own.length} 处
              </summary>
              <p className="muted">{remarkAdvice[kind]}</p>
              <ul className="plain-list criteria">
                {own.map((remark) => (
                  <LedgerRemarkRow
                    key={`${remark.row.id} ${remark.other?.id ?? ''}`}
                    termId={ledger.term.id}
                    remark={remark}
                  />
                ))}
              </ul>
            </details>
          );
        })}
      </Panel>
      <Panel title="听课的分布" lead={ledger.term.name}>
        <Bars
          caption="每周听课节数"
          labelTitle="周次"
          valueTitle="节数"
          rows={ledger.weeks.map(({ week, from, to, lessons }) => ({
            label: `第${week}周`,
            value: lessons,
            opens: { to: '/observations/mine', search: rowsOf(ledger, { from, to }) },
          }))}
        />
        <div className="fields">
          <SpreadList
            title="年级"
            rows={ledger.grades.map(({ grade, lessons }) => ({
              label: gradeLabels[grade] ?? '',
              lessons,
              search: rowsOf(ledger, { grade: String(grade) }),
            }))}
          />
          <SpreadList
            title="学科"
            rows={ledger.subjects.map(({ subject, lessons }) => ({
              label: subjectLabels[subject],
              lessons,
              search: rowsOf(ledger, { subject }),
            }))}
          />
          <SpreadList
            title={`教师（${ledger.teachers.length} 位）`}
            rows={ledger.teachers.map(({ teacherId, teacherName, lessons }) => ({
              label: teacherName,
              lessons,
              search: teacherId === null ? null : rowsOf(ledger, { teacherId }),
            }))}
          />
        </div>
      </Panel>
      <ShortfallForm key={ledger.shortfall.length} termId={ledger.term.id} versions={ledger.shortfall} />
      <p className="muted small">截至 {chinaClock(new Date(ledger.asOf))}；姓名按拼音排列，不作比较。</p>
    </>
  );
};

interface SpreadListProps {
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    readonly lessons: number;
    readonly search: Record<string, string> | null;
  }[];
}

const SpreadList = ({ title, rows }: SpreadListProps): ReactNode => (
  <details>
    <summary>{title}</summary>
    <ul className="link-list">
      {rows.map(({ label, lessons, search }) => (
        <li key={label}>
          {search === null ? (
            `${label} ${lessons} 节`
          ) : (
            <Link {...linkTo('/observations/mine', search)}>
              {label} {lessons} 节
            </Link>
          )}
        </li>
      ))}
    </ul>
  </details>
);
