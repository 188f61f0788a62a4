import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Loading } from '#web/ui/states.tsx';
import { organisation } from './parts/api.ts';
import { BringFile } from './parts/bring-file.tsx';
import { useKeptSchools } from './parts/kept-schools.ts';
import './organisation.css';
import { uploadTimetable } from './parts/upload.ts';

export const Page = (): ReactNode => {
  const navigate = useNavigate();
  const schools = useKeptSchools();
  const terms = useQuery(organisation.query.listTerms.queryOptions({ input: {} }));
  const [chosenSchool, setChosenSchool] = useState('');
  const [chosenTerm, setChosenTerm] = useState('');
  const [first] = schools;
  const schoolId = chosenSchool === '' ? (first?.id ?? '') : chosenSchool;
  const current =
    terms.data?.rows.find(({ startsOn }) => startsOn <= (terms.data?.asOf ?? '')) ?? terms.data?.rows[0];
  const termId = chosenTerm === '' ? (current?.id ?? '') : chosenTerm;
  return (
    <Frame
      title="课表导入"
      lead="班级课表、教师课表、总课表，或者班级、星期、节次、学科、教师五列的清单，都可以。先看预览，再一次写入；预览之前什么都不会改。"
      actions={<ButtonLink to="/substitutions">代课和调课</ButtonLink>}
    >
      {schoolId === '' || termId === '' ? (
        <Loading />
      ) : (
        <>
          <BringFile
            fileLabel="课表文件"
            pastedName="粘贴的课表"
            bring={async (content, name) => {
              const answer = await uploadTimetable(content, { school: schoolId, term: termId, name });
              if (!('importId' in answer)) return answer.message;
              await navigate({ to: `/timetable/${answer.importId}` });
              return null;
            }}
          >
            <div className="filters">
              <SelectField
                label="学校"
                value={schoolId}
                onValue={setChosenSchool}
                choices={schools.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <SelectField
                label="学期"
                value={termId}
                onValue={setChosenTerm}
                choices={(terms.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              />
            </div>
          </BringFile>
          <Records schoolId={schoolId} />
        </>
      )}
    </Frame>
  );
};

const Records = ({ schoolId }: { schoolId: string }): ReactNode => {
  const query = useQuery(organisation.query.listTimetableImports.queryOptions({ input: { schoolId } }));
  return (
    <Panel title="导入记录">
      <Loaded query={query}>
        {({ rows }) => (
          <DataTable
            caption="课表导入记录"
            rows={rows}
            rowKey={({ id }) => id}
            empty={<Empty title="这所学校还没有导入过课表。" />}
            columns={[
              {
                title: '课表',
                lead: true,
                cell: (row) => <Link to={`/timetable/${row.id}`}>{row.title}</Link>,
              },
              { title: '学期', cell: (row) => row.termName },
              {
                title: '状态',
                cell: (row) =>
                  row.appliedAt === null ? (
                    <Badge tone="warn">待导入</Badge>
                  ) : (
                    <Badge tone="good">已导入</Badge>
                  ),
              },
              {
                title: '已写入',
                cell: (row) =>
                  row.applied === null
                    ? '—'
                    : `新增 ${row.applied.new}，变更 ${row.applied.changed}，去掉 ${row.applied.removed}`,
              },
              {
                title: '上传',
                cell: (row) => `${row.broughtBy}，${chineseDate(chinaDay(new Date(row.broughtAt)))}`,
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
};
