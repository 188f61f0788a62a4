import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { library } from './parts/api.ts';
import { chosenTerm, termKey } from './parts/chosen-term.ts';

/** 各学科完成情况: by the order of the subjects, so that nothing reads as a ranking. */
export const Page = (): ReactNode => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const query = useQuery(
    library.query.listGridCompleteness.queryOptions({ input: chosenTerm(search['term']) }),
  );
  return (
    <Frame
      title="各学科完成情况"
      lead="九项教学体系已发布多少格；按学科和年级的次序列出，不排名。"
      back={{ to: '/library/grid', label: '单元网格' }}
    >
      <Loaded query={query}>
        {({ rows, terms, ...shown }) => (
          <Panel>
            <div className="filters">
              <SelectField
                label="学期"
                value={termKey(shown)}
                choices={terms.map((one) => ({ value: termKey(one), label: one.name }))}
                onValue={(next) => void navigate({ to: '/library/grid/subjects', search: { term: next } })}
              />
            </div>
            <ReuseShare />
            <DataTable
              caption="各学科各年级完成情况"
              rows={rows}
              rowKey={({ subject, grade }) => `${subject} ${grade}`}
              empty={
                <Empty title="这个学期还没有确定使用的教材。">
                  <p>先在“教材目录”里确定各学科各年级使用的版本。</p>
                </Empty>
              }
              columns={[
                {
                  title: '学科、年级',
                  lead: true,
                  cell: ({ subject, grade }) => (
                    <Link to="/library/grid" search={{ subject, grade, term: termKey(shown) }}>
                      {subjectLabels[subject]} {gradeLabels[grade]}
                    </Link>
                  ),
                },
                {
                  title: '单元',
                  align: 'right',
                  cell: ({ subject, grade, units }) => (
                    <Link to="/library/grid" search={{ subject, grade, term: termKey(shown) }}>
                      {units} 个
                    </Link>
                  ),
                },
                {
                  title: '已发布',
                  align: 'right',
                  cell: ({ subject, grade, full, cells }) => (
                    <span>
                      <Link
                        to="/library/grid"
                        search={{ subject, grade, term: termKey(shown), show: 'full' }}
                      >
                        {full}
                      </Link>{' '}
                      / {cells} 格
                    </span>
                  ),
                },
                {
                  title: '完成',
                  cell: ({ subject, grade, full, cells }) => (
                    <meter
                      min={0}
                      max={Math.max(1, cells)}
                      value={full}
                      aria-label={`${gradeLabels[grade] ?? ''}${subjectLabels[subject]}已发布的格`}
                    />
                  ),
                },
              ]}
            />
          </Panel>
        )}
      </Loaded>
    </Frame>
  );
};

/** 四共享: what is used beyond the schools that wrote it. */
const ReuseShare = (): ReactNode => {
  const query = useQuery(library.query.getReuseShare.queryOptions({ input: {} }));
  return (
    <Loaded query={query}>
      {({ items, outside }) => (
        <p>
          已发布的区级资源{' '}
          <Link to="/library" search={{ view: 'field', subject: 'all' }}>
            {items} 份
          </Link>
          ，其中{' '}
          <Link to="/library" search={{ view: 'used-outside', subject: 'all' }}>
            <strong>{outside}</strong> 份
          </Link>
          在编写人所在学校以外用起来了（校本化、上课或提建议）。
        </p>
      )}
    </Loaded>
  );
};
