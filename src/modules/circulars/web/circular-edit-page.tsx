import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { useDraft } from '#web/draft.ts';
import { detailsOf } from '#web/rpc.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Empty, Loaded, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { type Circular, editable } from '../contract.ts';
import './parts/circulars.css';
import { circulars } from './parts/api.ts';
import { BlockList, type KeyedBlock, keyed, withoutKeys } from './parts/block-list.tsx';

export const Page = (): ReactNode => {
  const { circularId = '' } = useParams({ strict: false });
  // Asked anew each time, and not again behind what is being typed.
  const query = useQuery({
    ...circulars.query.getCircular.queryOptions({ input: { id: circularId } }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded query={query}>
      {(circular) =>
        circular.steps.includes('edit') ? (
          <Editor key={circular.id} circular={circular} />
        ) : (
          <Frame title="修改" back={{ to: `/circulars/${circular.id}`, label: '回到公文' }} width="narrow">
            <Empty title="这份公文现在不能修改。">
              <p>
                只有草稿可以修改；已核稿或已签发的请先退回修改。您没有保存的内容仍留在本机，退回后打开就能接着改。
              </p>
            </Empty>
          </Frame>
        )
      }
    </Loaded>
  );
};

interface Typed {
  /** The version this text was begun from: a newer one in the database is told, never overwritten unseen. */
  readonly version: number;
  readonly title: string;
  readonly blocks: readonly KeyedBlock[];
}

const parseTyped = (stored: unknown): Typed | null => {
  const parsed = z
    .object({
      version: z.number(),
      title: z.string(),
      blocks: z.array(z.object({ key: z.number(), block: editable })),
    })
    .safeParse(stored);
  return parsed.success ? parsed.data : null;
};

/** The version that somebody else saved meanwhile. */
const newerVersion = (error: unknown): number | null => {
  const parsed = z.object({ newer: z.object({ version: z.number() }) }).safeParse(detailsOf(error));
  return parsed.success ? parsed.data.newer.version : null;
};

const Editor = ({ circular }: { circular: Circular }): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const [begun] = useState<Typed>(() => ({
    version: circular.version,
    title: circular.title,
    blocks: keyed(circular.body),
  }));
  const draft = useDraft(`circular:${me.accountId}:${circular.id}`, begun, parseTyped);
  const { version, title, blocks } = draft.value;
  const save = useAction(circulars.client.saveDraft, {
    done: '已保存',
    onDone: ({ id }) => {
      draft.clear();
      void navigate({ to: '/circulars/$circularId', params: { circularId: id } });
    },
  });
  const newer = newerVersion(save.error);
  const send = (from: number): void =>
    save.mutate({ id: circular.id, version: from, title: title.trim(), body: withoutKeys(blocks) });
  return (
    <Frame
      title="修改公文"
      lead={
        draft.restored
          ? '已接着您上次没有保存的内容。'
          : '标题序号（一、（一）1.）会自动编排，不用自己写。发文字号在印发时取。'
      }
      back={{ to: `/circulars/${circular.id}`, label: '回到公文' }}
    >
      <Panel>
        <TextArea
          label="标题"
          rows={2}
          value={title}
          onValue={(value) => draft.set({ version, title: value, blocks })}
          maxLength={120}
          required
        />
      </Panel>
      <BlockList blocks={blocks} onBlocks={(next) => draft.set({ version, title, blocks: next })} />
      <Problem error={save.error} />
      {newer === null ? null : (
        <div className="row">
          <a href={`/circulars/${circular.id}`} target="_blank" rel="noreferrer">
            在新窗口看最新的一版
          </a>
          <Button
            onClick={() => {
              draft.set({ version: newer, title, blocks });
              send(newer);
            }}
          >
            看过了，用我的内容保存
          </Button>
        </div>
      )}
      <div className="row">
        <Button
          variant="primary"
          busy={save.isPending}
          disabled={title.trim() === ''}
          onClick={() => send(version)}
        >
          保存
        </Button>
        {draft.restored ? (
          <Button
            onClick={() => {
              draft.set(begun);
              draft.clear();
            }}
          >
            放弃没有保存的内容
          </Button>
        ) : null}
      </div>
    </Frame>
  );
};
