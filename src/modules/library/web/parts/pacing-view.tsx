import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Badge } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { PacingEntry, PacingUnit, PacingWeek } from '../../pacing/contract.ts';
import { library } from './api.ts';
import { SumSentences } from './sum-sentences.tsx';

interface PacingViewProps {
  readonly itemId: string;
  readonly of: 'published' | 'draft';
}

/** 进度与校历: the guide laid over the real weeks, and what one's own school has taught so far. */
export const PacingView = ({ itemId, of }: PacingViewProps): ReactNode => {
  const [termId, setTermId] = useState('');
  const query = useQuery({
    ...library.query.getPacing.queryOptions({
      input: { itemId, of, ...(termId === '' ? {} : { termId }) },
    }),
    ...(of === 'draft' ? { refetchInterval: 5_000 } : {}),
  });
  return (
    <Loaded query={query}>
      {({ term, terms, currentWeek, weeks, outside, units, checks, round }) => (
        <div className="stack">
          <div className="filters">
            <SelectField
              label="对照的学期"
              value={term.id}
              choices={terms.map(({ id, name }) => ({ value: id, label: name }))}
              onValue={setTermId}
            />
          </div>
          <SumSentences sums={checks} />
          {round?.mayShift === true ? <Shift round={round} weeks={weeks} /> : null}
          <DataTable
            caption="各教学周的安排"
            rows={weeks}
            rowKey={({ number }) => String(number)}
            columns={[
              {
                title: '周次',
                lead: true,
                cell: ({ number }) => (
                  <>
                    第{number}周 {number === currentWeek ? <Badge tone="info">本周</Badge> : null}
                  </>
                ),
              },
              { title: '日期', cell: ({ from, to }) => `${shortDay(from)}—${shortDay(to)}` },
              { title: '上课', cell: (week) => <TeachingDays week={week} /> },
              { title: '安排', cell: ({ entries }) => <Entries entries={entries} /> },
            ]}
          />
          {outside.length === 0 ? null : (
            <>
              <h3>没有排进本学期的</h3>
              <Entries entries={outside} />
            </>
          )}
          {units.length === 0 ? null : <Units units={units} />}
        </div>
      )}
    </Loaded>
  );
};

const shortDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

const TeachingDays = ({ week: { teachingDays, notes, lessons } }: { week: PacingWeek }): ReactNode => (
  <span>
    {teachingDays === 0 ? <Badge tone="warn">不上课</Badge> : `${teachingDays}天`}
    {lessons === null || teachingDays === 0 ? '' : `，约${lessons}课时`}
    {notes.length === 0 ? null : <small className="muted"> {notes.join('、')}</small>}
  </span>
);

const Entries = ({ entries }: { entries: readonly PacingEntry[] }): ReactNode =>
  entries.length === 0 ? (
    <span className="muted">—</span>
  ) : (
    <ul className="link-cell">
      {entries.map(({ id, week, text, hours, note }) => (
        <li key={id}>
          {text === '' ? '（未填写）' : text}
          {hours === null ? '' : `，${hours}课时`}
          {note === '' ? '' : `（${note}）`}
          {week === null ? <small className="muted"> 没有写周次</small> : null}
        </li>
      ))}
    </ul>
  );

const said = (weeks: readonly number[]): string => (weeks.length === 0 ? '—' : `第${weeks.join('、')}周`);

const Units = ({ units }: { units: readonly PacingUnit[] }): ReactNode => (
  <>
    <h3>计划与本校进度</h3>
    <DataTable
      caption="各单元计划周次与本校实际周次"
      rows={units}
      rowKey={({ id }) => id}
      columns={[
        { title: '单元', lead: true, cell: ({ name }) => name },
        { title: '计划', cell: ({ planned }) => said(planned) },
        ...(units.some(({ taught }) => taught !== null)
          ? [{ title: '本校已上', cell: ({ taught }: PacingUnit) => said(taught ?? []) }]
          : []),
      ]}
    />
    {units.some(({ taught }) => taught !== null) ? (
      <p className="muted small">“本校已上”来自本校老师的课后反思，只有本校看得到。</p>
    ) : null}
  </>
);

interface ShiftProps {
  readonly round: { readonly id: string; readonly version: number };
  readonly weeks: readonly PacingWeek[];
}

const steps = [1, 2, 3, -1, -2, -3] as const;
const stepLabel = (by: number): string => (by > 0 ? `后移${by}周` : `提前${-by}周`);

/** A week falls out: everything from it on comes later. */
const Shift = ({ round, weeks }: ShiftProps): ReactNode => {
  const clash = weeks.find(({ teachingDays, entries }) => teachingDays === 0 && entries.length > 0);
  const [from, setFrom] = useState<string | null>(null);
  const [by, setBy] = useState('1');
  const chosen = from ?? String(clash?.number ?? 1);
  const shift = useAction(library.client.shiftPacing, { done: '草稿里的进度已经移动。' });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        shift.mutate({ id: round.id, version: round.version, from: Number(chosen), by: Number(by) });
      }}
    >
      <div className="filters">
        <SelectField
          label="从哪一周起"
          value={chosen}
          choices={weeks.map(({ number }) => ({ value: String(number), label: `第${number}周` }))}
          onValue={setFrom}
        />
        <SelectField
          label="怎样移动"
          value={by}
          choices={steps.map((step) => ({ value: String(step), label: stepLabel(step) }))}
          onValue={setBy}
        />
        <Button type="submit" busy={shift.isPending}>
          移动草稿里的进度
        </Button>
      </div>
      <Problem error={shift.error} />
    </form>
  );
};
