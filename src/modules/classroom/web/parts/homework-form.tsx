import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Subject, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { detailsOf } from '#web/rpc.ts';
import { Button, linkTo } from '#web/ui/button.tsx';
import { CheckField, choicesOf, SelectField, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { HomeworkItem, HomeworkLimit } from '../../homework-check/contract.ts';
import { itemsOf, judgeHomework, type TypedRow } from '../../homework-check/rules.ts';
import type { HomeworkKind } from '../../homework-check/vocabulary/contract.ts';
import { classroom } from './api.ts';

interface HomeworkFormProps {
  readonly classId: string;
  readonly dayOn: string;
  readonly kind: HomeworkKind;
  readonly grade: number;
  readonly limit: HomeworkLimit | null;
  readonly taught: readonly Subject[];
  readonly kept: {
    readonly version: number;
    readonly items: readonly HomeworkItem[];
    readonly savedByName: string;
  } | null;
}

/** Usual carriers of written homework come first; the rest is added by name. */
const usual: readonly Subject[] = ['chinese', 'mathematics', 'english', 'physics', 'chemistry'];

const itemText = ({ subject, minutes, takeHome }: HomeworkItem): string =>
  `${subjectLabels[subject]} ${minutes} 分钟${takeHome ? '（带回家）' : ''}`;

/** What somebody else saved in the meantime, as the refusal says it. */
const newerIn = (error: unknown): { version: number } | null => {
  const details = detailsOf(error);
  return typeof details === 'object' &&
    details !== null &&
    'version' in details &&
    typeof details.version === 'number'
    ? { version: details.version }
    : null;
};

export const HomeworkForm = (props: HomeworkFormProps): ReactNode => {
  const { classId, dayOn, kind, grade, limit, taught, kept } = props;
  const takesHome = limit?.takeHome !== false;
  const initial = Object.fromEntries(
    subjects.flatMap((subject) => {
      const item = kept?.items.find((one) => one.subject === subject);
      return [
        [subject, item === undefined ? '' : String(item.minutes)],
        [`${subject}:home`, String(item?.takeHome ?? takesHome)],
      ];
    }),
  );
  const { form, set, clear } = useKeptForm(
    `homework:${kind}:${classId}:${dayOn}:${kept?.version ?? 0}`,
    initial,
  );
  const [added, setAdded] = useState<readonly Subject[]>([]);
  // The version this form was filled from; after a conflict the person decides to go on from the newer one.
  const [base, setBase] = useState(kept?.version ?? 0);
  const [error, setError] = useState<string | null>(null);
  const save = useAction(classroom.client.saveHomework, { done: '已保存' });
  const shown = subjects.filter(
    (subject) =>
      (form[subject] ?? '') !== '' ||
      added.includes(subject) ||
      (usual.includes(subject) && (taught.length === 0 || taught.includes(subject))),
  );
  const rows: TypedRow[] = shown.map((subject) => ({
    subject,
    minutes: form[subject] ?? '',
    takeHome: form[`${subject}:home`] === 'true',
    adaptationId: kept?.items.find((one) => one.subject === subject)?.adaptationId,
  }));
  const items = itemsOf(rows);
  const judgement = items === null ? null : judgeHomework(limit, grade, items);
  const newer = newerIn(save.error);
  const send = (version: number): void => {
    if (items === null) {
      setError('分钟数填 1 到 300 的整数，没有作业的学科留空。');
      return;
    }
    setError(null);
    save.mutate(
      { classId, dayOn, kind, version, items },
      {
        onSuccess: (saved) => {
          clear();
          setBase(saved.version);
        },
      },
    );
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(base);
      }}
    >
      <div>
        {rows.map(({ subject, minutes, takeHome, adaptationId }) => (
          <div key={subject} className="homework-row">
            <strong>{subjectLabels[subject]}</strong>
            <TextField
              label="分钟"
              aria-label={`${subjectLabels[subject]}书面作业分钟数`}
              inputMode="numeric"
              maxLength={3}
              value={minutes}
              onValue={(value) => set({ [subject]: value })}
            />
            <CheckField
              label="带回家"
              checked={takeHome}
              onValue={(on) => set({ [`${subject}:home`]: String(on) })}
            />
            {adaptationId === undefined ? null : (
              <Link {...linkTo(`/library/adaptations/${adaptationId}`)}>看作业设计</Link>
            )}
          </div>
        ))}
      </div>
      <SelectField
        label="再加一个学科"
        value=""
        none="请选择"
        choices={choicesOf(
          subjects.filter((subject) => !shown.includes(subject)),
          subjectLabels,
        )}
        onValue={(value) => {
          const subject = subjects.find((one) => one === value);
          if (subject !== undefined) setAdded([...added, subject]);
        }}
      />
      {judgement === null ? null : (
        <p
          role="status"
          className={`notice${judgement.standing === 'within' ? '' : judgement.standing === 'over' ? ' notice-warn' : ' notice-bad'}`}
        >
          {judgement.sentence}
        </p>
      )}
      {error === null ? null : (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
      <Problem error={save.error} />
      {newer === null || kept === null ? null : (
        <p className="notice notice-warn">
          现在登记的是（{kept.savedByName}）：
          {kept.items.length === 0 ? '没有书面作业' : kept.items.map(itemText).join('、')}。
        </p>
      )}
      <div className="row">
        <Button type="submit" variant="primary" size="large" busy={save.isPending}>
          保存
        </Button>
        {newer === null ? null : <Button onClick={() => send(newer.version)}>以本页为准</Button>}
      </div>
    </form>
  );
};
