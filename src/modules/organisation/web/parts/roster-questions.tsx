import type { InferContractRouterOutputs } from '@orpc/contract';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { RosterDecision } from '../../roster/contract.ts';
import type { rosterImportContract } from '../../roster-import/contract.ts';
import { organisation } from './api.ts';

export type RosterState = InferContractRouterOutputs<typeof rosterImportContract>['getRosterImport'];
type Question = RosterState['questions'][number];

/** Open questions of a roster: answer those that a choice settles; the others say what to do in the file. */
export const RosterQuestions = ({ roster }: { roster: RosterState }): ReactNode => {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const schools = useQuery(organisation.query.listSchools.queryOptions({ input: {} }));
  const decide = useAction(organisation.client.decideRoster, {
    done: '已按您的决定重新预览。',
    onDone: () => setAnswers({}),
  });
  const names = (schools.data?.rows ?? []).map(({ name }) => name);
  const decisions = roster.questions.flatMap((question) =>
    decisionsFor(question, answers[keyOf(question)] ?? ''),
  );
  return (
    <Panel title="待决定的问题" lead="没有决定的先不导入，也不会丢；决定之后点“按决定重新预览”。">
      {roster.questions.map((question) => (
        <div key={keyOf(question)} className="roster-question">
          <p>{question.text}</p>
          <p className="muted small">出处：{question.cell}</p>
          <Answer
            question={question}
            names={names}
            value={answers[keyOf(question)] ?? ''}
            onValue={(value) => setAnswers({ ...answers, [keyOf(question)]: value })}
          />
        </div>
      ))}
      {roster.moreQuestions === 0 ? null : <p>另有 {roster.moreQuestions} 个问题没有列出。</p>}
      <Problem error={decide.error} />
      <Button
        variant="primary"
        busy={decide.isPending}
        disabled={decisions.length === 0}
        onClick={() =>
          decide.mutate({
            importId: roster.id,
            version: roster.version,
            decisions: [...roster.decisions, ...decisions],
          })
        }
      >
        按决定重新预览
      </Button>
    </Panel>
  );
};

const keyOf = ({ kind, cell, text }: Question): string => `${kind} ${cell} ${text}`;

const newPeople = 'new';
const samePerson = 'same';
const village = 'village:';

interface AnswerProps {
  readonly question: Question;
  readonly names: readonly string[];
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const Answer = ({ question, names, value, onValue }: AnswerProps): ReactNode => {
  if (question.person !== undefined)
    return (
      <SelectField
        label={`“${question.person.name}”是`}
        value={value}
        onValue={onValue}
        none="还没有决定"
        choices={[
          ...(question.person.cells.length > 1
            ? [
                { value: samePerson, label: '同一个人，新建' },
                { value: newPeople, label: '不同的人，各新建一个' },
              ]
            : [{ value: newPeople, label: '另一个人，新建' }]),
          ...question.choices.map((choice) => ({ ...choice, label: `就是已有的${choice.label}` })),
        ]}
      />
    );
  if (question.alias === undefined) return null;
  const near = question.choices.map((choice) => choice.value);
  const isVillage = question.kind === 'unknown-parent';
  const centres = [...near, ...names.filter((name) => name.includes('中心校') && !near.includes(name))];
  return (
    <SelectField
      label={`“${question.alias.text}”是`}
      value={value}
      onValue={onValue}
      none="还没有决定"
      choices={[
        ...(isVillage
          ? centres.map((parent) => ({ value: village + parent, label: `${parent}的村小，新建为教学点` }))
          : []),
        ...[...near, ...names.filter((name) => !near.includes(name))].map((name) => ({
          value: name,
          label: `就是${name}`,
        })),
      ]}
    />
  );
};

/** A choice as the decisions the plan understands; none while nothing is chosen. */
const decisionsFor = ({ alias, person }: Question, value: string): RosterDecision[] => {
  if (value === '') return [];
  if (person !== undefined) {
    const { name, cells } = person;
    const [first = ''] = cells;
    return cells.map((cell) => ({
      about: 'person',
      name,
      cell,
      is:
        value === newPeople || (value === samePerson && cell === first)
          ? 'new'
          : value === samePerson
            ? { cell: first }
            : { id: value },
    }));
  }
  if (alias === undefined) return [];
  const { text, stage } = alias;
  if (!value.startsWith(village)) return [{ about: 'alias', alias: text, stage, school: value }];
  return [
    {
      about: 'new-school',
      name: text.endsWith('小学') ? text : `${text}小学`,
      alias: text,
      stage: stage ?? 'primary',
      kind: 'teaching-point',
      parent: value.slice(village.length),
    },
  ];
};
