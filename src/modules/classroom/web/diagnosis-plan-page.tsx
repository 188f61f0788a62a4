import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Badge, Facts, Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { PlanPage } from '../diagnosis-plan/contract.ts';
import { sumOf } from '../diagnosis-plan/rules.ts';
import { planPostLabels, visitKindLabels } from '../diagnosis-plan/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import './classroom.css';
import { DiagnosisForm } from './parts/diagnosis-form.tsx';
import { DiagnosisProposals } from './parts/diagnosis-proposals.tsx';
import { DiagnosisWeeks } from './parts/diagnosis-weeks.tsx';

/** One's own plan, or with an id in the address that of a deputy. */
export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const planId = params['planId'];
  const own = useQuery({
    ...classroom.query.getDiagnosisPlan.queryOptions({ input: {} }),
    enabled: planId === undefined,
  });
  const other = useQuery({
    ...classroom.query.openDiagnosisPlan.queryOptions({ input: { planId: planId ?? '' } }),
    enabled: planId !== undefined,
  });
  const query = planId === undefined ? own : other;
  return (
    <Frame
      title="课堂诊断计划"
      lead="学期初定下要诊断的问题和每周听课的节数；每周按课表推荐还没有听过的班，点一下就开始听课。"
      width="narrow"
      {...(planId === undefined ? {} : { back: { to: '/diagnosis-plans', label: '各校课堂诊断计划' } })}
      actions={<ButtonLink to="/diagnosis-plans">计划一览</ButtonLink>}
    >
      <Loaded query={query}>{(page) => <Body key={page.plan?.id ?? 'new'} page={page} />}</Loaded>
    </Frame>
  );
};

const Body = ({ page }: { page: PlanPage }): ReactNode => {
  const me = useMe();
  const { plan } = page;
  const [editing, setEditing] = useState(false);
  const confirmed = plan?.state === 'confirmed';
  if (page.may.edit && (!confirmed || editing))
    return (
      <>
        {confirmed ? null : (
          <p className="notice">
            {plan === null ? '本学期的计划还没有制订。' : '计划还是草稿，确定以后才算制订。'}
          </p>
        )}
        <DiagnosisForm page={page} deviceKey={me.accountId} onDone={() => setEditing(false)} />
      </>
    );
  if (plan === null) return <Empty title="还没有制订计划。" />;
  const done = page.weeks.reduce((sum, week) => sum + week.done, 0);
  return (
    <>
      <div className="figures">
        <Figure label="计划听课" value={sumOf(plan.content.weeks)} unit="节" />
        <Figure
          label="已听"
          value={done}
          unit="节"
          {...(page.may.edit
            ? {
                to: '/observations/mine',
                search: { from: page.weeks[0]?.from ?? '', to: page.weeks.at(-1)?.to ?? '', counted: 'true' },
              }
            : {})}
        />
        {page.target === null ? null : <Figure label="学期目标" value={page.target} unit="节" />}
      </div>
      {page.may.edit ? <DiagnosisProposals schoolId={page.school.id} /> : null}
      <Words page={page} onEdit={page.may.edit ? () => setEditing(true) : undefined} />
      <Panel title="按周看计划和完成">
        <DiagnosisWeeks page={page} weeks={plan.content.weeks} linked={page.may.edit} />
      </Panel>
    </>
  );
};

const Words = ({ page, onEdit }: { page: PlanPage; onEdit: (() => void) | undefined }): ReactNode => {
  const content = page.plan?.content;
  if (content === undefined) return null;
  const names = new Map(page.staff.map(({ id, name }) => [id, name]));
  const list = (words: readonly (string | undefined)[]): string =>
    words.flatMap((word) => (word === undefined ? [] : [word])).join('、') || '—';
  return (
    <Panel
      title={`${page.school.name} ${planPostLabels[page.post]} ${page.person.name}`}
      lead={page.term.name}
      actions={onEdit === undefined ? undefined : <Button onClick={onEdit}>调整计划</Button>}
    >
      <Facts
        items={[
          ['要诊断的问题', content.problem],
          ['重点年级', list(content.grades.map((grade) => gradeLabels[grade]))],
          ['重点学科', list(content.subjects.map((subject) => subjectLabels[subject]))],
          ['重点教师', list(content.teacherIds.map((id) => names.get(id)))],
          ['听课方式', list(content.kinds.map((kind) => visitKindLabels[kind]))],
          ['交流结果', content.talkOn],
          ['上学期没有解决的', content.openPoints || '—'],
        ]}
      />
      <ul className="plain-rows">
        {page.plan?.versions.map(({ number, reason, madeAt }) => (
          <li key={number}>
            <span>
              <Badge>第 {number} 版</Badge> {reason}
            </span>
            <span className="muted">{chineseDate(chinaDay(new Date(madeAt)))}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
