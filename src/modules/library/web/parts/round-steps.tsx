import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { RoundDetail } from '../../round/contract.ts';
import { library } from './api.ts';
import { Confirm } from './confirm.tsx';

type Asking = 'submit' | 'publish' | 'take-back' | 'drop' | null;

/** What may be done with a round as it stands. */
export const RoundSteps = ({ round }: { round: RoundDetail }): ReactNode => {
  const [asking, setAsking] = useState<Asking>(null);
  const close = (): void => setAsking(null);
  const { may } = round;
  return (
    <>
      {may.submit && round.problems.length > 0 ? (
        <details className="notice">
          <summary>送审以前还有 {round.problems.length} 处要补</summary>
          <ul>
            {round.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </details>
      ) : null}
      <div className="row">
        {may.submit ? (
          <Button variant="primary" onClick={() => setAsking('submit')}>
            送审
          </Button>
        ) : null}
        {may.publish ? (
          <Button variant="primary" onClick={() => setAsking('publish')}>
            发布
          </Button>
        ) : null}
        {may.takeBack ? <Button onClick={() => setAsking('take-back')}>收回继续写</Button> : null}
        {may.drop ? <Button onClick={() => setAsking('drop')}>停止这一轮编写</Button> : null}
      </div>
      {asking === 'submit' ? <Submit round={round} onClose={close} /> : null}
      {asking === 'publish' ? <Publish round={round} onClose={close} /> : null}
      {asking === 'take-back' ? <TakeBack round={round} onClose={close} /> : null}
      {asking === 'drop' ? <Drop round={round} onClose={close} /> : null}
    </>
  );
};

interface StepProps {
  readonly round: RoundDetail;
  readonly onClose: () => void;
}

const Submit = ({ round, onClose }: StepProps): ReactNode => {
  const candidates = useQuery(library.query.listReviewers.queryOptions({ input: { id: round.id } }));
  const { form, set, clear } = useKeptForm(`library-submit:${round.id}`, { note: '', reviewers: '' });
  const submit = useAction(library.client.submitRound, {
    done: '已送审',
    onDone: () => {
      clear();
      onClose();
    },
  });
  return (
    <Dialog title="送审" onClose={onClose}>
      <Loaded query={candidates}>
        {({ rows }) => {
          const kept = form.reviewers.split(' ');
          const picked = rows
            .filter(({ id, proposed }) => (form.reviewers === '' ? proposed : kept.includes(id)))
            .map(({ id }) => id);
          const pick = (ids: readonly string[]): void =>
            set({ reviewers: ids.length === 0 ? 'none' : ids.join(' ') });
          return (
            <form
              className="stack"
              onSubmit={(event) => {
                event.preventDefault();
                submit.mutate({
                  id: round.id,
                  version: round.version,
                  note: form.note,
                  reviewers: picked,
                });
              }}
            >
              <fieldset className="field">
                <legend>
                  审核人（{picked.length}/{round.reviewers}）
                </legend>
                <p className="field-hint">已按手头待审的多少提出建议；参加编写的人不能审自己的稿。</p>
                {rows.length === 0 ? <p>没有可以审核的人，请教研室先补充中心组成员。</p> : null}
                {rows.map(({ id, name, schoolName, waiting }) => (
                  <label key={id} className="check">
                    <input
                      type="checkbox"
                      checked={picked.includes(id)}
                      onChange={(event) =>
                        pick(event.target.checked ? [...picked, id] : picked.filter((one) => one !== id))
                      }
                    />
                    {name}
                    <span className="muted small">
                      {schoolName ?? ''}
                      {waiting === 0 ? ' 手头没有待审' : ` 手头 ${waiting} 份待审`}
                    </span>
                  </label>
                ))}
              </fieldset>
              <TextField
                label="给审核人的话"
                value={form.note}
                maxLength={500}
                onValue={(note) => set({ note })}
              />
              <p className="muted">送审后草稿不能再改，直到审核结束或您收回。</p>
              <Problem error={submit.error} />
              <Button
                type="submit"
                variant="primary"
                busy={submit.isPending}
                disabled={picked.length !== round.reviewers}
              >
                送审
              </Button>
            </form>
          );
        }}
      </Loaded>
    </Dialog>
  );
};

const Publish = ({ round, onClose }: StepProps): ReactNode => {
  const navigate = useNavigate();
  const { form, set, clear } = useKeptForm(`library-publish:${round.id}`, { note: '' });
  const { note } = form;
  const publish = useAction(library.client.publishRound, {
    done: '已发布',
    onDone: () => {
      clear();
      void navigate({ to: '/library/items/$itemId', params: { itemId: round.itemId } });
    },
  });
  const isFirst = round.base === null;
  return (
    <Dialog title={isFirst ? '发布' : '发布新版'} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate({ id: round.id, version: round.version, note });
        }}
      >
        <p>
          {isFirst
            ? '发布以后全区都能看到，并可以做校本化。'
            : '已经做了校本化的老师会看到有新版，由他们逐处对照后决定怎样更新。'}
        </p>
        <TextField
          label="这一版改了什么"
          value={note}
          maxLength={500}
          required={!isFirst}
          onValue={(next) => set({ note: next })}
        />
        <Problem error={publish.error} />
        <Button
          type="submit"
          variant="primary"
          busy={publish.isPending}
          disabled={!isFirst && note.trim() === ''}
        >
          发布
        </Button>
      </form>
    </Dialog>
  );
};

const TakeBack = ({ round, onClose }: StepProps): ReactNode => {
  const takeBack = useAction(library.client.takeBackRound, { done: '已收回，可以继续写', onDone: onClose });
  return (
    <Confirm
      title="收回继续写"
      action="收回"
      busy={takeBack.isPending}
      error={takeBack.error}
      onConfirm={() => takeBack.mutate({ id: round.id, version: round.version })}
      onClose={onClose}
    >
      <p>这次送审作废，审核人手上不再有这一稿；草稿重新打开，写好后要再送审。已写的内容和批注都保留。</p>
    </Confirm>
  );
};

const Drop = ({ round, onClose }: StepProps): ReactNode => {
  const navigate = useNavigate();
  const drop = useAction(library.client.dropRound, {
    done: '已停止',
    onDone: () => void navigate({ to: '/library/items/$itemId', params: { itemId: round.itemId } }),
  });
  return (
    <Dialog title="停止这一轮编写" onClose={onClose}>
      <div className="stack">
        <p>这一轮写的内容不再使用，已采纳的改进建议退回待处理。现在发布的版本不受影响。</p>
        <Problem error={drop.error} />
        <Button
          variant="danger"
          busy={drop.isPending}
          onClick={() => drop.mutate({ id: round.id, version: round.version })}
        >
          停止
        </Button>
      </div>
    </Dialog>
  );
};
