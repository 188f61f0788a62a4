import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Failure, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { Anchor, Comment } from '../../comment/contract.ts';
import { library } from './api.ts';

/** Others' remarks arrive within this time without anybody asking. */
const lookAgainAfter = 10_000;

export const useRemarks = (documentId: string) =>
  useQuery({
    ...library.query.listComments.queryOptions({ input: { documentId } }),
    refetchInterval: lookAgainAfter,
  });

const momentOf = (instant: string): string => {
  const at = new Date(instant);
  return `${chineseDate(chinaDay(at))} ${chinaClock(at)}`;
};

/** Said where the remarks could not be read: none shown is not none there. */
export const RemarksFault = ({ query }: { query: ReturnType<typeof useRemarks> }): ReactNode =>
  query.isError && query.data === undefined ? (
    <div className="stack">
      <p className="problem">批注没有读到。</p>
      <Failure error={query.error} retry={() => void query.refetch()} />
    </div>
  ) : null;

/** A remark about to be made: on a selected passage, or on the section as a whole. */
export interface NewRemark {
  readonly sectionKey: string;
  readonly anchor: Anchor | null;
  readonly quote: string;
}

export const RemarkForm = ({
  documentId,
  remark,
  onDone,
}: {
  documentId: string;
  remark: NewRemark;
  onDone: () => void;
}): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-remark:${documentId}:${remark.sectionKey}`, { text: '' });
  const { text } = form;
  const add = useAction(library.client.addComment, {
    done: '已批注',
    onDone: () => {
      clear();
      onDone();
    },
  });
  return (
    <form
      className="remark stack"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ documentId, ...remark, text });
      }}
    >
      {remark.quote === '' ? (
        <p className="muted small">批注整个部分；先选中一段文字，就批注那一段。</p>
      ) : (
        <blockquote>{remark.quote}</blockquote>
      )}
      <TextArea
        label="批注"
        value={text}
        rows={2}
        maxLength={2000}
        required
        onValue={(next) => set({ text: next })}
      />
      <Problem error={add.error} />
      <div className="row">
        <Button
          type="submit"
          variant="primary"
          size="small"
          busy={add.isPending}
          disabled={text.trim() === ''}
        >
          发出批注
        </Button>
        <Button size="small" onClick={onDone}>
          取消
        </Button>
      </div>
    </form>
  );
};

interface RemarksProps {
  readonly remarks: readonly Comment[];
  readonly mayComment: boolean;
  /** Brings the passage into view; false when its words are gone. */
  readonly onGo: (remark: Comment) => boolean;
}

/** The remarks on one section, the open ones first. */
export const Remarks = ({ remarks, mayComment, onGo }: RemarksProps): ReactNode => {
  const open = remarks.filter(({ resolved }) => resolved === null);
  const resolved = remarks.filter((remark) => remark.resolved !== null);
  if (remarks.length === 0) return null;
  return (
    <div className="stack">
      {open.map((remark) => (
        <Remark key={remark.id} remark={remark} mayComment={mayComment} onGo={onGo} />
      ))}
      {resolved.length === 0 ? null : (
        <details>
          <summary>已解决 {resolved.length} 条</summary>
          <div className="stack">
            {resolved.map((remark) => (
              <Remark key={remark.id} remark={remark} mayComment={mayComment} onGo={onGo} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
};

const Remark = ({
  remark,
  mayComment,
  onGo,
}: {
  remark: Comment;
  mayComment: boolean;
  onGo: RemarksProps['onGo'];
}): ReactNode => {
  const [gone, setGone] = useState(false);
  const { form, set, clear, restored } = useKeptForm(`library-reply:${remark.id}`, { text: '' });
  const { text } = form;
  const [answering, setAnswering] = useState(restored && text !== '');
  const reply = useAction(library.client.replyToComment, {
    onDone: () => {
      // Emptied in the page, then on the device.
      set({ text: '' });
      clear();
      setAnswering(false);
    },
  });
  const resolve = useAction(library.client.resolveComment, { done: '已标为解决' });
  const reopen = useAction(library.client.reopenComment);
  const { id, quote, authorName, at, replies, resolved } = remark;
  return (
    <article className="remark">
      <p>
        <strong>{authorName}</strong> <small className="muted">{momentOf(at)}</small>
      </p>
      {quote === '' ? null : (
        <button type="button" className="remark-quote" onClick={() => setGone(!onGo(remark))}>
          {quote}
        </button>
      )}
      {gone ? <p className="muted small">原文已改动，上面是批注时的文字。</p> : null}
      <p className="remark-text">{remark.text}</p>
      {replies.map((one) => (
        <p key={one.id} className="remark-reply">
          <strong>{one.authorName}</strong>：{one.text}
        </p>
      ))}
      {resolved === null ? null : (
        <p className="muted small">
          {resolved.byName}于{momentOf(resolved.at)}标为解决
        </p>
      )}
      <Problem error={reply.error ?? resolve.error ?? reopen.error} />
      {!mayComment ? null : answering ? (
        <div className="stack">
          <TextArea
            label="答复"
            value={text}
            rows={2}
            maxLength={2000}
            onValue={(next) => set({ text: next })}
          />
          <div className="row">
            <Button
              size="small"
              variant="primary"
              busy={reply.isPending}
              disabled={text.trim() === ''}
              onClick={() => reply.mutate({ id, text })}
            >
              发出答复
            </Button>
            <Button size="small" onClick={() => setAnswering(false)}>
              取消
            </Button>
          </div>
        </div>
      ) : (
        <div className="row">
          <Button size="small" onClick={() => setAnswering(true)}>
            答复
          </Button>
          {resolved === null ? (
            <Button size="small" busy={resolve.isPending} onClick={() => resolve.mutate({ id })}>
              已解决
            </Button>
          ) : (
            <Button size="small" busy={reopen.isPending} onClick={() => reopen.mutate({ id })}>
              重新打开
            </Button>
          )}
        </div>
      )}
    </article>
  );
};
