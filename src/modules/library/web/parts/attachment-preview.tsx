import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Loading, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { AttachmentRow } from '../../attachment/contract.ts';
import { library } from './api.ts';

type ShownFile = NonNullable<AttachmentRow['file']>;

export const addressOf = (id: string): string => `/files/library/attachments/${id}`;

export const isOnItsWay = (state: ShownFile['pages']['state']): boolean =>
  state === 'waiting' || state === 'running';

// Reads and draws a Word file, with formulas: only where somebody wants to see one.
const AttachmentText = lazy(async () => ({
  default: (await import('./attachment-text.tsx')).AttachmentText,
}));

interface PreviewProps {
  readonly row: AttachmentRow;
  readonly file: ShownFile;
  readonly mayChange: boolean;
}

/** Only what the person asks for is loaded: a lesson's film is large. */
export const Preview = ({ row: { id, title }, file, mayChange }: PreviewProps): ReactNode => {
  const address = addressOf(id);
  switch (file.view) {
    case 'picture':
      return <img className="attachment-picture" src={address} alt={title} loading="lazy" />;
    case 'film':
      return (
        // biome-ignore lint/a11y/useMediaCaption: a lesson's film has no captions to offer
        <video className="attachment-film" src={address} controls preload="metadata" aria-label={title} />
      );
    case 'sound':
      return (
        // biome-ignore lint/a11y/useMediaCaption: a recording has no captions to offer
        <audio className="attachment-sound" src={address} controls preload="none" aria-label={title} />
      );
    case 'pdf':
      return <Pages address={address} title={title} />;
    case 'word':
      return (
        <>
          <WordText address={address} title={title} />
          {file.pages.state === 'ready' ? (
            <Pages address={`${address}/pages`} title={title} label="按原版面看" />
          ) : null}
        </>
      );
    case 'office':
      return file.pages.state === 'ready' ? (
        <Pages address={`${address}/pages`} title={title} />
      ) : (
        <PagesState id={id} pages={file.pages} mayChange={mayChange} />
      );
    default:
      return file.hasMacros ? <p className="muted small">{file.pages.sentence}</p> : null;
  }
};

/** A button that opens something below it. */
const Opening = ({
  label,
  title,
  children,
}: {
  readonly label: string;
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode => {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Button
        size="small"
        aria-expanded={open}
        aria-controls={id}
        aria-label={`${open ? '收起' : label} ${title}`}
        onClick={() => setOpen(!open)}
      >
        {open ? '收起' : label}
      </Button>
      <div id={id} hidden={!open}>
        {open ? children : null}
      </div>
    </>
  );
};

/** A browser without a reader of its own (most phones) opens the pages in its reader. */
const Pages = ({
  address,
  title,
  label = '在本页看',
}: {
  readonly address: string;
  readonly title: string;
  readonly label?: string;
}): ReactNode =>
  navigator.pdfViewerEnabled ? (
    <Opening label={label} title={title}>
      {/* oxlint-disable-next-line react/iframe-missing-sandbox -- Chromium's reader of PDF does not work in a sandbox; the file's own policy lets nothing run or load */}
      <iframe className="attachment-pages" src={address} title={`${title} 的页面`} />
    </Opening>
  ) : (
    <a href={address} target="_blank" rel="noreferrer" aria-label={`打开页面 ${title}`}>
      打开页面
    </a>
  );

const WordText = ({ address, title }: { address: string; title: string }): ReactNode => (
  <Opening label="在本页看" title={title}>
    <Suspense fallback={<Loading />}>
      <AttachmentText address={address} title={title} />
    </Suspense>
  </Opening>
);

const said = { waiting: '等待转换', running: '转换中…' } as const;

/** How far the pages are, or why there are none; the download is there in any case. */
const PagesState = ({
  id,
  pages: { state, sentence, mayTryAgain },
  mayChange,
}: {
  readonly id: string;
  readonly pages: ShownFile['pages'];
  readonly mayChange: boolean;
}): ReactNode => {
  const retry = useAction(library.client.retryPages, {});
  if (state === 'waiting' || state === 'running')
    return (
      <p className="muted small" role="status">
        {said[state]}，转换好就能在这里看；现在也可以下载。
      </p>
    );
  if (state !== 'failed') return null;
  return (
    <div className="row">
      <span className="muted small" role="status">
        无法预览：{sentence}
      </span>
      {mayChange && mayTryAgain ? (
        <Button size="small" busy={retry.isPending} onClick={() => retry.mutate({ id })}>
          再试一次
        </Button>
      ) : null}
      <Problem error={retry.error} />
    </div>
  );
};
