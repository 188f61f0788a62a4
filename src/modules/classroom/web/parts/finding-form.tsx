import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { choicesOf, Segments, SelectField, TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { NewFinding } from '../../finding/contract.ts';
import {
  type FindingKind,
  findingKindLabels,
  findingKinds,
  findingTypeLabels,
  findingTypes,
} from '../../finding/vocabulary/contract.ts';
import { classroom } from './api.ts';
import { useFindingAddress } from './finding-address.ts';
import { HandOverFields, toHandOver } from './finding-hand-over.tsx';
import { FindingRepeats } from './finding-repeats.tsx';

interface Start {
  readonly kinds: readonly {
    readonly kind: FindingKind;
    readonly schools: readonly { readonly id: string; readonly name: string }[];
    readonly mayHandOver: boolean;
  }[];
  readonly deadlineOn: string;
  readonly answerDays: number;
}

const draft = z.object({
  kind: z.enum(findingKinds),
  schoolId: z.string(),
  subject: z.enum(subjects).or(z.literal('')),
  grade: z.string(),
  place: z.string(),
  type: z.enum(findingTypes).nullable(),
  description: z.string(),
  advice: z.string(),
  repeatsId: z.string(),
  responsible: z.string(),
  checkerId: z.string(),
  deadlineOn: z.string(),
});
type Draft = z.infer<typeof draft>;

const parse = (stored: unknown): Draft | null => draft.safeParse(stored).data ?? null;

const blank = (start: Start, schoolId: string | undefined, wanted: FindingKind | undefined): Draft => {
  const kind = (start.kinds.find((one) => one.kind === wanted) ?? start.kinds[0])?.kind ?? 'school';
  return {
    kind,
    ...schoolFor(start, kind, schoolId),
    subject: '',
    grade: '',
    place: '',
    type: null,
    description: '',
    advice: '',
    checkerId: '',
    deadlineOn: start.deadlineOn,
  };
};

/** A kind with one school needs no choice; whoever is responsible and what it repeats belong to the school. */
const schoolFor = ({ kinds }: Start, kind: FindingKind, wanted?: string) => {
  const schools = kinds.find((one) => one.kind === kind)?.schools ?? [];
  const [only] = schools.length === 1 ? schools : schools.filter(({ id }) => id === wanted);
  return {
    schoolId: only?.id ?? '',
    responsible: kind === 'district' ? 'post:principal' : '',
    repeatsId: '',
  };
};

export const FindingForm = ({ start }: { start: Start }): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const { filter } = useFindingAddress();
  const source = filter.source ?? 'other';
  const key = `finding:${me.accountId}:${filter.sourceId ?? 'new'}`;
  const { value, set, clear, restored } = useDraft(key, blank(start, filter.schoolId, filter.kind), parse);
  const here = start.kinds.find(({ kind }) => kind === value.kind);
  const register = useAction(classroom.client.registerFinding, {
    done: here?.mayHandOver === true ? '已交办' : '已记下，等待登记',
    onDone: ({ id }) => {
      clear();
      if (source === 'research-visit' && filter.sourceId !== undefined)
        void navigate({ to: `/research-visits/${filter.sourceId}`, replace: true });
      else void navigate({ to: '/findings/$findingId', params: { findingId: id }, replace: true });
    },
  });
  const input = toInput(value, {
    source,
    sourceId: filter.sourceId ?? null,
    gives: here?.mayHandOver === true,
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (input !== null) register.mutate(input);
      }}
    >
      {restored ? <p className="notice">已恢复您上次没有提交的内容。</p> : null}
      <Panel>
        {start.kinds.length > 1 ? (
          <Segments
            label="哪一类"
            value={value.kind}
            choices={start.kinds.map(({ kind }) => ({ value: kind, label: findingKindLabels[kind] }))}
            onValue={(kind) => set({ ...value, kind, ...schoolFor(start, kind), checkerId: '' })}
          />
        ) : null}
        {here?.schools.length === 1 ? (
          <p>{here.schools[0]?.name}</p>
        ) : (
          <SelectField
            label="学校"
            required
            none="请选择"
            value={value.schoolId}
            choices={(here?.schools ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onValue={(schoolId) => set({ ...value, schoolId, repeatsId: '' })}
          />
        )}
        <Segments
          label="问题类型"
          value={value.type}
          choices={choicesOf(findingTypes, findingTypeLabels)}
          onValue={(type) => set({ ...value, type, repeatsId: '' })}
        />
        <TextArea
          label="发现了什么问题"
          required
          maxLength={1000}
          value={value.description}
          hint={
            value.kind === 'district'
              ? '写事实和地点，不写教师姓名，也不写学生姓名。'
              : '写事实和地点，不写学生姓名。'
          }
          onValue={(description) => set({ ...value, description })}
        />
        <TextArea
          label="建议怎么改"
          maxLength={1000}
          value={value.advice}
          onValue={(advice) => set({ ...value, advice })}
        />
        <Where value={value} onValue={set} />
        {value.type === null || value.schoolId === '' ? null : (
          <FindingRepeats
            kind={value.kind}
            schoolId={value.schoolId}
            type={value.type}
            subject={value.subject === '' ? undefined : value.subject}
            value={value.repeatsId}
            onValue={(repeatsId) => set({ ...value, repeatsId })}
          />
        )}
      </Panel>
      {here?.mayHandOver === true && value.schoolId !== '' ? (
        <Panel
          title="交办"
          lead={
            value.kind === 'district'
              ? `交办后学校先看到，有 ${start.answerDays} 天可以说明；学校认领或期满以后才计入区级统计。`
              : undefined
          }
        >
          <HandOverFields
            kind={value.kind}
            schoolId={value.schoolId}
            value={value}
            onValue={(next) => set({ ...value, ...next })}
          />
        </Panel>
      ) : null}
      <Problem error={register.error} />
      <Button
        type="submit"
        variant="primary"
        size="large"
        busy={register.isPending}
        disabled={input === null}
      >
        {here?.mayHandOver === true ? '登记并交办' : '记下这个问题'}
      </Button>
    </form>
  );
};

const Where = ({ value, onValue }: { value: Draft; onValue: (value: Draft) => void }): ReactNode => (
  <details>
    <summary>学科、年级、地点（可不填）</summary>
    <div className="fields">
      <SelectField
        label="学科"
        none="不限"
        value={value.subject}
        choices={choicesOf(subjects, subjectLabels)}
        onValue={(chosen) => onValue({ ...value, subject: subjects.find((one) => one === chosen) ?? '' })}
      />
      <SelectField
        label="年级"
        none="不限"
        value={value.grade}
        choices={grades.map((grade) => ({ value: String(grade), label: gradeLabels[grade] ?? '' }))}
        onValue={(grade) => onValue({ ...value, grade })}
      />
      <TextField
        label="地点"
        maxLength={60}
        value={value.place}
        onValue={(place) => onValue({ ...value, place })}
      />
    </div>
  </details>
);

/** Null while something is missing. */
const toInput = (
  value: Draft,
  { source, sourceId, gives }: Pick<NewFinding, 'source' | 'sourceId'> & { gives: boolean },
): NewFinding | null => {
  const handOver = gives ? toHandOver(value) : null;
  if (value.type === null || value.schoolId === '' || value.description.trim() === '') return null;
  if (gives && handOver === null) return null;
  return {
    kind: value.kind,
    source,
    sourceId,
    schoolId: value.schoolId,
    subject: value.subject === '' ? null : value.subject,
    grade: value.grade === '' ? null : Number(value.grade),
    place: value.place,
    type: value.type,
    description: value.description,
    advice: value.advice,
    repeatsId: value.repeatsId === '' ? null : value.repeatsId,
    handOver,
  };
};
