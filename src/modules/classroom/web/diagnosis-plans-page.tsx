import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge, Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { ListedPlan } from '../diagnosis-plan/contract.ts';
import { planPostLabels } from '../diagnosis-plan/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import './classroom.css';

const idPattern = /^[0-9a-f-]{36}$/;

/** Whether each leader has a plan, and its numbers; the words of a plan only for the principal of the school. */
export const Page = (): ReactNode => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const id = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' && idPattern.test(value) ? value : undefined;
  };
  const query = useQuery(
    classroom.query.listDiagnosisPlans.queryOptions({
      input: { schoolId: id('schoolId'), termId: id('termId') },
    }),
  );
  return (
    <Frame
      title="各校课堂诊断计划"
      lead="校长、教学副校长、教务主任每学期各制订一份。这里只有有没有和节数，没有教师姓名。"
    >
      <Loaded query={query}>
        {({ rows, termName }) => (
          <>
            <div className="figures">
              <Figure label="应制订" value={rows.length} unit="份" note={termName} />
              <Figure
                label="已确定"
                value={rows.filter(({ state }) => state === 'confirmed').length}
                unit="份"
              />
            </div>
            <Panel>
              <DataTable
                caption="课堂诊断计划"
                rows={rows}
                rowKey={(row) => `${row.schoolId} ${row.post} ${row.personName} ${row.planId}`}
                empty={<Empty title="没有可以查看的计划。" />}
                columns={[
                  {
                    title: '学校',
                    lead: true,
                    cell: (row) => `${row.schoolName} ${planPostLabels[row.post]} ${row.personName}`,
                  },
                  { title: '计划', cell: (row) => <State row={row} /> },
                  { title: '计划节数', align: 'right', cell: (row) => row.planned ?? '—' },
                  { title: '到上周应听', align: 'right', cell: (row) => row.due ?? '—' },
                  { title: '已听', align: 'right', cell: (row) => row.done },
                ]}
              />
            </Panel>
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const State = ({ row }: { row: ListedPlan }): ReactNode => {
  if (row.state === null) return <Badge tone="warn">还没有</Badge>;
  if (row.state === 'draft') return <Badge>草稿</Badge>;
  return row.mayOpen ? (
    <Link to={`/diagnosis-plans/${row.planId}`} aria-label={`看${row.personName}的计划`}>
      已确定，查看
    </Link>
  ) : (
    <Badge tone="good">已确定</Badge>
  );
};
