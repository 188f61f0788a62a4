import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BringFile } from '#modules/organisation/web/parts/bring-file.tsx';
import { upload } from '#modules/organisation/web/parts/upload.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { largestTextbookFile } from '../textbook-import/vocabulary/contract.ts';
import { library } from './parts/api.ts';
import '#modules/organisation/web/organisation.css';

export const Page = (): ReactNode => {
  const navigate = useNavigate();
  const query = useQuery(library.query.listTextbookImports.queryOptions({ input: {} }));
  return (
    <Frame
      title="教材目录导入"
      back={{ to: '/textbooks', label: '教材目录' }}
      lead="一行一课：学科、年级、版本、修订年、册次、单元序号、单元、课序号、课、课时。空着的格子表示和上一行相同。先看预览，再一次写入；预览之前什么都不会改。"
      actions={
        <a className="button button-plain button-normal" href="/files/library/textbooks.xlsx" download>
          下载目录表
        </a>
      }
    >
      <BringFile
        fileLabel="教材目录文件"
        pastedName="粘贴的教材目录"
        bring={async (content, name) => {
          const answer = await upload(content, {
            path: '/files/library/textbooks',
            query: { name },
            largest: largestTextbookFile,
          });
          if (!('importId' in answer)) return answer.message;
          await navigate({ to: `/textbooks/import/${answer.importId}` });
          return null;
        }}
      >
        <p className="muted">下载的目录表就是现在的目录，改好后可以直接导入；还没有目录时，它是一张空表。</p>
      </BringFile>
      <Panel title="导入记录">
        <Loaded query={query}>
          {({ rows }) => (
            <DataTable
              caption="教材目录导入记录"
              rows={rows}
              rowKey={({ id }) => id}
              empty={<Empty title="还没有导入过教材目录。" />}
              columns={[
                {
                  title: '目录',
                  lead: true,
                  cell: (row) => <Link to={`/textbooks/import/${row.id}`}>{row.title}</Link>,
                },
                {
                  title: '状态',
                  cell: (row) =>
                    row.appliedAt === null ? (
                      <Badge tone="warn">待导入</Badge>
                    ) : (
                      <Badge tone="good">已导入</Badge>
                    ),
                },
                {
                  title: '已写入',
                  cell: (row) =>
                    row.applied === null
                      ? '—'
                      : `新增 ${row.applied.new}，变更 ${row.applied.changed}，停用 ${row.applied.removed}`,
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
    </Frame>
  );
};
