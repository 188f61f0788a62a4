import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { statusOf } from '#web/rpc.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { DayField, TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import { reflectionAspectLabels, reflectionAspects } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { Confirm } from './confirm.tsx';

interface ReflectionsProps {
  readonly adaptationId: string;
  readonly mayReflect: boolean;
}

/** 课后反思 of an adaptation, for its school. */
export const Reflections = ({ adaptationId, mayReflect }: ReflectionsProps): ReactNode => {
  const [writing, setWriting] = useState(false);
  const [leaving, setLeaving] = useState<string | null>(null);
  const query = useQuery(library.query.listReflections.queryOptions({ input: { adaptationId } }));
  const withdraw = useAction(library.client.withdrawReflection, {
    done: '已撤回',
    onDone: () => setLeaving(null),
  });
  return (
    <Panel
      title="课后反思"
      lead="两分钟：什么有效，下次怎么改。只有本校看得到。"
      actions={
        mayReflect && !writing ? (
          <Button variant="primary" onClick={() => setWriting(true)}>
            写反思
          </Button>
        ) : undefined
      }
    >
      {writing ? <ReflectionForm adaptationId={adaptationId} onClose={() => setWriting(false)} /> : null}
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="muted">还没有反思。</p>
          ) : (
            <ul className="said-list">
              {rows.map((row) => (
                <li key={row.id} className="said">
                  <h3>
                    {chineseDate(row.taughtOn)} {row.classLabel} · {row.by.name}
                  </h3>
                  {row.worked === '' ? null : <p>有效的：{row.worked}</p>}
                  {row.change === '' ? null : <p>下次改：{row.change}</p>}
                  {reflectionAspects.map((aspect) =>
                    row.aspects[aspect] === undefined ? null : (
                      <p key={aspect}>
                        {reflectionAspectLabels[aspect]}：{row.aspects[aspect]}
                      </p>
                    ),
                  )}
                  {row.mine ? (
                    <Button size="small" onClick={() => setLeaving(row.id)}>
                      撤回
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {leaving === null ? null : (
        <Confirm
          title="撤回这条反思"
          action="撤回反思"
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate({ id: leaving })}
          onClose={() => setLeaving(null)}
        >
          <p>这条反思不再显示，也不再计入“上过几次”。撤回后不能恢复，要留的话请先抄下来。</p>
        </Confirm>
      )}
    </Panel>
  );
};

const empty = {
  worked: '',
  change: '',
  classLabel: '',
  value: '',
  relations: '',
  content: '',
  process: '',
  media: '',
  evaluation: '',
};

const ReflectionForm = ({
  adaptationId,
  onClose,
}: {
  adaptationId: string;
  onClose: () => void;
}): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-reflection:${adaptationId}`, {
    ...empty,
    id: newId(),
    taughtOn: todayHere(),
  });
  const reflect = useAction(library.client.reflect, {
    done: '反思已保存',
    onDone: () => {
      clear();
      onClose();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const aspects = Object.fromEntries(
          reflectionAspects.flatMap((aspect) =>
            form[aspect].trim() === '' ? [] : [[aspect, form[aspect]] as const],
          ),
        );
        const { id, taughtOn, classLabel, worked, change } = form;
        reflect.mutate(
          { id, adaptationId, taughtOn, classLabel, worked, change, aspects },
          {
            onError: (error) => {
              // What stands under this id is kept as it is: what is written now is another one.
              if (statusOf(error) === 409) set({ id: newId() });
            },
          },
        );
      }}
    >
      <TextArea label="什么有效" value={form.worked} maxLength={1000} onValue={(worked) => set({ worked })} />
      <TextArea
        label="下次怎么改"
        value={form.change}
        maxLength={1000}
        onValue={(change) => set({ change })}
      />
      <div className="filters">
        <DayField label="上课日期" value={form.taughtOn} onValue={(taughtOn) => set({ taughtOn })} />
        <TextField
          label="班级"
          value={form.classLabel}
          maxLength={30}
          placeholder="如：三(2)班"
          onValue={(classLabel) => set({ classLabel })}
        />
      </div>
      <details>
        <summary>按六个要素写（系统性反思，选填）</summary>
        {reflectionAspects.map((aspect) => (
          <TextArea
            key={aspect}
            label={reflectionAspectLabels[aspect]}
            value={form[aspect]}
            rows={2}
            maxLength={1000}
            onValue={(said) => set({ [aspect]: said })}
          />
        ))}
      </details>
      <Problem error={reflect.error} />
      <div className="row">
        <Button type="submit" variant="primary" busy={reflect.isPending}>
          保存反思
        </Button>
        <Button onClick={onClose}>以后再写</Button>
      </div>
    </form>
  );
};
