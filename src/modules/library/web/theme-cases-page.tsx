import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { ButtonLink } from '#web/ui/button.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { shareOfHours } from '../theme-case/rules.ts';
import { writesSomething } from './nav.tsx';
import { library } from './parts/api.ts';

type Cases = Awaited<ReturnType<typeof library.client.getThemeCases>>;

export const Page = (): ReactNode => {
  const me = useMe();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const schoolId = typeof search['school'] === 'string' ? search['school'] : undefined;
  const query = useQuery(
    library.query.getThemeCases.queryOptions({ input: schoolId === undefined ? {} : { schoolId } }),
  );
  return (
    <Frame
      title="跨学科主题学习课例"
      lead={`${
        query.data === undefined
          ? ''
          : `每学科每学期 ${query.data.wanted.from}—${query.data.wanted.to} 个课例，`
      }按主导学科计；主题学习不少于本学科课时的十分之一。`}
      back={{ to: '/library', label: '研训资源库' }}
      actions={
        writesSomething(me) ? (
          <ButtonLink to="/library/new" search={{ kind: 'theme-case' }} variant="primary">
            写一个课例
          </ButtonLink>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {(found) => (
          <>
            {found.school === null ? null : <School found={found} />}
            {found.schools.length < 2 ? null : <Schools found={found} />}
            <p className="muted small">
              {found.term}；截至 {chinaClock(new Date(found.asOf))}
            </p>
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const School = ({ found: { school, subjects, wanted } }: { found: Cases }): ReactNode => (
  <Panel title={school?.name ?? ''}>
    {subjects.length === 0 ? (
      <Empty title="这个学期还没有通过审核的课例。">
        <p>写好以后送本校校长、教学副校长、教务主任或学科长审核，通过就算一个。</p>
      </Empty>
    ) : (
      subjects.map(({ subject, cases, grades }) => (
        <section key={subject} className="stack">
          <h3 className="row">
            {subjectLabels[subject]}
            <Badge tone={cases.length >= wanted.from ? 'good' : 'neutral'}>
              {cases.length} 个（应有 {wanted.from}—{wanted.to} 个）
            </Badge>
          </h3>
          <ul className="link-list">
            {cases.map(({ id, title, grade, hours }) => (
              <li key={id}>
                <Link to="/library/items/$itemId" params={{ itemId: id }}>
                  <span>{title}</span>
                  <small>
                    {gradeLabels[grade]} · {hours} 课时
                  </small>
                </Link>
              </li>
            ))}
          </ul>
          <p className="muted small">
            {grades.map(({ grade, hours, planned }) => {
              const share = shareOfHours(hours, planned);
              return (
                <span key={grade}>
                  {gradeLabels[grade]}：主题学习 {hours} 课时
                  {share === null
                    ? '（课表未导入，算不出占比）'
                    : `，占本学期 ${planned} 课时的 ${Math.round(share * 100)}%（应不少于 10%）`}
                  。
                </span>
              );
            })}
          </p>
        </section>
      ))
    )}
  </Panel>
);

const Schools = ({ found: { schools } }: { found: Cases }): ReactNode => (
  <Panel title="各校">
    <ul className="link-list">
      {schools.map(({ id, name, cases }) => (
        <li key={id}>
          <Link to="/library/theme-cases" search={{ school: id }}>
            <span>{name}</span>
            <small>{cases} 个</small>
          </Link>
        </li>
      ))}
    </ul>
  </Panel>
);
