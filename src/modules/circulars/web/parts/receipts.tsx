import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { postLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { CheckField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { circulars } from './api.ts';

export const Receipts = ({ circularId }: { circularId: string }): ReactNode => {
  const [unreadOnly, setUnreadOnly] = useState(true);
  const query = useQuery(circulars.query.listReceipts.queryOptions({ input: { id: circularId } }));
  return (
    <Panel title="阅读回执">
      <Loaded query={query}>
        {({ rows }) => {
          const read = rows.filter(({ readAt }) => readAt !== null).length;
          return (
            <>
              <div className="row spread">
                <p>
                  发给 {rows.length} 人，{read} 人已读，{rows.length - read} 人未读。
                </p>
                <CheckField label="只看未读" checked={unreadOnly} onValue={setUnreadOnly} />
              </div>
              <details>
                <summary>看名单</summary>
                <DataTable
                  caption="阅读回执，按学校排列"
                  rows={unreadOnly ? rows.filter(({ readAt }) => readAt === null) : rows}
                  rowKey={({ personId }) => personId}
                  empty={<Empty title="都已读过。" />}
                  columns={[
                    { title: '姓名', lead: true, cell: ({ personName }) => personName },
                    { title: '单位', cell: ({ schoolName }) => schoolName ?? '教研室' },
                    {
                      title: '职务',
                      cell: ({ post, schoolName }) => (schoolName === null ? '教研员' : postLabels[post]),
                    },
                    {
                      title: '阅读时间',
                      cell: ({ readAt }) =>
                        readAt === null
                          ? '未读'
                          : `${chineseDate(chinaDay(new Date(readAt)))} ${chinaClock(new Date(readAt))}`,
                    },
                  ]}
                />
              </details>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
};
