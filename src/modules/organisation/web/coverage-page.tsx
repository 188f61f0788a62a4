import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { stageLabels } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { Nominations } from './parts/nominations.tsx';

export const Page = (): ReactNode => {
  const query = useQuery(organisation.query.listCoverage.queryOptions({ input: {} }));
  return (
    <Frame
      title="联合体学科组覆盖"
      lead="每个学校、每个年级、每个学科至少有一人参加联合体学科组。点联合体看空缺，由学校推荐、学科组长接受。"
    >
      <Panel>
        <Loaded query={query}>
          {({ rows }) => (
            <DataTable
              caption="各联合体的覆盖"
              rows={[...rows].sort((one, other) => Number(other.mine) - Number(one.mine))}
              rowKey={({ id }) => id}
              empty={
                <Empty title="还没有联合体。">
                  <p>请先导入附件2，或由系统管理员建立。</p>
                </Empty>
              }
              columns={[
                {
                  title: '联合体',
                  lead: true,
                  cell: (row) => (
                    <>
                      <Link to={`/coverage/${row.id}`}>{row.name}</Link>{' '}
                      {row.mine ? <Badge tone="info">我的</Badge> : null}
                    </>
                  ),
                },
                { title: '学段', cell: (row) => stageLabels[row.stage] },
                { title: '学校', align: 'right', cell: (row) => row.schools },
                { title: '应有', align: 'right', cell: (row) => row.cells },
                { title: '已有人', align: 'right', cell: (row) => row.covered },
                {
                  title: '空缺',
                  align: 'right',
                  cell: (row) =>
                    row.cells === row.covered ? (
                      <Badge tone="good">已齐</Badge>
                    ) : (
                      <Link to={`/coverage/${row.id}`}>{row.cells - row.covered}</Link>
                    ),
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      <Nominations />
    </Frame>
  );
};
