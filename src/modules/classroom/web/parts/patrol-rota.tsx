import { type ReactNode, useState } from 'react';
import { weekdayLabels } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Turn } from '../../patrol/rota/contract.ts';
import { type HalfDay, halfDayLabels, halfDays } from '../../patrol/vocabulary/contract.ts';
import { classroom } from './api.ts';

interface RotaProps {
  readonly schoolId: string;
  readonly turns: readonly Turn[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Who walks in which half-day of the week. */
export const PatrolRota = ({ schoolId, turns, people }: RotaProps): ReactNode => {
  const [personId, setPersonId] = useState('');
  const [weekday, setWeekday] = useState(1);
  const [halfDay, setHalfDay] = useState<HalfDay>('morning');
  const put = useAction(classroom.client.putOnRota, { done: '已排进值班表' });
  const takeOff = useAction(classroom.client.takeOffRota, { done: '已移出值班表' });
  const halfDaysOfWeek = weekdays.flatMap((day) =>
    halfDays.map((half) => ({
      name: `${weekdayLabels[day] ?? ''}${halfDayLabels[half]}`,
      held: turns.filter((turn) => turn.weekday === day && turn.halfDay === half),
    })),
  );
  return (
    <Panel title="值班表">
      <ul className="patrol-rota">
        {halfDaysOfWeek
          .filter(({ held }) => held.length > 0)
          .map(({ name, held }) => (
            <li key={name}>
              <strong>{name}</strong>
              <span className="row">
                {held.map((turn) => (
                  <span key={turn.id} className="patrol-turn">
                    {turn.personName}
                    <Button
                      variant="quiet"
                      size="small"
                      busy={takeOff.isPending}
                      aria-label={`移出 ${name} ${turn.personName}`}
                      onClick={() => takeOff.mutate({ schoolId, id: turn.id })}
                    >
                      ✕
                    </Button>
                  </span>
                ))}
              </span>
            </li>
          ))}
      </ul>
      {turns.length === 0 ? <p className="muted">还没有人在值班表上。</p> : null}
      <Problem error={takeOff.error} />
      <div className="filters">
        <SelectField
          label="星期"
          value={String(weekday)}
          choices={weekdays.map((day) => ({ value: String(day), label: weekdayLabels[day] ?? '' }))}
          onValue={(value) => setWeekday(Number(value))}
        />
        <SelectField
          label="半天"
          value={halfDay}
          choices={choicesOf(halfDays, halfDayLabels)}
          onValue={(value) => setHalfDay(halfDays.find((one) => one === value) ?? 'morning')}
        />
        <SelectField
          label="人员"
          value={personId}
          none="请选择"
          choices={people.map(({ id, name }) => ({ value: id, label: name }))}
          onValue={setPersonId}
        />
        <Button
          disabled={personId === ''}
          busy={put.isPending}
          onClick={() => put.mutate({ schoolId, personId, weekday, halfDay })}
        >
          排进值班表
        </Button>
      </div>
      <Problem error={put.error} />
    </Panel>
  );
};
