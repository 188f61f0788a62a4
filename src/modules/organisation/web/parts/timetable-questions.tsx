import type { InferContractRouterOutputs } from '@orpc/contract';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { timetableImportContract } from '../../timetable-import/contract.ts';
import { subjectLabels, subjects } from '../../vocabulary/contract.ts';
import { organisation } from './api.ts';

type Import = InferContractRouterOutputs<typeof timetableImportContract>['getTimetableImport'];
type Question = Import['questions'][number];

/** Questions of a timetable's preview; each answer is one choice. */
export const TimetableQuestions = ({ found }: { found: Import }): ReactNode => {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const decide = useAction(organisation.client.decideTimetable, {
    done: '已按您的决定重新预览。',
    onDone: () => setAnswers({}),
  });
  const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''));
  return (
    <Panel title="待决定的问题" lead="没有决定的先不导入，也不会丢；决定之后点“按决定重新预览”。">
      {found.questions.map((question) => (
        <div key={question.key} className="roster-question">
          <p>{question.text}</p>
          <p className="muted small">出处：{question.cell}</p>
          <SelectField
            label="决定"
            aria-label={`决定：${question.text}`}
            value={answers[question.key] ?? ''}
            onValue={(value) => setAnswers({ ...answers, [question.key]: value })}
            none="还没有决定"
            choices={choicesFor(question, found)}
          />
        </div>
      ))}
      <Problem error={decide.error} />
      <Button
        variant="primary"
        busy={decide.isPending}
        disabled={Object.keys(given).length === 0}
        onClick={() =>
          decide.mutate({
            importId: found.id,
            version: found.version,
            decisions: { ...found.decisions, ...given },
            complete: found.complete,
          })
        }
      >
        按决定重新预览
      </Button>
    </Panel>
  );
};

const choicesFor = ({ choices, also }: Question, { teachers }: Import) => {
  const known = new Set(choices.map(({ value }) => value));
  const more = also === 'teachers' ? teachers : also === 'subjects' ? choicesOf(subjects, subjectLabels) : [];
  return [...choices, ...more.filter(({ value }) => !known.has(value))];
};
