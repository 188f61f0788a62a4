import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isInLeadingGroup, schoolsLedBy } from '#modules/organisation/rules.ts';
import { addDays, chineseDate, weekdayLabels, weekdayOf } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { DayField, SelectField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { classroom } from './parts/api.ts';
import { RoomBooking } from './parts/room-booking.tsx';
import { RoomUseItem } from './parts/room-use-item.tsx';
import { useAddress } from './parts/use-address.ts';
import './checks.css';

export const Page = (): ReactNode => {
  const me = useMe();
  const { id, day, set } = useAddress();
  const query = useQuery(
    classroom.query.openRoomDay.queryOptions({ input: { schoolId: id('schoolId'), dayOn: day('day') } }),
  );
  const readsTerm = isInLeadingGroup(me) || schoolsLedBy(me).length > 0;
  const data = query.data;
  const dayOn = data?.dayOn ?? '';
  return (
    <Frame
      title="场所使用"
      lead="图书室、实验室、音乐室、美术室等，预约就是使用记录，不用另外登记。"
      width="narrow"
      actions={
        readsTerm ? (
          <>
            <ButtonLink to="/rooms/term">本学期使用</ButtonLink>
            {data?.may.keep === true ? <ButtonLink to="/rooms/setup">场所与开放时间</ButtonLink> : null}
          </>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {(open) => (
          <>
            <div className="filters">
              {open.schools.length > 1 ? (
                <SelectField
                  label="学校"
                  value={open.school?.id ?? ''}
                  choices={open.schools.map((school) => ({ value: school.id, label: school.name }))}
                  onValue={(schoolId) => set({ schoolId })}
                />
              ) : null}
              <DayField label="日期" value={dayOn} onValue={(value) => set({ day: value })} />
              <Button onClick={() => set({ day: addDays(dayOn, -1) })}>前一天</Button>
              <Button onClick={() => set({ day: addDays(dayOn, 1) })}>后一天</Button>
            </div>
            {open.school === null || open.rooms.length === 0 ? (
              <Empty
                title={
                  open.school === null ? '您现在没有任职的学校。' : `${open.school.name}还没有登记场所。`
                }
              >
                {open.may.keep ? (
                  <ButtonLink to="/rooms/setup">登记场所</ButtonLink>
                ) : (
                  <p>场所由本校校长、教学副校长、教务主任登记。</p>
                )}
              </Empty>
            ) : (
              <>
                {open.may.book ? (
                  <Panel title={`预约 ${chineseDate(dayOn)}${weekdayLabels[weekdayOf(dayOn)] ?? ''}`}>
                    <RoomBooking key={`${open.school.id} ${dayOn}`} data={open} />
                  </Panel>
                ) : null}
                <Panel title="当天使用">
                  {open.uses.length === 0 ? (
                    <p className="muted">这一天还没有预约。</p>
                  ) : (
                    <ul className="room-uses">
                      {open.uses.map((use) => (
                        <RoomUseItem key={use.id} use={use} />
                      ))}
                    </ul>
                  )}
                </Panel>
              </>
            )}
          </>
        )}
      </Loaded>
    </Frame>
  );
};
