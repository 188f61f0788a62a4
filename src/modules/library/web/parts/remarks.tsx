import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField, TextArea } from '#web/ui/field.tsx';
import { Failure, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { Anchor, CellPlace, Comment } from '../../comment/contract.ts';
import type { Column } from '../../template/contract.ts';
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
  readonly cell: CellPlace | null;
  readonly quote: string;
}

/** Of a row the cells on which a remark may stand. */
interface Cells {
  readonly columns: readonly Column[];
  readonly wordsOf: (column: string) => string;
}

/** The remark on another cell of its row: all that stands there is quoted. */
const onCell = (remark: NewRemark, column: string, { wordsOf }: Cells): NewRemark => {
  if (remark.cell === null || column === (remark.cell.column ?? '')) return remark;
  const cell = { row: remark.cell.row, column: column === '' ? null : column };
  return { ...remark, cell, anchor: null, quote: column === '' ? '' : wordsOf(column).slice(0, 500) };
};

export const RemarkForm = ({
  documentId,
  remark: begun,
  cells,
  onDone,
}: {
  documentId: string;
  remark: NewRemark;
  cells?: Cells;
  onDone: () => void;
}): ReactNode => {
  /** Of the remark as it was begun; one begun elsewhere starts at its own cell, with what was typed. */
  const [chosen, setChosen] = useState<{ of: NewRemark; column: string } | null>(null);
  const column = chosen?.of === begun ? chosen.column : (begun.cell?.column ?? '');
  const remark = cells === undefined ? begun : onCell(begun, column, cells);
  // It stays when the remark is begun anew on another passage or row.
  const { form, set, clear } = useKeptForm(`library-remark:${documentId}:${begun.sectionKey}`, { text: '' });
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
      {cells === undefined ? null : (
        <SelectField
          label="批注哪一格"
          value={column}
          none="整行"
          choices={cells.columns.map(({ key, label }) => ({ value: key, label }))}
          onValue={(to) => setChosen({ of: begun, column: to })}
        />
      )}
      {remark.quote === '' ? (
        cells === undefined ? (
          <p className="muted small">批注整个部分；先选中一段文字，就批注那一段。</p>
        ) : null
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
  /** Where in its row, or that the row is gone; without it the section says it. */
  readonly placeOf?: (remark: Comment) => string | null;
}

const nowhere = (): null => null;

/** The remarks on one section, the open ones first. */
export const Remarks = ({ remarks, mayComment, onGo, placeOf = nowhere }: RemarksProps): ReactNode => {
  const open = remarks.filter(({ resolved }) => resolved === null);
  const resolved = remarks.filter((remark) => remark.resolved !== null);
  if (remarks.length === 0) return null;
  return (
    <div className="stack">
      {open.map((remark) => (
        <Remark key={remark.id} remark={remark} mayComment={mayComment} onGo={onGo} place={placeOf(remark)} />
      ))}
      {resolved.length === 0 ? null : (
        <details>
          <summary>已解决 {resolved.length} 条</summary>
          <div className="stack">
            {resolved.map((remark) => (
              <Remark
                key={remark.id}
                remark={remark}
                mayComment={mayComment}
                onGo={onGo}
                place={placeOf(remark)}
              />
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
  place,
}: {
  remark: Comment;
  mayComment: boolean;
  onGo: RemarksProps['onGo'];
  place: string | null;
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
        {place === null ? null : <span className="remark-place">{place}</span>}
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
