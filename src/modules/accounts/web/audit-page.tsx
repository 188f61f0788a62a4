import './accounts.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Badge, Page as PageFrame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { AuditRow } from '../audit-log/contract.ts';
import { auditActionText, auditDetails, auditModuleLabels, auditSubject } from '../audit-log/rules.ts';
import { accounts } from './parts/api.ts';
import { whenText } from './parts/when.ts';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const dayOrNull = (text: string): string | null => (dayPattern.test(text) ? text : null);

export const Page = (): ReactNode => {
  const [actor, setActor] = useState('');
  const [module, setModule] = useState('');
  const [outcome, setOutcome] = useState('');
  const [fromOn, setFromOn] = useState('');
  const [toOn, setToOn] = useState('');
  const [objectId, setObjectId] = useState('');
  const actorSearched = useDeferredValue(actor.trim());
  const objectSearched = useDeferredValue(objectId.trim());
  const list = useInfiniteQuery(
    accounts.query.listAuditEntries.infiniteOptions({
      input: (cursor: string | null) => ({
        actor: actorSearched,
        action: module,
        objectId: objectSearched,
        fromOn: dayOrNull(fromOn),
        toOn: dayOrNull(toOn),
        outcome: outcome === 'done' || outcome === 'refused' ? outcome : null,
        cursor,
        limit: 50,
      }),
      initialPageParam: null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  const keptMonths = list.data?.pages[0]?.keptMonths;
  return (
    <PageFrame
      title="审计日志"
      width="wide"
      lead={`谁、何时、从哪里、做了什么。日志只增不改${keptMonths === undefined ? '' : `，至少保存 ${keptMonths} 个月`}。`}
    >
      <Panel>
        <div className="filters">
          <TextField label="操作人" value={actor} onValue={setActor} />
          <SelectField
            label="范围"
            value={module}
            onValue={setModule}
            none="全部"
            choices={Object.entries(auditModuleLabels).map(([value, label]) => ({ value, label }))}
          />
          <SelectField
            label="结果"
            value={outcome}
            onValue={setOutcome}
            none="全部"
            choices={[
              { value: 'done', label: '成功' },
              { value: 'refused', label: '未成功' },
            ]}
          />
          <DayField label="从" value={fromOn} onValue={setFromOn} />
          <DayField label="到" value={toOn} onValue={setToOn} />
          <TextField label="对象编号" value={objectId} onValue={setObjectId} />
        </div>
        <Loaded query={list}>
          {({ pages }) => (
            <DataTable
              caption="审计日志"
              rows={pages.flatMap((page) => page.rows)}
              rowKey={(row) => row.id}
              empty={<Empty title="没有符合条件的记录。" />}
              more={
                list.hasNextPage
                  ? { load: () => void list.fetchNextPage(), busy: list.isFetchingNextPage }
                  : undefined
              }
              columns={[
                { title: '操作', lead: true, cell: (row) => auditActionText(row.action) },
                { title: '时间', cell: (row) => whenText(row.at) },
                { title: '操作人', cell: (row) => row.actorName },
                { title: '网络地址', cell: (row) => row.address },
                {
                  title: '结果',
                  cell: (row) =>
                    row.outcome === 'done' ? (
                      <Badge tone="good">成功</Badge>
                    ) : (
                      <Badge tone="warn">未成功</Badge>
                    ),
                },
                { title: '内容', cell: (row) => <Details row={row} /> },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
};

const Details = ({ row }: { row: AuditRow }): ReactNode => {
  const before = auditDetails(row.before, row.after);
  const after = auditDetails(row.after, row.before);
  if (before.length + after.length === 0 && row.objectId === null) return '—';
  return (
    <details className="audit-details">
      <summary>{auditSubject(row.after, row.before) ?? '查看'}</summary>
      <Values title="原来" values={before} />
      <Values title="之后" values={after} />
      {row.objectId === null ? null : <p className="muted">对象编号：{row.objectId}</p>}
    </details>
  );
};

const Values = ({
  title,
  values,
}: {
  title: string;
  values: readonly (readonly [label: string, value: string])[];
}): ReactNode =>
  values.length === 0 ? null : (
    <p>
      {title}：{values.map(([label, value]) => `${label} ${value}`).join('；')}
    </p>
  );
