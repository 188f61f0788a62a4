import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { gradeLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { CheckField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Failure, Loading } from '#web/ui/states.tsx';
import type { RoomUse } from '../room-use/contract.ts';
import { purposes, roomKinds } from '../room-use/vocabulary/contract.ts';
import { slotsLabel } from '../rules.ts';
import { classroom } from './parts/api.ts';
import { purposeText, UseState } from './parts/room-use-item.tsx';
import { useAddress } from './parts/use-address.ts';

const columns: Column<RoomUse>[] = [
  {
    title: '日期',
    lead: true,
    cell: ({ dayOn, slotFrom, slotTo }) => `${chineseDate(dayOn)} ${slotsLabel(slotFrom, slotTo)}`,
  },
  { title: '学校', cell: ({ schoolName }) => schoolName },
  { title: '场所', cell: ({ roomName }) => roomName },
  {
    title: '班级',
    cell: ({ classLabel, grade }) => classLabel ?? (grade === null ? '—' : gradeLabels[grade]),
  },
  { title: '用途', cell: (use) => purposeText(use) },
  { title: '教师', cell: ({ bookedByName }) => bookedByName ?? '—' },
  { title: '情况', cell: (use) => <UseState use={use} /> },
];

export const Page = (): ReactNode => {
  const { id, day, number, text, set } = useAddress();
  const held = text('held');
  const cancelled = text('cancelled') === 'true';
  const input = {
    schoolId: id('schoolId'),
    roomId: id('roomId'),
    from: day('from'),
    to: day('to'),
    kind: roomKinds.find((one) => one === text('kind')),
    purpose: purposes.find((one) => one === text('purpose')),
    held: held === 'true' ? true : held === 'false' ? false : undefined,
    required: text('required') === 'true' ? true : undefined,
    requiredSubject: subjects.find((one) => one === text('requiredSubject')),
    requiredGrade: number('requiredGrade'),
    cancelled,
  };
  const query = useInfiniteQuery(
    classroom.query.listRoomUses.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, limit: 30, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const [first] = query.data?.pages ?? [];
  return (
    <Frame title="使用记录" lead="新的在前。" back={{ to: '/rooms/term', label: '场所使用情况' }}>
      <Panel>
        <CheckField
          label="只看已取消的"
          checked={cancelled}
          onValue={(on) => set({ cancelled: on ? 'true' : '' })}
        />
        {query.isPending ? (
          <Loading />
        ) : query.isError ? (
          <Failure error={query.error} retry={() => void query.refetch()} />
        ) : (
          <>
            {first === undefined ? null : <p>共 {first.total} 次。</p>}
            <DataTable
              caption="使用记录"
              rows={query.data.pages.flatMap(({ rows }) => rows)}
              rowKey={({ id: rowId }) => rowId}
              columns={columns}
              empty={<Empty title="没有这样的记录。" />}
              more={
                query.hasNextPage
                  ? { load: () => void query.fetchNextPage(), busy: query.isFetchingNextPage }
                  : undefined
              }
            />
          </>
        )}
      </Panel>
    </Frame>
  );
};
