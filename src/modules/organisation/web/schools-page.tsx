import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded } from '#web/ui/states.tsx';
import { schoolKindLabels, stageLabels, stages } from '../vocabulary/contract.ts';
import { organisation } from './parts/api.ts';
import './organisation.css';
import { SchoolForm } from './parts/school-form.tsx';

export const Page = (): ReactNode => {
  const me = useMe();
  const [text, setText] = useState('');
  const [stage, setStage] = useState('');
  const [adding, setAdding] = useState(false);
  const query = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  return (
    <Frame
      title="学校"
      lead="中心校下的校区和教学点排在中心校之后。"
      actions={
        me.duties.includes('system') ? (
          <Button variant="primary" onClick={() => setAdding(true)}>
            添加学校
          </Button>
        ) : undefined
      }
    >
      {adding ? <SchoolForm onClose={() => setAdding(false)} /> : null}
      <Panel>
        <div className="filters">
          <TextField label="查找" type="search" value={text} onValue={setText} placeholder="校名" />
          <SelectField
            label="学段"
            value={stage}
            onValue={setStage}
            none="全部学段"
            choices={stages.map((one) => ({ value: one, label: stageLabels[one] }))}
          />
        </div>
        <Loaded query={query}>
          {({ rows }) => (
            <DataTable
              caption="学校"
              rows={rows.filter(
                (row) =>
                  row.name.includes(text.trim()) && (stage === '' || row.stages.some((one) => one === stage)),
              )}
              rowKey={({ id }) => id}
              empty={
                <Empty title="没有找到这样的学校。">
                  <p>可以只输入校名的一部分。</p>
                </Empty>
              }
              columns={[
                {
                  title: '学校',
                  lead: true,
                  cell: (row) => <Link to={`/schools/${row.id}`}>{row.name}</Link>,
                },
                { title: '学段', cell: (row) => row.stages.map((one) => stageLabels[one]).join('、') },
                { title: '类型', cell: (row) => schoolKindLabels[row.kind] },
                {
                  title: '上级单位',
                  cell: (row) => rows.find(({ id }) => id === row.parentId)?.name ?? '—',
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </Frame>
  );
};
