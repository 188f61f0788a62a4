import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { z } from 'zod';
import {
  type Stage,
  stageLabels,
  stages,
  subjectLabels,
  subjects,
} from '#modules/organisation/vocabulary/contract.ts';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { CheckField, choicesOf, DayField, Segments, SelectField, TextArea } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import type { VisitPlan } from '../../research-visit/contract.ts';
import { classroom } from './api.ts';

const draft = z.object({
  schoolId: z.string(),
  stage: z.enum(stages).nullable(),
  dayOn: z.string(),
  subject: z.enum(subjects).or(z.literal('')),
  focus: z.string(),
  announced: z.boolean(),
  team: z.array(z.string()),
});
export type VisitDraft = z.infer<typeof draft>;

const parse = (stored: unknown): VisitDraft | null => draft.safeParse(stored).data ?? null;

interface FormProps {
  /** Names what is typed on this device until it is saved. */
  readonly draftKey: string;
  readonly initial: VisitDraft;
  readonly label: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSave: (plan: VisitPlan, forget: () => void) => void;
}

/** Day, school, people, the whole school or one subject, and what to look at. */
export const VisitForm = ({ draftKey, initial, label, busy, error, onSave }: FormProps): ReactNode => {
  const me = useMe();
  const { value, set, clear } = useDraft(`visit:${me.accountId}:${draftKey}`, initial, parse);
  const query = useQuery({ ...classroom.query.startVisit.queryOptions({ input: {} }), staleTime: 60_000 });
  const plan = toPlan(value);
  return (
    <Loaded query={query}>
      {({ schools, people }) => {
        const stagesHere = schools.find(({ id }) => id === value.schoolId)?.stages ?? [];
        return (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (plan !== null) onSave(plan, clear);
            }}
          >
            <Panel>
              <SelectField
                label="学校"
                required
                none="请选择"
                value={value.schoolId}
                choices={schools.map(({ id, name }) => ({ value: id, label: name }))}
                onValue={(schoolId) =>
                  set({ ...value, schoolId, stage: stageFor(schools, schoolId, value.stage) })
                }
              />
              {stagesHere.length > 1 ? (
                <Segments
                  label="学段"
                  value={value.stage}
                  choices={stagesHere.map((stage) => ({ value: stage, label: stageLabels[stage] }))}
                  onValue={(stage) => set({ ...value, stage })}
                />
              ) : null}
              <DayField
                label="巡研日期"
                required
                value={value.dayOn}
                onValue={(dayOn) => set({ ...value, dayOn })}
              />
              <SelectField
                label="范围"
                none="全校"
                value={value.subject}
                choices={choicesOf(subjects, subjectLabels)}
                onValue={(chosen) => set({ ...value, subject: subjects.find((one) => one === chosen) ?? '' })}
              />
              <Team people={people} value={value.team} onValue={(team) => set({ ...value, team })} />
              <TextArea
                label="重点看什么"
                maxLength={500}
                value={value.focus}
                onValue={(focus) => set({ ...value, focus })}
              />
              <CheckField
                label="提前告知学校"
                checked={value.announced}
                onValue={(announced) => set({ ...value, announced })}
              />
            </Panel>
            <Problem error={error} />
            <Button type="submit" variant="primary" size="large" busy={busy} disabled={plan === null}>
              {label}
            </Button>
          </form>
        );
      }}
    </Loaded>
  );
};

const stageFor = (
  schools: readonly { readonly id: string; readonly stages: readonly Stage[] }[],
  schoolId: string,
  before: Stage | null,
): Stage | null => {
  const here = schools.find(({ id }) => id === schoolId)?.stages ?? [];
  return here.find((stage) => stage === before) ?? (here.length === 1 ? (here[0] ?? null) : null);
};

const toPlan = ({ stage, subject, ...value }: VisitDraft): VisitPlan | null =>
  stage === null || value.schoolId === '' || value.dayOn === '' || value.team.length === 0
    ? null
    : { ...value, stage, subject: subject === '' ? null : subject };

const Team = ({
  people,
  value,
  onValue,
}: {
  people: readonly { readonly id: string; readonly name: string; readonly initials: string }[];
  value: readonly string[];
  onValue: (team: string[]) => void;
}): ReactNode => (
  <div className="stack">
    <SelectField
      label="巡研人员"
      required={value.length === 0}
      none={value.length === 0 ? '请选择' : '再加一位'}
      value=""
      choices={people
        .filter(({ id }) => !value.includes(id))
        .map(({ id, name, initials }) => ({ value: id, label: `${name}（${initials}）` }))}
      onValue={(id) => onValue([...value, id])}
    />
    <div className="row">
      {value.map((id) => {
        const name = people.find((one) => one.id === id)?.name ?? '';
        return (
          <Button
            key={id}
            size="small"
            aria-label={`去掉${name}`}
            onClick={() => onValue(value.filter((one) => one !== id))}
          >
            {name} ✕
          </Button>
        );
      })}
    </div>
  </div>
);
