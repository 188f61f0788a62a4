import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import {
  gradeLabels,
  grades,
  type Subject,
  subjectLabels,
  subjects,
} from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, Segments, SelectField, TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { RequiredExperiment } from '../experiment/contract.ts';
import {
  type ExperimentMode,
  experimentModeLabels,
  experimentModes,
} from '../room-use/vocabulary/contract.ts';
import { classroom } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';

const experimental: readonly Subject[] = [
  'science',
  'physics',
  'chemistry',
  'biology',
  'information-technology',
];

export const Page = (): ReactNode => {
  const { text, set } = useAddress();
  const query = useQuery(classroom.query.listRequiredExperiments.queryOptions({ input: {} }));
  const [editing, setEditing] = useState<string | null>(null);
  const subject = subjects.find((one) => one === text('subject'));
  const columns: Column<RequiredExperiment>[] = [
    { title: '实验', lead: true, cell: ({ name }) => name },
    { title: '年级', cell: ({ grade }) => gradeLabels[grade] },
    { title: '学科', cell: (row) => subjectLabels[row.subject] },
    { title: '方式', cell: ({ mode }) => experimentModeLabels[mode] },
  ];
  return (
    <Frame
      title="应开实验表"
      lead="按学科和年级，区里统一维护。预约实验室时从这里选，开出率按这里算。"
      back={{ to: '/rooms', label: '场所使用' }}
    >
      <Loaded query={query}>
        {({ rows, may }) => (
          <>
            {may.edit ? <NewExperiment /> : null}
            <Panel>
              <SelectField
                label="学科"
                value={subject ?? ''}
                none="全部"
                choices={choicesOf(
                  subjects.filter((one) => rows.some((row) => row.subject === one)),
                  subjectLabels,
                )}
                onValue={(value) => set({ subject: value })}
              />
              <DataTable
                caption="应开实验"
                rows={rows.filter((row) => subject === undefined || row.subject === subject)}
                rowKey={({ id }) => id}
                empty={
                  <Empty title="应开实验表还是空的。">
                    <p>{may.edit ? '按课程标准逐项加入。' : '由教研室加入。'}</p>
                  </Empty>
                }
                columns={
                  may.edit
                    ? [
                        ...columns,
                        {
                          title: '操作',
                          cell: ({ id, name }) => (
                            <Button size="small" aria-label={`修改${name}`} onClick={() => setEditing(id)}>
                              修改
                            </Button>
                          ),
                        },
                      ]
                    : columns
                }
              />
            </Panel>
            {rows
              .filter(({ id }) => id === editing)
              .map((row) => (
                <EditExperiment key={row.id} experiment={row} onClose={() => setEditing(null)} />
              ))}
          </>
        )}
      </Loaded>
    </Frame>
  );
};

const NewExperiment = (): ReactNode => {
  const [subject, setSubject] = useState<Subject>('science');
  const [grade, setGrade] = useState('3');
  const [mode, setMode] = useState<ExperimentMode>('group');
  const [name, setName] = useState('');
  const add = useAction(classroom.client.addRequiredExperiment, {
    done: '已加入',
    onDone: () => setName(''),
  });
  return (
    <Panel title="加一项">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') add.mutate({ subject, grade: Number(grade), mode, name: name.trim() });
        }}
      >
        <div className="fields">
          <SelectField
            label="学科"
            value={subject}
            choices={choicesOf(experimental, subjectLabels)}
            onValue={(value) => setSubject(subjects.find((one) => one === value) ?? 'science')}
          />
          <SelectField
            label="年级"
            value={grade}
            choices={grades.map((one) => ({ value: String(one), label: gradeLabels[one] ?? '' }))}
            onValue={setGrade}
          />
          <TextField label="实验名称" maxLength={60} value={name} onValue={setName} />
        </div>
        <Segments
          label="方式"
          value={mode}
          choices={choicesOf(experimentModes, experimentModeLabels)}
          onValue={setMode}
        />
        <Problem error={add.error} />
        <div className="row">
          <Button type="submit" variant="primary" busy={add.isPending} disabled={name.trim() === ''}>
            加入
          </Button>
        </div>
      </form>
    </Panel>
  );
};

const EditExperiment = ({
  experiment,
  onClose,
}: {
  experiment: RequiredExperiment;
  onClose: () => void;
}): ReactNode => {
  const { id, version } = experiment;
  const [name, setName] = useState(experiment.name);
  const [mode, setMode] = useState<ExperimentMode>(experiment.mode);
  const edit = useAction(classroom.client.editRequiredExperiment, { done: '已修改', onDone: onClose });
  const end = useAction(classroom.client.endRequiredExperiment, { done: '已停止要求', onDone: onClose });
  return (
    <Dialog title="修改实验" onClose={onClose}>
      <TextField label="实验名称" maxLength={60} value={name} onValue={setName} />
      <Segments
        label="方式"
        value={mode}
        choices={choicesOf(experimentModes, experimentModeLabels)}
        onValue={setMode}
      />
      <ChangedElsewhere version={version} opens="/experiments" />
      <Problem error={edit.error ?? end.error} />
      <div className="row">
        <Button
          variant="primary"
          busy={edit.isPending}
          disabled={name.trim() === ''}
          onClick={() => edit.mutate({ id, version, name: name.trim(), mode })}
        >
          保存
        </Button>
        <Button variant="danger" busy={end.isPending} onClick={() => end.mutate({ id, version })}>
          今后不再要求
        </Button>
      </div>
    </Dialog>
  );
};
