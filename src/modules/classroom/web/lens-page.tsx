import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { ObservationDetail } from '../contract.ts';
import type { LensDetail } from '../lens/contract.ts';
import { emptyLens, lensProblem, sameLens } from '../lens/rules.ts';
import { classroom } from './parts/api.ts';
import { lensKey } from './parts/lens-pending.ts';
import { LensTools } from './parts/lens-tools.tsx';
import { type KeptLens, parseKeptLens } from './parts/use-lens.ts';
import './classroom.css';

/** Changes what was fixed together with a finished record: a new version with its reason. */
export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const id = params['observationId'] ?? '';
  const observation = useQuery({
    ...classroom.query.getObservation.queryOptions({ input: { id } }),
    staleTime: 'static',
    gcTime: 0,
  });
  const lens = useQuery({
    ...classroom.query.getLens.queryOptions({ input: { id } }),
    staleTime: 'static',
    gcTime: 0,
  });
  return (
    <Frame title="更正课堂观察" back={{ to: `/observations/${id}`, label: '这份记录' }} width="narrow">
      <Loaded query={observation}>
        {(detail) =>
          detail.may.edit && detail.state !== 'draft' ? (
            <Loaded query={lens}>
              {(stored) => (
                <Correction key={id} detail={detail} lens={stored} onRefused={() => void lens.refetch()} />
              )}
            </Loaded>
          ) : (
            <Empty title="这里现在没有要更正的。">
              {detail.may.edit ? (
                <ButtonLink to={`/observations/${id}/edit`}>草稿里直接修改</ButtonLink>
              ) : (
                <p>只有听课人本人可以更正；已经撤回的，请新建一份。</p>
              )}
            </Empty>
          )
        }
      </Loaded>
    </Frame>
  );
};

interface CorrectionProps {
  readonly detail: ObservationDetail;
  readonly lens: LensDetail;
  /** Something newer may stand. */
  readonly onRefused: () => void;
}

const Correction = ({ detail, lens, onRefused }: CorrectionProps): ReactNode => {
  const { accountId } = useMe();
  const navigate = useNavigate();
  // The same place on this device as while the lesson lasted: what did not get out then is here again.
  const { value, set, clear, restored } = useDraft<KeptLens>(
    lensKey(accountId, detail.id),
    { version: lens.version, content: lens.content ?? emptyLens },
    parseKeptLens,
  );
  const [reason, setReason] = useState(restored ? '完成听课时有一部分没有送出，补送' : '');
  const leave = (): void => void navigate({ to: `/observations/${detail.id}`, replace: true });
  const correct = useAction(classroom.client.correctLens, {
    done: '已更正，原来的内容仍保留',
    onDone: () => {
      clear();
      leave();
    },
  });
  const problem = lensProblem(value.content);
  const isSame = sameLens(value.content, lens.content ?? emptyLens);
  return (
    <form className="observe" onSubmit={(event) => event.preventDefault()}>
      <p className="notice">
        更正后原来的内容仍作为一版保留{detail.fedBackAt === null ? '' : '；老师将看到更正后的内容'}。
        {restored ? '已恢复您上次没有送出的内容。' : ''}
      </p>
      {value.version === lens.version ? null : (
        <p className="notice notice-warn" role="status">
          这份课堂观察在别处有过改动；再保存，就以本页为准。
        </p>
      )}
      <Panel>
        <LensTools
          content={value.content}
          mode={detail.mode}
          onContent={(content) => set({ ...value, content })}
        />
      </Panel>
      <TextField label="更正的原因" required value={reason} maxLength={200} onValue={setReason} />
      <div className="observe-bar">
        <div>
          <Problem error={correct.error} />
          {problem === null ? null : <p className="problem">{problem}</p>}
        </div>
        <Button
          onClick={() => {
            clear();
            leave();
          }}
        >
          放弃更正
        </Button>
        <Button
          variant="primary"
          size="large"
          busy={correct.isPending}
          disabled={reason.trim() === '' || isSame || problem !== null}
          onClick={() =>
            correct.mutate(
              { id: detail.id, version: lens.version, content: value.content, reason: reason.trim() },
              { onError: onRefused },
            )
          }
        >
          保存更正
        </Button>
      </div>
    </form>
  );
};
