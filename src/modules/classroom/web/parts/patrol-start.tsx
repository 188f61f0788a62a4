import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import type { PatrolStart as Start } from '../../patrol/contract.ts';
import { dayProblem } from '../../patrol/rules.ts';
import { halfDayLabels } from '../../patrol/vocabulary/contract.ts';
import { classroom } from './api.ts';
import { patrolStartHere } from './patrol-along.ts';
import { keepPatrol } from './patrol-outbox.ts';

interface Chosen {
  readonly schoolId?: string;
  readonly dayOn?: string;
  readonly slot?: number;
}

const usePatrolStart = (chosen: Chosen) =>
  useQuery({
    ...classroom.query.startPatrol.queryOptions({ input: chosen }),
    // The bell rings on while the page is open.
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });

/** Chooses school, day and slot, and goes. */
export const PatrolStart = (): ReactNode => {
  const [chosen, setChosen] = useState<Chosen>({});
  const me = useMe();
  const query = usePatrolStart(chosen);
  const [openedAt] = useState(() => new Date());
  // Nobody answers: what was taken along, by this device's clock.
  const along =
    query.isError || me.offline === true
      ? patrolStartHere(me.accountId, { dayOn: todayHere(), clock: chinaClock(openedAt), ...chosen })
      : null;
  // Ready before the line may be gone.
  useEffect(() => void import('../patrol-page.tsx'), []);
  const choose = (change: Chosen): void => setChosen({ ...chosen, ...change });
  if (along !== null)
    return (
      <StartForm
        start={{ ...along, now: openedAt.toISOString() }}
        chosen={chosen}
        isLoading={false}
        readAt={openedAt.getTime()}
        onChosen={choose}
      />
    );
  return (
    <Loaded query={query}>
      {(start) =>
        start.school === null ? (
          <Empty title="您不在本校的巡课值班表上。">
            <p>需要巡课时，请本校校长、教学副校长或教务主任把您排进值班表。</p>
          </Empty>
        ) : (
          <StartForm
            start={start}
            chosen={chosen}
            isLoading={query.isPlaceholderData}
            readAt={query.dataUpdatedAt}
            onChosen={choose}
          />
        )
      }
    </Loaded>
  );
};

interface FormProps {
  readonly start: Start;
  readonly chosen: Chosen;
  readonly isLoading: boolean;
  /** By this device's clock. */
  readonly readAt: number;
  readonly onChosen: (change: Chosen) => void;
}

const StartForm = ({ start, chosen, isLoading, readAt, onChosen }: FormProps): ReactNode => {
  const navigate = useNavigate();
  const [offDayReason, setOffDayReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { school, schools, dayOn, slot, slots, tiles } = start;
  const bell = slots.find((one) => one.slot === slot);
  const slotText = `第${slot ?? ''}节${bell === undefined ? '' : ` ${bell.startsAt}—${bell.endsAt}`}`;
  const begin = (): void => {
    if (school === null || slot === null) return;
    const today = chinaDay(new Date(start.now));
    const isOfToday = chinaDay(new Date(readAt)) === todayHere();
    const wrong = !isOfToday
      ? '本页是前一天打开的，课表可能不对。请等线路恢复、日期更新后再开始。'
      : tiles.length === 0
        ? '学校还没有登记班级，请先在学校页面登记班级。'
        : dayProblem(dayOn, { today, isTeachingDay: start.isTeachingDay, offDayReason });
    setProblem(wrong);
    if (wrong !== null) return;
    const id = newId();
    keepPatrol({
      id,
      schoolId: school.id,
      schoolName: school.name,
      dayOn,
      slot,
      slotText,
      offDayReason,
      startedAt: new Date().toISOString(),
      tiles,
      marks: [],
      summary: null,
      finish: null,
      sent: { markIds: [], finish: false },
      receipt: null,
    });
    void navigate({ to: `/patrols/${id}` });
  };
  return (
    <Panel>
      <Button
        variant="primary"
        size="large"
        className="observe-start"
        busy={isLoading}
        disabled={slot === null}
        onClick={begin}
      >
        开始巡课
      </Button>
      {problem === null ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <p>
        {chineseDate(dayOn)}
        {start.week === null ? '' : ` 第${start.week}周`} {slotText}，{tiles.length} 间教室
      </p>
      {start.onDuty.length === 0 ? null : (
        <p className="muted">
          今天值班：
          {start.onDuty
            .map(({ halfDay, personName }) => `${halfDayLabels[halfDay]} ${personName}`)
            .join('，')}
        </p>
      )}
      <div className="patrol-choice">
        {schools.length < 2 ? null : (
          <SelectField
            label="学校"
            value={school?.id ?? ''}
            choices={schools.map(({ id, name }) => ({ value: id, label: name }))}
            onValue={(schoolId) => onChosen({ schoolId })}
          />
        )}
        <DayField
          label="日期"
          value={chosen.dayOn ?? dayOn}
          onValue={(value) => value !== '' && onChosen({ dayOn: value })}
        />
        <SelectField
          label="节次"
          value={String(slot ?? '')}
          choices={slots.map((one) => ({
            value: String(one.slot),
            label: `第${one.slot}节 ${one.startsAt}`,
          }))}
          onValue={(value) => onChosen({ slot: Number(value) })}
        />
      </div>
      {start.isTeachingDay ? null : (
        <TextField
          label="这一天按校历不上课，巡课的原因"
          required
          maxLength={200}
          value={offDayReason}
          onValue={setOffDayReason}
        />
      )}
    </Panel>
  );
};
