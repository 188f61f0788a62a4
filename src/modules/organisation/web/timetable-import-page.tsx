import type { InferContractRouterOutputs } from '@orpc/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { CheckField, choicesOf, Segments } from '#web/ui/field.tsx';
import { Badge, Figure, Page as Frame, Panel, type Tone } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { timetableFormLabels } from '../timetable-grid/contract.ts';
import {
  type TimetableRow,
  type TimetableStatus,
  type timetableImportContract,
  timetableStatuses,
  timetableStatusLabels,
} from '../timetable-import/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { TimetableQuestions } from './parts/timetable-questions.tsx';

type Import = InferContractRouterOutputs<typeof timetableImportContract>['getTimetableImport'];

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    organisation.query.getTimetableImport.queryOptions({ input: { importId: params['importId'] ?? '' } }),
  );
  return (
    <Frame title={query.data?.title ?? '课表预览'} back={{ to: '/timetable', label: '课表导入' }}>
      <Loaded query={query}>{(found) => <Preview found={found} />}</Loaded>
    </Frame>
  );
};

const Preview = ({ found }: { found: Import }): ReactNode => {
  const navigate = useNavigate();
  const apply = useAction(organisation.client.applyTimetable, { done: '已导入。' });
  const drop = useAction(organisation.client.dropTimetable, {
    done: '已放弃。',
    onDone: () => void navigate({ to: '/timetable' }),
  });
  const decide = useAction(organisation.client.decideTimetable, { done: '已重新预览。' });
  const { changes, applied, questions } = found;
  const waiting = changes.new + changes.changed + changes.removed;
  return (
    <>
      {applied === null ? null : (
        <p className="notice notice-good">
          已写入：新增 {applied.new}，变更 {applied.changed}，去掉 {applied.removed}。
          {questions.length === 0 ? '' : `还有 ${questions.length} 个问题，决定之后再导入一次即可。`}
        </p>
      )}
      {applied === null ? (
        <p className="notice">
          以下是预览，还没有写入。
          {questions.length === 0
            ? ''
            : `有 ${questions.length} 个问题：可以先决定，也可以先导入其余的；有问题的节次保持现在的样子。`}
        </p>
      ) : null}
      <p className="muted">
        {found.schoolName}，{found.termName}
        {found.forms.length === 0
          ? ''
          : `，读作${found.forms.map((form) => timetableFormLabels[form]).join('和')}，共 ${found.lessons} 节`}
      </p>
      <div className="figures">
        <Figure label="新增" value={changes.new} unit="节" />
        <Figure label="变更" value={changes.changed} unit="节" />
        <Figure label="去掉" value={changes.removed} unit="节" />
        <Figure label="不变" value={changes.unchanged} unit="节" />
        <Figure label="待决定" value={questions.length} unit="个问题" />
      </div>
      {found.newClasses.length === 0 ? null : <p>将新登记的班级：{found.newClasses.join('、')}。</p>}
      <ByHand rows={found.overwritten} />
      {found.open ? (
        <>
          <CheckField
            label="文件里没有的节次一并去掉（文件是完整的课表）"
            checked={found.complete}
            disabled={decide.isPending}
            onValue={(complete) =>
              decide.mutate({
                importId: found.id,
                version: found.version,
                decisions: found.decisions,
                complete,
              })
            }
          />
          <div className="panel-actions">
            <Button
              variant="primary"
              size="large"
              busy={apply.isPending}
              disabled={waiting === 0}
              onClick={() => apply.mutate({ importId: found.id, version: found.version, shown: found.shown })}
            >
              {waiting === 0 ? '没有要写入的' : `导入这 ${waiting} 节`}
            </Button>
            {applied === null ? (
              <Button busy={drop.isPending} onClick={() => drop.mutate({ importId: found.id })}>
                放弃这份课表
              </Button>
            ) : null}
          </div>
        </>
      ) : null}
      <Problem error={apply.error ?? decide.error ?? drop.error} />
      {questions.length === 0 ? null : <TimetableQuestions found={found} />}
      {found.open ? <Rows importId={found.id} shown={found.shown} /> : null}
    </>
  );
};

const ByHand = ({ rows }: { rows: readonly TimetableRow[] }): ReactNode =>
  rows.length === 0 ? null : (
    <Panel title="手工设定的会被改掉" lead="下面这些是有人在页面上设定的，导入后以文件为准。">
      <ul className="plain-rows">
        {rows.map((row) => (
          <li key={row.number}>
            <span>{row.text}</span>
            <span className="muted">{row.reason}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );

const tones: Readonly<Record<TimetableStatus, Tone>> = {
  new: 'good',
  changed: 'info',
  removed: 'bad',
  unchanged: 'neutral',
  'needs-decision': 'warn',
};

/** `shown` in the key: another preview has other rows. */
const Rows = ({ importId, shown }: { importId: string; shown: string }): ReactNode => {
  const [status, setStatus] = useState<TimetableStatus>('new');
  const list = useInfiniteQuery(
    organisation.query.listTimetableRows.infiniteOptions({
      input: (cursor: string | undefined) => ({ importId, status, cursor, limit: 60 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  return (
    <Panel title="逐节查看">
      <Segments
        label="状态"
        hideLabel
        value={status}
        onValue={setStatus}
        choices={choicesOf(timetableStatuses, timetableStatusLabels)}
      />
      <Loaded query={list}>
        {({ pages }) => (
          <DataTable
            key={shown}
            caption="预览的各节"
            rows={pages.flatMap((page) => page.rows)}
            rowKey={({ number }) => String(number)}
            empty={<Empty title={`没有“${timetableStatusLabels[status]}”的节次。`} />}
            more={
              list.hasNextPage
                ? { load: () => void list.fetchNextPage(), busy: list.isFetchingNextPage }
                : undefined
            }
            columns={[
              { title: '内容', lead: true, cell: ({ text }) => text },
              {
                title: '状态',
                cell: (row) => <Badge tone={tones[row.status]}>{timetableStatusLabels[row.status]}</Badge>,
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
