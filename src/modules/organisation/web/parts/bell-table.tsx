import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { BellSlot } from '../../calendar/contract.ts';
import { type Stage, stageLabels } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

interface BellTableProps {
  /** Null for the district's default table. */
  readonly schoolId: string | null;
  readonly stage: Stage;
}

export const BellTable = ({ schoolId, stage }: BellTableProps): ReactNode => {
  const [editing, setEditing] = useState(false);
  const query = useQuery(organisation.query.getBellSlots.queryOptions({ input: { schoolId, stage } }));
  return (
    <Panel
      title={`${stageLabels[stage]}作息`}
      actions={
        query.data?.may.edit === true ? <Button onClick={() => setEditing(true)}>修改</Button> : undefined
      }
    >
      <Loaded query={query}>
        {({ slots, ownTable, version }) => (
          <>
            <p>
              {schoolId === null ? null : (
                <Badge tone={ownTable ? 'info' : 'neutral'}>{ownTable ? '本校作息' : '按全区默认'}</Badge>
              )}{' '}
              {slots.map(({ slot, startsAt, endsAt }) => `第${slot}节 ${startsAt}–${endsAt}`).join('；')}
            </p>
            {editing ? (
              <BellDialog
                schoolId={schoolId}
                stage={stage}
                slots={slots}
                ownTable={ownTable}
                version={version}
                onClose={() => setEditing(false)}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </Panel>
  );
};

interface BellDialogProps extends BellTableProps {
  readonly slots: readonly BellSlot[];
  readonly ownTable: boolean;
  readonly version: string;
  readonly onClose: () => void;
}

const BellDialog = ({ schoolId, stage, slots, ownTable, version, onClose }: BellDialogProps): ReactNode => {
  const [rows, setRows] = useState<readonly BellSlot[]>(slots);
  const save = useAction(organisation.client.setBellSlots, { done: '已保存。', onDone: onClose });
  const change = (slot: number, times: Partial<BellSlot>): void =>
    setRows(rows.map((row) => (row.slot === slot ? { ...row, ...times } : row)));
  return (
    <Dialog title={`${stageLabels[stage]}作息时间`} onClose={onClose}>
      {rows.map((row) => (
        <div key={row.slot} className="filters">
          <TextField
            label={`第${row.slot}节开始`}
            type="time"
            value={row.startsAt}
            onValue={(startsAt) => change(row.slot, { startsAt })}
          />
          <TextField
            label={`第${row.slot}节结束`}
            type="time"
            value={row.endsAt}
            onValue={(endsAt) => change(row.slot, { endsAt })}
          />
        </div>
      ))}
      <div className="panel-actions">
        <Button
          disabled={rows.length >= 12}
          onClick={() =>
            setRows([...rows, { slot: (rows.at(-1)?.slot ?? 0) + 1, startsAt: '17:00', endsAt: '17:40' }])
          }
        >
          加一节
        </Button>
        <Button disabled={rows.length <= 1} onClick={() => setRows(rows.slice(0, -1))}>
          减一节
        </Button>
      </div>
      <ChangedElsewhere version={version} opens={schoolId === null ? '/calendar' : `/schools/${schoolId}`} />
      <Problem error={save.error} />
      <div className="panel-actions">
        <Button
          variant="primary"
          busy={save.isPending}
          onClick={() => save.mutate({ schoolId, stage, version, slots: [...rows] })}
        >
          保存
        </Button>
        {schoolId !== null && ownTable ? (
          <Button onClick={() => save.mutate({ schoolId, stage, version, slots: [] })}>改回全区默认</Button>
        ) : null}
      </div>
    </Dialog>
  );
};
