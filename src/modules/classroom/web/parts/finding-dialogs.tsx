import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { addDays } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { FindingDetail } from '../../finding/contract.ts';
import { defaultFindingSettings } from '../../finding/rules.ts';
import { classroom } from './api.ts';
import { HandOverFields, toHandOver } from './finding-hand-over.tsx';

interface Props {
  readonly finding: FindingDetail;
  readonly onClose: () => void;
}

export const HandOverDialog = ({ finding, onClose }: Props): ReactNode => {
  const { id, version, kind, schoolId } = finding;
  const [draft, setDraft] = useState(() => ({
    responsible: kind === 'district' ? 'post:principal' : '',
    checkerId: '',
    deadlineOn: addDays(todayHere(), defaultFindingSettings.deadlineDays),
  }));
  const give = useAction(classroom.client.handOverFinding, { done: '已交办', onDone: onClose });
  const handOver = toHandOver(draft);
  return (
    <Dialog title="交办" onClose={onClose}>
      <HandOverFields kind={kind} schoolId={schoolId} value={draft} onValue={setDraft} />
      <Problem error={give.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={give.isPending}
          disabled={handOver === null}
          onClick={() => {
            if (handOver !== null) give.mutate({ id, version, ...handOver });
          }}
        >
          交办
        </Button>
      </div>
    </Dialog>
  );
};

export const CheckerDialog = ({ finding, onClose }: Props): ReactNode => {
  const { id, version, kind, schoolId, checkerName, responsibleName } = finding;
  const [checkerId, setCheckerId] = useState('');
  const [text, setText] = useState('');
  const query = useQuery(classroom.query.proposeForFinding.queryOptions({ input: { kind, schoolId } }));
  const change = useAction(classroom.client.changeFindingChecker, { done: '已更换', onDone: onClose });
  return (
    <Dialog title="换回头看的人" onClose={onClose}>
      <Loaded query={query}>
        {({ checkers }) => (
          <SelectField
            label="由谁回头看"
            required
            none="请选择"
            value={checkerId}
            choices={checkers
              .filter(({ name }) => name !== checkerName && name !== responsibleName)
              .map((person) => ({ value: person.id, label: person.name }))}
            onValue={setCheckerId}
          />
        )}
      </Loaded>
      <TextField label="原因" maxLength={200} value={text} onValue={setText} />
      <Problem error={change.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={change.isPending}
          disabled={checkerId === ''}
          onClick={() => change.mutate({ id, version, checkerId, text })}
        >
          换人
        </Button>
      </div>
    </Dialog>
  );
};
