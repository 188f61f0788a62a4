import type { InferContractRouterOutputs } from '@orpc/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import {
  type Stage,
  stageLabels,
  subjectLabels,
  subjects,
} from '#modules/organisation/vocabulary/contract.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { competencyContract } from '../competency/contract.ts';
import { withoutList } from '../competency/rules.ts';
import { library } from './parts/api.ts';
import { CompetencyDialog } from './parts/competency-dialog.tsx';
import { useAddress } from './parts/use-address.ts';
import './library.css';

type Listed = InferContractRouterOutputs<typeof competencyContract>['listCompetencies'];
type Standard = Listed['standards'][number];

export const Page = (): ReactNode => {
  const me = useMe();
  const { said, go } = useAddress();
  // What one teaches oneself comes first; the others are a choice away.
  const taught = me.appointments.find((post) => post.subject !== null)?.subject ?? '';
  const subject =
    said('subject') === 'all' ? '' : (subjects.find((one) => one === said('subject')) ?? taught);
  const [adding, setAdding] = useState(false);
  const query = useQuery(library.query.listCompetencies.queryOptions({ input: {} }));
  const shown = subjects.filter((one) => subject === '' || one === subject);
  return (
    <Frame
      title="核心素养"
      lead="各学科课程标准的核心素养。单元目标从这里选；课标修订后登记新的版本，旧的保留。"
      actions={
        (query.data?.mayAddFor.length ?? 0) === 0 ? undefined : (
          <Button onClick={() => setAdding(true)}>登记新的版本</Button>
        )
      }
    >
      <div className="filters">
        <SelectField
          label="学科"
          value={subject}
          onValue={(next) => go({ subject: next === '' ? 'all' : next })}
          none="全部学科"
          choices={subjects.map((one) => ({ value: one, label: subjectLabels[one] }))}
        />
      </div>
      <Loaded query={query}>
        {({ standards, mayAddFor }) => (
          <>
            {shown.map((one) => {
              const own = standards.filter((standard) => standard.subject === one);
              return own.length === 0 ? (
                <Panel key={one} title={subjectLabels[one]}>
                  <p className="muted">{withoutList[one] ?? '还没有登记核心素养。'}</p>
                </Panel>
              ) : (
                own.map((standard, index) => (
                  <StandardPanel key={standard.id} standard={standard} current={index === 0} />
                ))
              );
            })}
            {adding ? (
              <CompetencyDialog
                standards={standards}
                mayAddFor={mayAddFor}
                onClose={() => setAdding(false)}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const StandardPanel = ({ standard, current }: { standard: Standard; current: boolean }): ReactNode => (
  <Panel
    title={`${subjectLabels[standard.subject]}（${standard.year}年版）`}
    lead={standard.title}
    actions={current ? undefined : <Badge>旧版</Badge>}
  >
    <Names list={standard.competencies} />
    {(['primary', 'junior'] as const satisfies readonly Stage[]).map((stage) => {
      const list = standard.manifestations.filter((one) => one.stage === stage);
      return list.length === 0 ? null : (
        <div key={stage} className="tree-grade">
          <h3>
            {stageLabels[stage]}的表现（{list.length}）
          </h3>
          <Names list={list} />
        </div>
      );
    })}
  </Panel>
);

const Names = ({ list }: { list: Standard['competencies'] }): ReactNode => (
  <ul className="competency-list">
    {list.map(({ id, name, aliases }) => (
      <li key={id}>
        {name}
        {aliases.length === 0 ? null : <span className="muted small">（{aliases.join('、')}）</span>}
      </li>
    ))}
  </ul>
);
