import type { InferContractRouterOutputs } from '@orpc/contract';
import type { ReactNode } from 'react';
import { type Subject, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { competencyContract } from '../../competency/contract.ts';
import { namesText, readNames } from '../../competency/rules.ts';
import { library } from './api.ts';

type Listed = InferContractRouterOutputs<typeof competencyContract>['listCompetencies'];

interface Typed {
  readonly subject: string;
  readonly year: string;
  readonly title: string;
  readonly competencies: string;
  readonly primary: string;
  readonly junior: string;
}

const isTyped = (value: unknown): value is Typed =>
  typeof value === 'object' &&
  value !== null &&
  ['subject', 'year', 'title', 'competencies', 'primary', 'junior'].every(
    (name) => typeof Object.entries(value).find(([key]) => key === name)?.[1] === 'string',
  );

interface CompetencyDialogProps extends Listed {
  readonly onClose: () => void;
}

/** Another version of a subject's list, begun from the one in force. */
export const CompetencyDialog = ({ standards, mayAddFor, onClose }: CompetencyDialogProps): ReactNode => {
  const me = useMe();
  const startFrom = (subject: Subject | undefined): Typed => {
    const latest = standards.find((one) => one.subject === subject);
    const manifestations = latest?.manifestations ?? [];
    const year = todayHere().slice(0, 4);
    return {
      subject: subject ?? '',
      year,
      title: subject === undefined ? '' : `义务教育${subjectLabels[subject]}课程标准（${year}年版）`,
      competencies: namesText(latest?.competencies ?? []),
      primary: namesText(manifestations.filter(({ stage }) => stage === 'primary')),
      junior: namesText(manifestations.filter(({ stage }) => stage === 'junior')),
    };
  };
  const own = mayAddFor.find((one) => me.appointments.some(({ subject }) => subject === one));
  const draft = useDraft<Typed>(`competencies:${me.accountId}`, startFrom(own ?? mayAddFor[0]), (stored) =>
    isTyped(stored) ? stored : null,
  );
  const form = draft.value;
  const change = (next: Partial<Typed>): void => draft.set({ ...form, ...next });
  const add = useAction(library.client.addCompetencyStandard, {
    done: '已登记。',
    onDone: () => {
      draft.clear();
      onClose();
    },
  });
  const chosen = mayAddFor.find((one) => one === form.subject);
  const competencies = readNames(form.competencies);
  const ready =
    chosen !== undefined &&
    /^(?:19|20)\d{2}$/.test(form.year) &&
    form.title.trim() !== '' &&
    competencies.length > 0;
  return (
    <Dialog title="登记核心素养的新版本" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready || chosen === undefined) return;
          add.mutate({
            subject: chosen,
            year: Number(form.year),
            title: form.title.trim(),
            competencies,
            manifestations: [
              ...readNames(form.primary).map((one) => ({ ...one, stage: 'primary' as const })),
              ...readNames(form.junior).map((one) => ({ ...one, stage: 'junior' as const })),
            ],
          });
        }}
      >
        <p>已登记的版本不改也不删。换学科会按它现在的版本重新填好。</p>
        <SelectField
          label="学科"
          value={form.subject}
          onValue={(value) => draft.set(startFrom(mayAddFor.find((one) => one === value)))}
          choices={mayAddFor.map((one) => ({ value: one, label: subjectLabels[one] }))}
        />
        <TextField
          label="课程标准的年份"
          value={form.year}
          onValue={(year) => change({ year })}
          inputMode="numeric"
          maxLength={4}
          required
        />
        <TextField
          label="课程标准名称"
          value={form.title}
          onValue={(title) => change({ title })}
          maxLength={80}
          required
        />
        <TextArea
          label="核心素养"
          value={form.competencies}
          onValue={(text) => change({ competencies: text })}
          rows={5}
          required
          hint="一行一个；别名写在括号里，用顿号分开。"
        />
        <TextArea
          label="小学的表现"
          value={form.primary}
          onValue={(primary) => change({ primary })}
          hint="课标按学段另列表现的才填，例如数学。"
        />
        <TextArea label="初中的表现" value={form.junior} onValue={(junior) => change({ junior })} />
        <Problem error={add.error} />
        <Button type="submit" variant="primary" busy={add.isPending} disabled={!ready}>
          登记
        </Button>
      </form>
    </Dialog>
  );
};
