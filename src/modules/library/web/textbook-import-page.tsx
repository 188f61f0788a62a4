import type { InferContractRouterOutputs } from '@orpc/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Badge, Figure, Page as Frame, Panel, type Tone } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { textbookImportContract } from '../textbook-import/contract.ts';
import {
  type TextbookStatus,
  textbookStatuses,
  textbookStatusLabels,
} from '../textbook-import/vocabulary/contract.ts';
import { library } from './parts/api.ts';
import '#modules/organisation/web/organisation.css';
import { TextbookQuestions } from './parts/textbook-questions.tsx';
import { useAddress } from './parts/use-address.ts';

type Import = InferContractRouterOutputs<typeof textbookImportContract>['getTextbookImport'];

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    library.query.getTextbookImport.queryOptions({ input: { importId: params['importId'] ?? '' } }),
  );
  return (
    <Frame
      title={query.data?.title ?? '教材目录预览'}
      back={{ to: '/textbooks/import', label: '教材目录导入' }}
    >
      <Loaded query={query}>{(found) => <Preview found={found} />}</Loaded>
    </Frame>
  );
};

const Preview = ({ found }: { found: Import }): ReactNode => {
  const navigate = useNavigate();
  const apply = useAction(library.client.applyTextbooks, { done: '已导入。' });
  const drop = useAction(library.client.dropTextbooks, {
    done: '已放弃。',
    onDone: () => void navigate({ to: '/textbooks/import' }),
  });
  const { changes, applied, questions, volumes, notices } = found;
  const waiting = changes.new + changes.changed + changes.removed;
  return (
    <>
      {applied === null ? (
        <p className="notice">
          以下是预览，还没有写入。
          {questions.length === 0
            ? ''
            : `有 ${questions.length} 个问题：可以先决定，也可以先导入其余的；有问题的保持现在的样子。`}
        </p>
      ) : (
        <p className="notice notice-good">
          已写入：新增 {applied.new}，变更 {applied.changed}，停用 {applied.removed}。
          {questions.length === 0 ? '' : `还有 ${questions.length} 个问题，决定之后再导入一次即可。`}
        </p>
      )}
      {notices.map((notice) => (
        <p key={notice} className="notice notice-warn">
          {notice}
        </p>
      ))}
      {volumes.length === 0 ? null : (
        <details>
          <summary>共 {volumes.length} 册</summary>
          <ul>
            {volumes.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </details>
      )}
      <div className="figures">
        {(['new', 'changed', 'removed', 'unchanged'] as const).map((status) => (
          <Figure
            key={status}
            label={textbookStatusLabels[status]}
            value={changes[status]}
            unit="项"
            {...(found.open ? { to: `/textbooks/import/${found.id}`, search: { status } } : {})}
          />
        ))}
        <Figure label="待决定" value={questions.length} unit="个问题" />
      </div>
      {found.open ? (
        <div className="panel-actions">
          <Button
            variant="primary"
            size="large"
            busy={apply.isPending}
            disabled={waiting === 0}
            onClick={() => apply.mutate({ importId: found.id, version: found.version, shown: found.shown })}
          >
            {waiting === 0 ? '没有要写入的' : `导入这 ${waiting} 项`}
          </Button>
          {applied === null ? (
            <Button busy={drop.isPending} onClick={() => drop.mutate({ importId: found.id })}>
              放弃这份目录
            </Button>
          ) : null}
        </div>
      ) : (
        <div className="panel-actions">
          <ButtonLink to="/textbooks" variant="primary">
            看教材目录，确定使用的版本
          </ButtonLink>
        </div>
      )}
      <Problem error={apply.error ?? drop.error} />
      {questions.length === 0 ? null : <TextbookQuestions found={found} />}
      {found.open ? <Rows importId={found.id} shown={found.shown} changes={changes} /> : null}
    </>
  );
};

const tones: Readonly<Record<TextbookStatus, Tone>> = {
  new: 'good',
  changed: 'info',
  removed: 'bad',
  unchanged: 'neutral',
  'needs-decision': 'warn',
};

interface RowsProps {
  readonly importId: string;
  /** Another preview has other rows. */
  readonly shown: string;
  readonly changes: Import['changes'];
}

const Rows = ({ importId, shown, changes }: RowsProps): ReactNode => {
  // The first thing to look at is what would fall out or change.
  const { said, go } = useAddress();
  const status: TextbookStatus =
    textbookStatuses.find((one) => one === said('status')) ??
    (changes.removed > 0 ? 'removed' : changes.changed > 0 ? 'changed' : 'new');
  const list = useInfiniteQuery(
    library.query.listTextbookRows.infiniteOptions({
      input: (cursor: string | undefined) => ({ importId, status, cursor, limit: 60 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  return (
    <Panel title="逐项查看">
      <Segments
        label="状态"
        hideLabel
        value={status}
        onValue={(next) => go({ status: next })}
        choices={choicesOf(textbookStatuses, textbookStatusLabels)}
      />
      <Loaded query={list}>
        {({ pages }) => (
          <DataTable
            key={shown}
            caption="预览的各项"
            rows={pages.flatMap((page) => page.rows)}
            rowKey={({ number }) => String(number)}
            empty={<Empty title={`没有“${textbookStatusLabels[status]}”的。`} />}
            more={
              list.hasNextPage
                ? { load: () => void list.fetchNextPage(), busy: list.isFetchingNextPage }
                : undefined
            }
            columns={[
              { title: '内容', lead: true, cell: ({ text }) => text },
              {
                title: '状态',
                cell: (row) => <Badge tone={tones[row.status]}>{textbookStatusLabels[row.status]}</Badge>,
              },
              { title: '原因', cell: ({ reason }) => reason || '—' },
              { title: '出处', cell: ({ cell }) => cell || '—' },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
};
