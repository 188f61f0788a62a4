import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { upload } from '#modules/organisation/web/parts/upload.ts';
import { sentenceOf } from '#web/rpc.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Badge, Panel } from '#web/ui/page.tsx';
import { Loaded, Loading } from '#web/ui/states.tsx';
import type { ItemKind } from '../../vocabulary/contract.ts';
import type { BroughtWord } from '../../word-start/contract.ts';
import { moveSections, type SectionMove } from '../../word-start/moving/rules.ts';
import { largestWordFile } from '../../word-start/vocabulary/contract.ts';
import { library } from './api.ts';
import './attachments.css';

/** Formulas are drawn only where somebody looks at them. */
const ContentView = lazy(async () => {
  const { ContentView: component } = await import('./content-view.tsx');
  return { default: component };
});

/** A Word file that was read, and what the person put elsewhere. */
export interface WordChoice {
  readonly id: string;
  readonly moves: readonly SectionMove[];
}

/** Sends a Word file to be read; answers what was read, or the sentence that refuses it. */
export const readWordFile = async (file: File, kind: ItemKind): Promise<BroughtWord | string> => {
  const answer = await upload(file, {
    path: '/files/library/word',
    query: { name: file.name, kind },
    largest: largestWordFile,
  });
  if (!('importId' in answer)) return answer.message;
  try {
    return await library.client.getBroughtWord({ id: answer.importId });
  } catch (error) {
    return sentenceOf(error);
  }
};

interface WordStartProps {
  readonly kind: ItemKind;
  readonly word: WordChoice | null;
  readonly onRead: (brought: BroughtWord, file: File) => void;
  readonly onDrop: () => void;
}

/** Nobody retypes what they have: a .docx is the beginning, or an empty form. */
export const WordStart = ({ kind, word, onRead, onDrop }: WordStartProps): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const bring = async (file: File): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const read = await readWordFile(file, kind);
    setBusy(false);
    if (typeof read === 'string') setProblem(read);
    else onRead(read, file);
  };
  return (
    <div className="stack">
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Word 文件"
        accept=".docx"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) void bring(file);
        }}
      />
      <div className="row">
        <Button busy={busy} onClick={() => input.current?.click()}>
          {word === null ? '从 Word 文件开始' : '换一个 Word 文件'}
        </Button>
        {word === null ? (
          <span className="muted small">已有教案（.docx）就不用重新打字；没有就直接填下面几项。</span>
        ) : (
          <Button variant="quiet" onClick={onDrop}>
            不用这个文件
          </Button>
        )}
      </div>
      {word === null ? null : (
        <p className="notice notice-good" role="status">
          文件读好了，还没有写入。读到的内容在这一页的下面，核对后点“开始编写”。
        </p>
      )}
      {problem === null ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
};

interface WordPreviewProps {
  readonly word: WordChoice;
  readonly onMoves: (moves: readonly SectionMove[]) => void;
}

/** What was read and where it goes; nothing is written before the person begins. */
export const WordPreview = ({ word, onMoves }: WordPreviewProps): ReactNode => {
  const query = useQuery(library.query.getBroughtWord.queryOptions({ input: { id: word.id } }));
  return (
    <Loaded query={query}>{(brought) => <Preview brought={brought} word={word} onMoves={onMoves} />}</Loaded>
  );
};

const Preview = ({ brought, word, onMoves }: WordPreviewProps & { brought: BroughtWord }): ReactNode => {
  const { content, hints, where, leftOut, warnings, kind, name } = brought;
  const read = content.sections.filter(({ key }) => where.some(({ section }) => section === key));
  const texts = content.sections.filter(({ body }) => body.form === 'text');
  return (
    <Panel title={`读到的内容：${name}`} lead="以下是预览，还没有写入。看过后点“开始编写”，之后都能再改。">
      {warnings.length === 0 ? null : (
        <div className="notice notice-warn">
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </div>
      )}
      {hints.facts.length === 0 ? null : (
        <p className="muted">
          文件里写着：{hints.facts.map(({ label, value }) => `${label} ${value}`).join('；')}
          。对得上的已填在上面，请核对。
        </p>
      )}
      <ul className="word-places">
        {read.map(({ key, title, body }) => {
          const pieces = where.filter(({ section }) => section === key);
          const moved = word.moves.find(({ from }) => from === key)?.to ?? '';
          const guessed = pieces.some(({ sure }) => !sure);
          return (
            <li key={key}>
              <div className="row">
                <strong>{title}</strong>
                {guessed ? <Badge tone="warn">猜的，请核对</Badge> : <Badge tone="good">认出</Badge>}
              </div>
              <p className="muted small">
                {pieces
                  .slice(0, 3)
                  .map(({ at, label }) => `${at}“${label}”`)
                  .join('；')}
                {pieces.length > 3 ? ` 等 ${pieces.length} 处` : ''}
              </p>
              {body.form === 'text' && (guessed || key.startsWith('own-') || moved !== '') ? (
                <SelectField
                  label={`“${title}”放到`}
                  value={moved}
                  none="就放在这里"
                  choices={texts
                    .filter((one) => one.key !== key && !word.moves.some(({ from }) => from === one.key))
                    .map((one) => ({ value: one.key, label: one.title }))}
                  onValue={(to) =>
                    onMoves([
                      ...word.moves.filter(({ from }) => from !== key),
                      ...(to === '' ? [] : [{ from: key, to }]),
                    ])
                  }
                />
              ) : null}
            </li>
          );
        })}
      </ul>
      {leftOut.length === 0 ? null : (
        <>
          <h3>没有放进来的</h3>
          <ul>
            {leftOut.map(({ text, reason }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list of one reading never changes
              <li key={index}>
                {text}：{reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>看全文</summary>
        <Suspense fallback={<Loading />}>
          <ContentView kind={kind} content={moveSections(content, word.moves)} />
        </Suspense>
      </details>
    </Panel>
  );
};
