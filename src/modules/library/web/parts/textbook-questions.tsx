import type { InferContractRouterOutputs } from '@orpc/contract';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { textbookImportContract } from '../../textbook-import/contract.ts';
import { library } from './api.ts';

type Import = InferContractRouterOutputs<typeof textbookImportContract>['getTextbookImport'];

/** Questions of a preview of textbooks; each answer is one choice. */
export const TextbookQuestions = ({ found }: { found: Import }): ReactNode => {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const decide = useAction(library.client.decideTextbooks, {
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
            choices={question.choices}
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
          })
        }
      >
        按决定重新预览
      </Button>
    </Panel>
  );
};
