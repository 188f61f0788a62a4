import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { AdaptationDetail } from '#modules/library/adaptation/contract.ts';
import { writtenHomework } from '#modules/library/consistency/sums/rules.ts';
import { library } from '#modules/library/web/parts/api.ts';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chineseDate } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button, linkTo } from '#web/ui/button.tsx';
import { CheckField, DayField, SelectField, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Failure, Loading, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import { itemsOf, judgeHomework, withSubject } from '../../homework-check/rules.ts';
import { classroom } from './api.ts';
import '../checks.css';

/** 布置到班级, on the page of a school's own form of a design: its written homework as this subject's part of a day. */
export const Part = ({ id }: { id: string }): ReactNode => {
  // The page has asked for it already.
  const { data } = useQuery(library.query.getAdaptation.queryOptions({ input: { id } }));
  if (data === undefined || data.ended || !data.may.edit) return null;
  const written = writtenHomework(data.content);
  return written.items === 0 ? null : <Assign adaptation={data} written={written} />;
};

/** A day of these years that has come. */
const isPostable = (day: string): boolean => /^(?:19|20|21)\d\d-\d\d-\d\d$/.test(day) && day <= todayHere();

interface AssignProps {
  readonly adaptation: AdaptationDetail;
  readonly written: ReturnType<typeof writtenHomework>;
}

const Assign = ({ adaptation, written }: AssignProps): ReactNode => {
  const { id, subject, grade } = adaptation;
  const { form, set, clear } = useKeptForm(`assign-homework:${id}:${todayHere()}:${adaptation.savedAt}`, {
    schoolId: adaptation.schoolId,
    classId: '',
    dayOn: '',
    minutes: written.minutes === 0 ? '' : String(written.minutes),
    home: 'true',
  });
  const [error, setError] = useState<string | null>(null);
  const at = { kind: 'posted', schoolId: form.schoolId } as const;
  const list = useQuery(classroom.query.openHomework.queryOptions({ input: at }));
  const classes = (list.data?.classes ?? []).filter((one) => one.grade === grade);
  const [only] = classes.length === 1 ? classes : [];
  const classId = form.classId === '' ? (only?.id ?? '') : form.classId;
  const query = useQuery({
    ...classroom.query.openHomework.queryOptions({
      input: {
        ...at,
        ...(classId === '' ? {} : { classId }),
        // While a year is typed, it is no day yet.
        ...(isPostable(form.dayOn) ? { dayOn: form.dayOn } : {}),
      },
    }),
    enabled: list.data !== undefined,
    placeholderData: (before) => before,
  });
  const save = useAction(classroom.client.saveHomework, { done: '已登记到作业公示', onDone: clear });
  const open = query.data;
  const fault = list.isError && list.data === undefined ? list : query.isError ? query : undefined;
  if (fault !== undefined)
    return (
      <Panel title="布置到班级">
        <Failure error={fault.error} retry={() => void fault.refetch()} />
      </Panel>
    );
  if (list.data === undefined || open === undefined) return <Loading />;
  if (open.kind !== 'posted' || (classes.length === 0 && open.schools.length <= 1)) return null;
  const chosen = classes.find((one) => one.id === classId);
  const takeHome = open.limit?.takeHome !== false && form.home === 'true';
  const items = itemsOf([{ subject, minutes: form.minutes, takeHome, adaptationId: id }]);
  const [own] = items ?? [];
  const kept = open.kept?.items ?? [];
  const day = own === undefined ? null : withSubject(kept, own);
  const judgement = day === null ? null : judgeHomework(open.limit, grade, day);
  const before = kept.find((item) => item.subject === subject);
  const others = kept.filter((item) => item.subject !== subject);
  const send = (): void => {
    if (chosen === undefined || day === null || !(form.dayOn === '' || isPostable(form.dayOn))) {
      setError(
        chosen === undefined
          ? '请选择班级。'
          : day === null
            ? '分钟数填 1 到 300 的整数。'
            : '请选择不晚于今天的日期。',
      );
      return;
    }
    setError(null);
    save.mutate({
      classId: chosen.id,
      dayOn: open.dayOn,
      kind: 'posted',
      version: open.kept?.version ?? 0,
      items: day,
    });
  };
  return (
    <Panel
      title="布置到班级"
      lead={`这份设计有 ${written.items} 道书面作业，${written.minutes === 0 ? '没有写预计时间' : `预计 ${written.minutes} 分钟`}（自选的不计）。布置后登记在作业公示里，和其他学科合在一起看。`}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="fields">
          {open.schools.length > 1 ? (
            <SelectField
              label="学校"
              value={form.schoolId}
              choices={open.schools.map((one) => ({ value: one.id, label: one.name }))}
              onValue={(schoolId) => set({ schoolId, classId: '' })}
            />
          ) : null}
          <SelectField
            label="班级"
            value={chosen?.id ?? ''}
            none="请选择"
            choices={classes.map((one) => ({ value: one.id, label: one.label }))}
            onValue={(value) => set({ classId: value })}
          />
          <DayField
            label="日期"
            value={form.dayOn === '' ? open.dayOn : form.dayOn}
            max={open.today}
            onValue={(dayOn) => set({ dayOn })}
          />
          <TextField
            label={`${subjectLabels[subject]}书面作业（分钟）`}
            inputMode="numeric"
            maxLength={3}
            value={form.minutes}
            onValue={(minutes) => set({ minutes })}
          />
        </div>
        {open.limit?.takeHome === false ? (
          <p className="muted small">这个年级的书面作业在校内完成，不带回家。</p>
        ) : (
          <CheckField
            label="带回家完成"
            checked={form.home === 'true'}
            onValue={(on) => set({ home: String(on) })}
          />
        )}
        {chosen === undefined || query.isPlaceholderData ? null : (
          <>
            <p>
              {chosen.label} {chineseDate(open.dayOn)}
              {others.length === 0
                ? '，其他学科还没有登记。'
                : `，其他学科：${others.map((item) => `${subjectLabels[item.subject]} ${item.minutes} 分钟`).join('、')}。`}
              {before === undefined
                ? ''
                : `${subjectLabels[subject]}已登记 ${before.minutes} 分钟，布置后改为现在填的分钟数。`}
            </p>
            {judgement === null ? null : (
              <p
                role="status"
                className={`notice${judgement.standing === 'within' ? '' : judgement.standing === 'over' ? ' notice-warn' : ' notice-bad'}`}
              >
                {judgement.sentence}
              </p>
            )}
          </>
        )}
        {error === null ? null : (
          <p className="problem" role="alert">
            {error}
          </p>
        )}
        <Problem error={save.error} />
        <div className="row">
          <Button type="submit" variant="primary" busy={save.isPending} disabled={query.isPlaceholderData}>
            {judgement?.standing === 'over' ? '仍按这个时间布置' : '布置'}
          </Button>
          {chosen === undefined ? null : (
            <Link
              {...linkTo('/homework', {
                classId: chosen.id,
                day: open.dayOn,
                ...(open.school === null ? {} : { schoolId: open.school.id }),
              })}
            >
              看这个班的作业公示
            </Link>
          )}
        </div>
      </form>
    </Panel>
  );
};
