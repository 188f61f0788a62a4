import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Figure, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { weekNumber } from '../calendar/rules.ts';
import { organisation } from './parts/api.ts';
import { BellTable } from './parts/bell-table.tsx';
import { CalendarDayDialog } from './parts/calendar-day-dialog.tsx';
import { CalendarMonths } from './parts/calendar-months.tsx';
import './organisation.css';
import { TermDialog } from './parts/term-dialog.tsx';

export const Page = (): ReactNode => {
  const [chosen, setChosen] = useState('');
  const terms = useQuery(organisation.query.listTerms.queryOptions({ input: {} }));
  return (
    <Frame
      title="校历与作息"
      lead="教学日按校历计算：放假、调休和补课逐日登记，听课进度都按这里的教学日推算。"
    >
      <Loaded query={terms}>
        {({ rows, asOf }) => {
          const current = rows.find(({ startsOn }) => startsOn <= asOf) ?? rows[0];
          const termId = chosen === '' ? current?.id : chosen;
          return (
            <>
              <div className="filters">
                <SelectField
                  label="学期"
                  value={termId ?? ''}
                  onValue={setChosen}
                  choices={rows.map(({ id, name }) => ({ value: id, label: name }))}
                />
              </div>
              {termId === undefined ? <Empty title="还没有学期。" /> : <Term termId={termId} />}
            </>
          );
        }}
      </Loaded>
      <BellTable schoolId={null} stage="primary" />
      <BellTable schoolId={null} stage="junior" />
    </Frame>
  );
};

const Term = ({ termId }: { termId: string }): ReactNode => {
  const today = todayHere();
  const [day, setDay] = useState<string | null>(null);
  const [editing, setEditing] = useState<'edit' | 'add' | null>(null);
  const query = useQuery(organisation.query.getTerm.queryOptions({ input: { termId } }));
  return (
    <Loaded query={query}>
      {(term) => (
        <>
          <div className="figures">
            <Figure label="教学日" value={term.teachingDays} unit="天" />
            <Figure
              label="已过教学日"
              value={term.teachingDaysElapsed}
              unit="天"
              note={`截至${chineseDate(today)}`}
            />
            <Figure label="今天" value={weekText(weekNumber(term, today))} />
          </div>
          <Panel
            title={`${chineseDate(term.startsOn)}—${chineseDate(term.endsOn)}`}
            {...(term.may.edit ? { lead: '点某一天，登记放假、补课或恢复正常。' } : {})}
            actions={
              term.may.edit ? (
                <>
                  <Button onClick={() => setEditing('edit')}>修改起止</Button>
                  <Button onClick={() => setEditing('add')}>添加学期</Button>
                </>
              ) : undefined
            }
          >
            <CalendarMonths term={term} today={today} {...(term.may.edit ? { onDay: setDay } : {})} />
            {term.specialDays.length === 0 ? null : (
              <details open>
                <summary>放假和补课（{term.specialDays.length}）</summary>
                <ul className="plain-rows">
                  {term.specialDays.map((one) => (
                    <li key={one.dayOn}>
                      <span>{chineseDate(one.dayOn)}</span>
                      <span className="muted">{one.note}</span>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </Panel>
          {day === null ? null : <CalendarDayDialog term={term} dayOn={day} onClose={() => setDay(null)} />}
          {editing === null ? null : (
            <TermDialog {...(editing === 'edit' ? { term } : {})} onClose={() => setEditing(null)} />
          )}
        </>
      )}
    </Loaded>
  );
};

const weekText = (week: number | null): string => (week === null ? '不在学期内' : `第${week}周`);
