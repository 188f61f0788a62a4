import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Button, linkTo } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { schoolYearName, yuanText } from '../budget/rules.ts';
import { budgetPurposeLabels } from '../budget/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { BudgetEntries } from './parts/budget-entries.tsx';
import { NewEntry, PlanDialog } from './parts/budget-forms.tsx';
import { useAddress } from './parts/use-address.ts';
import './checks.css';

const yuan = (fen: number | null): string => (fen === null ? '未登记' : `${yuanText(fen)} 元`);

export const Page = (): ReactNode => {
  const { id, number, set } = useAddress();
  const schoolId = id('schoolId');
  const query = useQuery(
    classroom.query.getBudget.queryOptions({ input: { schoolId, schoolYear: number('schoolYear') } }),
  );
  const [planning, setPlanning] = useState(false);
  const data = query.data;
  return (
    <Frame
      title={data?.school == null ? '研训经费' : `${data.school.name} · 研训经费`}
      lead="师资培训、教研经费：本学年预算和支出。只作保障情况的佐证，不作比较。"
      {...(schoolId !== undefined && data?.may.edit === false
        ? { back: { to: '/training-budget', label: '研训经费' } }
        : {})}
    >
      <Loaded query={query}>
        {({
          schoolYear,
          schoolYears,
          school,
          plannedFen,
          planVersion,
          spentFen,
          purposes,
          schools,
          may,
          asOf,
        }) => (
          <>
            <div className="filters">
              <SelectField
                label="学年"
                value={String(schoolYear)}
                choices={schoolYears.map((year) => ({ value: String(year), label: schoolYearName(year) }))}
                onValue={(value) => set({ schoolYear: value })}
              />
            </div>
            <div className="figures">
              {school === null ? null : (
                <Figure label="预算" value={plannedFen === null ? '—' : yuanText(plannedFen)} unit="元" />
              )}
              <Figure
                label="已支出"
                value={yuanText(spentFen)}
                unit="元"
                {...(plannedFen === null || plannedFen === 0
                  ? {}
                  : { note: `占预算 ${Math.round((100 * spentFen) / plannedFen)}%` })}
              />
            </div>
            {school !== null && may.edit ? (
              <div className="row">
                <Button onClick={() => setPlanning(true)}>
                  {plannedFen === null ? '登记预算' : '调整预算'}
                </Button>
              </div>
            ) : null}
            {school !== null && may.edit ? (
              <NewEntry key={schoolYear} schoolId={school.id} schoolYear={schoolYear} />
            ) : null}
            <Panel title="按用途">
              <DataTable
                caption="按用途的支出"
                rows={purposes}
                rowKey={({ purpose }) => purpose}
                columns={[
                  { title: '用途', lead: true, cell: ({ purpose }) => budgetPurposeLabels[purpose] },
                  { title: '笔数', align: 'right', cell: (one) => one.entries },
                  { title: '金额', align: 'right', cell: (one) => `${yuanText(one.spentFen)} 元` },
                ]}
              />
            </Panel>
            {school !== null && may.edit ? (
              <Panel title="支出明细" lead="区级只看合计，看不到明细。">
                <BudgetEntries schoolId={school.id} schoolYear={schoolYear} />
              </Panel>
            ) : null}
            {schools.length === 0 ? null : (
              <Panel title="各校" lead="按全区常用的学校顺序排列，不作比较。">
                <DataTable
                  phone="scroll"
                  caption="各校的预算和支出，按全区常用的学校顺序"
                  rows={schools}
                  rowKey={(row) => row.schoolId}
                  columns={[
                    {
                      title: '学校',
                      lead: true,
                      cell: (row) => (
                        <Link
                          {...linkTo('/training-budget', {
                            schoolId: row.schoolId,
                            schoolYear: String(schoolYear),
                          })}
                        >
                          {row.schoolName}
                        </Link>
                      ),
                    },
                    { title: '预算', align: 'right', cell: (row) => yuan(row.plannedFen) },
                    { title: '已支出', align: 'right', cell: (row) => yuan(row.spentFen) },
                  ]}
                />
              </Panel>
            )}
            <p className="muted small">
              截至{chineseDate(chinaDay(new Date(asOf)))}
              {chinaClock(new Date(asOf))}，不含已撤销的支出。
            </p>
            {planning && school !== null ? (
              <PlanDialog
                schoolId={school.id}
                schoolYear={schoolYear}
                version={planVersion}
                plannedFen={plannedFen}
                onClose={() => setPlanning(false)}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </Frame>
  );
};
