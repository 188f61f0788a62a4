import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Badge, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { Aliases } from './parts/aliases.tsx';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { uploadRoster } from './parts/upload-roster.ts';

export const Page = (): ReactNode => {
  const query = useQuery(organisation.query.listRosterImports.queryOptions({ input: {} }));
  return (
    <Frame
      title="名册导入"
      lead="先看预览，再一次写入；预览之前什么都不会改。可用附件1、2、3的表，也可用教师名单（姓名、工号、学校、年级、学科、电话、职务）。职务写校长、教学副校长、教务主任或学科长，就一并任命。"
    >
      <Bring />
      <Panel title="导入记录">
        <Loaded query={query}>
          {({ rows }) => (
            <DataTable
              caption="导入记录"
              rows={rows}
              rowKey={({ id }) => id}
              empty={<Empty title="还没有导入过名册。" />}
              columns={[
                {
                  title: '名册',
                  lead: true,
                  cell: (row) => <Link to={`/roster/${row.id}`}>{row.title}</Link>,
                },
                {
                  title: '状态',
                  cell: (row) =>
                    row.appliedAt === null ? (
                      <Badge tone="warn">待导入</Badge>
                    ) : row.questions > 0 ? (
                      <Badge tone="warn">{row.questions} 个问题待决定</Badge>
                    ) : (
                      <Badge tone="good">已导入</Badge>
                    ),
                },
                {
                  title: '已写入',
                  cell: (row) =>
                    row.applied === null ? '—' : `新增 ${row.applied.new}，变更 ${row.applied.changed}`,
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
      <Aliases />
    </Frame>
  );
};

const Bring = (): ReactNode => {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const bring = async (content: Blob, name: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const answer = await uploadRoster(content, name);
    setBusy(false);
    if ('importId' in answer) await navigate({ to: `/roster/${answer.importId}` });
    else setProblem(answer.message);
  };
  return (
    <Panel title="上传或粘贴">
      <div className="org-form">
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label="名册文件"
          accept=".xlsx,.docx,.csv,.tsv,.txt"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void bring(file, file.name);
          }}
        />
        <Button variant="primary" busy={busy} onClick={() => input.current?.click()}>
          选择文件（xlsx、docx、csv、txt）
        </Button>
        <TextArea
          label="或把表格粘贴到这里"
          value={text}
          onValue={setText}
          rows={5}
          hint="从 Word、Excel 里连同表头一起复制。"
        />
        <Button
          busy={busy}
          disabled={text.trim() === ''}
          onClick={() => void bring(new Blob([text]), '粘贴的名单')}
        >
          看预览
        </Button>
        {problem === null ? null : (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    </Panel>
  );
};
