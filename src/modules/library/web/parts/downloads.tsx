import { ORPCError } from '@orpc/client';
import { useMutation } from '@tanstack/react-query';
import type { MouseEvent, ReactNode } from 'react';
import { sessionExpired } from '#web/session-events.ts';
import { Problem } from '#web/ui/states.tsx';
import type { ItemKind } from '../../vocabulary/contract.ts';

interface DownloadsProps {
  /** Of the item, the round or the adaptation, without an ending. */
  readonly path: string;
  readonly kind: ItemKind;
}

const sentenceIn = (text: string): string => {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && 'message' in said && typeof said.message === 'string')
      return said.message;
  } catch {
    // Not the application's own answer.
  }
  return '文件没有生成，请稍后再点一次下载。';
};

/** What was printed otherwise than it stands here, as the answer's header says. */
const noticesOf = (answer: Response): readonly string[] => {
  const said: unknown = JSON.parse(decodeURIComponent(answer.headers.get('x-notices') ?? '[]'));
  return Array.isArray(said) ? said.filter((one) => typeof one === 'string') : [];
};

const nameOf = (answer: Response): string =>
  decodeURIComponent(
    /filename\*=UTF-8''([^;]+)/i.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
  );

/** Fetches the file and gives it to the browser as a download; what a plain link would drop comes back. */
const fetchFile = async (address: string): Promise<readonly string[]> => {
  const answer = await fetch(address);
  if (answer.status === 401) sessionExpired.announce();
  if (!answer.ok)
    throw new ORPCError('REFUSED', { status: answer.status, message: sentenceIn(await answer.text()) });
  const file = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = file;
  link.download = nameOf(answer);
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
  return noticesOf(answer);
};

const filesOf = (kind: ItemKind): readonly (readonly [ending: string, label: string])[] =>
  kind === 'test-paper' || kind === 'test-item'
    ? [
        ['.docx?answers=no', '下载 Word（学生用）'],
        ['.docx', '下载 Word（含答案）'],
        ['.pdf?answers=no', '下载 PDF（学生用）'],
        ['.pdf', '下载 PDF（含答案）'],
      ]
    : [
        ['.docx', '下载 Word'],
        ['.pdf', '下载 PDF'],
      ];

/** A design as a file to print or to go on writing in; a paper with answers, and as pupils get it. */
export const Downloads = ({ path, kind }: DownloadsProps): ReactNode => {
  const { mutate, isPending, data, error, variables } = useMutation<readonly string[], Error, string>({
    networkMode: 'always',
    mutationFn: fetchFile,
  });
  const start = (event: MouseEvent, address: string): void => {
    event.preventDefault();
    if (!isPending) mutate(address);
  };
  return (
    <>
      {filesOf(kind).map(([ending, label]) => {
        const address = `${path}${ending}`;
        const busy = isPending && variables === address;
        return (
          <a
            key={ending}
            className="button button-plain button-normal"
            href={address}
            download
            aria-busy={busy}
            onClick={(event) => start(event, address)}
          >
            {label}
            {busy ? '…' : ''}
          </a>
        );
      })}
      {error === null && (data ?? []).length === 0 ? null : (
        <div className="downloads-said">
          <Problem error={error} />
          {data === undefined ? null : (
            <p className="muted" role="status">
              文件已下载，有几处与页面上不同：{data.join('')}
            </p>
          )}
        </div>
      )}
    </>
  );
};
