import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { Aliases } from './parts/aliases.tsx';
import { organisation } from './parts/api.ts';
import { BringFile } from './parts/bring-file.tsx';
import './organisation.css';
import { uploadRoster } from './parts/upload.ts';

export const Page = (): ReactNode => {
  const query = useQuery(organisation.query.listRosterImports.queryOptions({ input: {} }));
  return (
    <Frame
      title="名册导入"
      lead="先看预览，再一次写入；预览之前什么都不会改。可用附件1、2、3的表，也可用教师名单（姓名、工号、学校、年级、学科、电话、职务）。职务写校长、教学副校长、教务主任或学科长，就一并任命。"
    >
      <Bring />
      <Panel title="导入记录">
        <Loaded query={query}>
          {({ rows }) => (
            <DataTable
              caption="导入记录"
              rows={rows}
              rowKey={({ id }) => id}
              empty={<Empty title="还没有导入过名册。" />}
              columns={[
                {
                  title: '名册',
                  lead: true,
                  cell: (row) => <Link to={`/roster/${row.id}`}>{row.title}</Link>,
                },
                {
                  title: '状态',
                  cell: (row) =>
                    row.appliedAt === null ? (
                      <Badge tone="warn">待导入</Badge>
                    ) : row.questions > 0 ? (
                      <Badge tone="warn">{row.questions} 个问题待决定</Badge>
                    ) : (
                      <Badge tone="good">已导入</Badge>
                    ),
                },
                {
                  title: '已写入',
                  cell: (row) =>
                    row.applied === null ? '—' : `新增 ${row.applied.new}，变更 ${row.applied.changed}`,
                },
                {
                  title: '上传',
                  cell: (row) => `${row.broughtBy}，${chineseDate(chinaDay(new Date(row.broughtAt)))}`,
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      <Aliases />
    </Frame>
  );
};

const Bring = (): ReactNode => {
  const navigate = useNavigate();
  return (
    <BringFile
      fileLabel="名册文件"
      pastedName="粘贴的名单"
      bring={async (content, name) => {
        const answer = await uploadRoster(content, name);
        if (!('importId' in answer)) return answer.message;
        await navigate({ to: `/roster/${answer.importId}` });
        return null;
      }}
    />
  );
};
