import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { choicesOf, Segments } from '#web/ui/field.tsx';
import { Badge, Figure, Page as Frame, Panel, type Tone } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { type PlanStatus, planStatuses, planStatusLabels } from '../roster/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { RosterQuestions, type RosterState } from './parts/roster-questions.tsx';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    organisation.query.getRosterImport.queryOptions({ input: { importId: params['importId'] ?? '' } }),
  );
  return (
    <Frame title={query.data?.title ?? '名册预览'} back={{ to: '/roster', label: '名册导入' }}>
      <Loaded query={query}>{(roster) => <Preview roster={roster} />}</Loaded>
    </Frame>
  );
};

const Preview = ({ roster }: { roster: RosterState }): ReactNode => {
  const navigate = useNavigate();
  const apply = useAction(organisation.client.applyRoster, { done: '已导入。' });
  const drop = useAction(organisation.client.dropRoster, {
    done: '已放弃。',
    onDone: () => void navigate({ to: '/roster' }),
  });
  const again = useAction(organisation.client.decideRoster, { done: '已重新预览。' });
  const { changes, counts, applied } = roster;
  const waiting = changes.new + changes.changed;
  const open = roster.questions.length + roster.moreQuestions;
  return (
    <>
      {applied === null ? (
        <p className="notice">
          以下是预览，还没有写入。
          {open === 0 ? '' : `有 ${open} 个问题：可以先决定，也可以先导入其余的，以后再决定。`}
        </p>
      ) : (
        <p className="notice notice-good">
          已写入：新增 {applied.new}，变更 {applied.changed}。
          {open === 0 ? '' : `还有 ${open} 个问题，决定之后再导入一次即可。`}
        </p>
      )}
      <div className="figures">
        <Figure label="新增" value={changes.new} unit="项" />
        <Figure label="变更" value={changes.changed} unit="项" />
        <Figure label="不变" value={changes.unchanged} unit="项" />
        <Figure label="待决定" value={open} unit="个问题" />
        <Figure
          label="名册里"
          value={counts.people}
          unit="人"
          note={`${counts.schools} 所学校，${counts.appointments} 项任职`}
        />
      </div>
      <div className="panel-actions">
        <Button
          variant="primary"
          size="large"
          busy={apply.isPending}
          disabled={waiting === 0}
          onClick={() => apply.mutate({ importId: roster.id, version: roster.version })}
        >
          {waiting === 0 ? '没有要写入的' : `导入这 ${waiting} 项`}
        </Button>
        {applied === null || open > 0 ? (
          <Button
            busy={again.isPending}
            onClick={() =>
              again.mutate({
                importId: roster.id,
                version: roster.version,
                decisions: roster.decisions,
              })
            }
          >
            重新预览
          </Button>
        ) : null}
        {applied === null ? (
          <Button busy={drop.isPending} onClick={() => drop.mutate({ importId: roster.id })}>
            放弃这份名册
          </Button>
        ) : null}
      </div>
      <Problem error={apply.error ?? again.error ?? drop.error} />
      {open === 0 ? null : <RosterQuestions roster={roster} />}
      <Rows importId={roster.id} />
    </>
  );
};

const tones: Readonly<Record<PlanStatus, Tone>> = {
  new: 'good',
  changed: 'info',
  unchanged: 'neutral',
  'needs-decision': 'warn',
};

const Rows = ({ importId }: { importId: string }): ReactNode => {
  const [status, setStatus] = useState<PlanStatus>('new');
  const list = useInfiniteQuery(
    organisation.query.listRosterRows.infiniteOptions({
      input: (cursor: string | undefined) => ({ importId, status, cursor, limit: 50 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  return (
    <Panel title="逐行查看">
      <Segments
        label="状态"
        hideLabel
        value={status}
        onValue={setStatus}
        choices={choicesOf(planStatuses, planStatusLabels)}
      />
      <Loaded query={list}>
        {({ pages }) => (
          <DataTable
            caption="预览的各行"
            rows={pages.flatMap((page) => page.rows)}
            rowKey={({ number }) => String(number)}
            empty={<Empty title={`没有“${planStatusLabels[status]}”的行。`} />}
            more={
              list.hasNextPage
                ? { load: () => void list.fetchNextPage(), busy: list.isFetchingNextPage }
                : undefined
            }
            columns={[
              { title: '内容', lead: true, cell: ({ text }) => text },
              {
                title: '状态',
                cell: (row) => <Badge tone={tones[row.status]}>{planStatusLabels[row.status]}</Badge>,
              },
              { title: '原因', cell: ({ reason }) => reason },
              { title: '出处', cell: ({ cell }) => cell || '—' },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
};
