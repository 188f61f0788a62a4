import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { type Subject, subjectLabels, subjects } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { PersonForm } from './parts/person-form.tsx';

const toSubject = (text: string): Subject | undefined => subjects.find((one) => one === text);

export const Page = (): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const textOf = (name: string): string => {
    const value = search[name];
    return typeof value === 'string' ? value : '';
  };
  const [text, setText] = useState(textOf('text'));
  const [adding, setAdding] = useState(false);
  const schoolId = textOf('school');
  const subject = textOf('subject');
  const narrow = (change: Record<string, string>): void => {
    const next = { text, school: schoolId, subject, ...change };
    void navigate({
      to: '/people',
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')),
      replace: true,
    });
  };
  const searched = useDeferredValue(text.trim());
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const list = useInfiniteQuery(
    organisation.query.searchPeople.infiniteOptions({
      input: (cursor: string | undefined) => ({
        text: searched,
        schoolId: schoolId === '' ? undefined : schoolId,
        subject: toSubject(subject),
        cursor,
        limit: 50,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  return (
    <Frame
      title="人员"
      lead="按姓名、拼音、首字母或工号查找；点姓名看任职、荣誉和任教。"
      actions={
        me.duties.includes('system') ? (
          <Button variant="primary" onClick={() => setAdding(true)}>
            添加人员
          </Button>
        ) : undefined
      }
    >
      {adding ? <PersonForm onClose={() => setAdding(false)} /> : null}
      <Panel>
        <div className="filters">
          <TextField
            label="查找"
            type="search"
            value={text}
            onValue={setText}
            onBlur={() => narrow({})}
            placeholder="姓名、拼音、首字母、工号"
          />
          <SelectField
            label="学校"
            value={schoolId}
            onValue={(school) => narrow({ school })}
            none="全部学校"
            choices={(schools.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SelectField
            label="学科"
            value={subject}
            onValue={(next) => narrow({ subject: next })}
            none="全部学科"
            choices={subjects.map((one) => ({ value: one, label: subjectLabels[one] }))}
          />
        </div>
        <Loaded query={list}>
          {({ pages }) => (
            <DataTable
              caption="人员"
              rows={pages.flatMap((page) => page.rows)}
              rowKey={(row) => row.id}
              empty={
                <Empty title="没有找到这样的人。">
                  <p>可以只输入姓氏、拼音首字母，或放宽学校和学科。</p>
                </Empty>
              }
              more={
                list.hasNextPage
                  ? { load: () => void list.fetchNextPage(), busy: list.isFetchingNextPage }
                  : undefined
              }
              columns={[
                {
                  title: '姓名',
                  lead: true,
                  cell: (row) => <Link to={`/people/${row.id}`}>{row.name}</Link>,
                },
                {
                  title: '学校',
                  cell: (row) =>
                    row.schoolId === null ? (
                      '—'
                    ) : (
                      <Link to={`/schools/${row.schoolId}`}>{row.schoolName}</Link>
                    ),
                },
                {
                  title: '学科',
                  cell: (row) => row.subjects.map((one) => subjectLabels[one]).join('、') || '—',
                },
                { title: '任职', cell: (row) => row.posts.join('；') || '—' },
                { title: '工号', cell: (row) => row.staffNumber ?? '—' },
                { title: '电话', cell: (row) => row.phone ?? '—' },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </Frame>
  );
};
