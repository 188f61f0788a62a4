import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { postLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { type Target, targetKinds } from '../contract.ts';
import { holdsOn } from '../rules.ts';
import { plans } from './parts/api.ts';
import { TargetForm } from './parts/target-form.tsx';

const holderOf = ({ post, personName, schoolName }: Target): string =>
  post === null ? `${personName ?? ''}（${schoolName ?? '未登记学校'}）` : `各单位${postLabels[post]}`;

const amountOf = ({ key, amount }: Target): string =>
  amount === null ? '不设目标' : `${amount} ${targetKinds[key].unit}`;

const spanOf = ({ fromOn, toOn }: Target): string =>
  toOn === null ? `${chineseDate(fromOn)}起` : `${chineseDate(fromOn)}至${chineseDate(toOn)}（不含）`;

const columns: Column<Target>[] = [
  { title: '对谁', lead: true, cell: holderOf },
  { title: '目标', cell: (one) => `${targetKinds[one.key].period}${amountOf(one)}` },
  { title: '时间', cell: spanOf },
  { title: '依据', cell: ({ clause }) => clause },
  { title: '说明', cell: ({ note }) => note },
  {
    title: '设定人',
    cell: ({ setByName, setAt }) =>
      setByName === null ? '通知规定' : `${setByName}，${chineseDate(chinaDay(new Date(setAt)))}`,
  },
];

const handling = (onEnd: (target: Target) => void): Column<Target> => ({
  title: '办理',
  cell: (one) =>
    one.personId === null ? (
      <Badge>按职务</Badge>
    ) : (
      <Button size="small" onClick={() => onEnd(one)}>
        取消单独目标
      </Button>
    ),
});

export const Page = (): ReactNode => {
  const query = useQuery(plans.query.listTargets.queryOptions({ input: {} }));
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Target | null>(null);
  const [today] = useState(() => todayHere());
  return (
    <Frame
      title="目标设置"
      lead="校长学期听课的节数：对谁、多少、从哪天起、依据哪一条。过去的学期仍按当时的目标显示。"
      back={{ to: '/progress/district', label: '区级听课进度' }}
      actions={
        query.data?.maySet === true ? (
          <Button variant="primary" onClick={() => setAdding(true)}>
            设定目标
          </Button>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {({ rows, maySet }) => {
          const holding = rows.filter((one) => holdsOn(one, today));
          const others = rows.filter((one) => !holdsOn(one, today) && one.toOn !== one.fromOn);
          return (
            <>
              <Panel title="现行目标">
                <DataTable
                  caption="现行目标"
                  rows={holding}
                  rowKey={({ id }) => id}
                  columns={maySet ? [...columns, handling(setEnding)] : columns}
                />
              </Panel>
              {others.length === 0 ? null : (
                <Panel title="过去与将来的目标">
                  <DataTable
                    caption="过去与将来的目标"
                    rows={others}
                    rowKey={({ id }) => id}
                    columns={columns}
                  />
                </Panel>
              )}
              {adding ? (
                <Dialog title="设定目标" onClose={() => setAdding(false)}>
                  <TargetForm targets={rows} onDone={() => setAdding(false)} />
                </Dialog>
              ) : null}
              {ending === null ? null : <EndDialog target={ending} onClose={() => setEnding(null)} />}
            </>
          );
        }}
      </Loaded>
    </Frame>
  );
};

const EndDialog = ({ target, onClose }: { target: Target; onClose: () => void }): ReactNode => {
  const [toOn, setToOn] = useState(() => todayHere());
  const end = useAction(plans.client.endTarget, { done: '单独目标已取消', onDone: onClose });
  return (
    <Dialog title="取消单独目标" onClose={onClose}>
      <p>{holderOf(target)}从所选日期起改按职务的目标。</p>
      <DayField label="从哪天起" value={toOn} onValue={setToOn} />
      <Problem error={end.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={end.isPending}
          disabled={toOn === ''}
          onClick={() => end.mutate({ id: target.id, toOn })}
        >
          取消单独目标
        </Button>
      </div>
    </Dialog>
  );
};
