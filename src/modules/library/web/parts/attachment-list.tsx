import { type ReactNode, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Badge } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { sizeText } from '#web/upload.ts';
import { useAction } from '#web/use-action.ts';
import type { AttachmentRow } from '../../attachment/contract.ts';
import { library } from './api.ts';
import { addressOf, Preview } from './attachment-preview.tsx';
import { Cover } from './cover.tsx';

interface AttachmentListProps {
  readonly rows: readonly AttachmentRow[];
  readonly mayChange: boolean;
}

/** `课件.pptx` → `PPTX`; what a file without an ending is, nobody need know. */
const kindOf = (name: string): string => /\.([0-9a-z]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '文件';

export const AttachmentList = ({ rows, mayChange }: AttachmentListProps): ReactNode => {
  const [leaving, setLeaving] = useState<AttachmentRow | null>(null);
  if (rows.length === 0) return null;
  return (
    <>
      <ul className="attachments">
        {rows.map((row) => (
          <li key={row.id}>
            <Attachment row={row} mayChange={mayChange} />
            {mayChange ? (
              <Button
                size="small"
                variant="quiet"
                aria-label={`移除 ${row.title}`}
                onClick={() => setLeaving(row)}
              >
                移除
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {leaving === null ? null : <RemoveDialog row={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
};

const RemoveDialog = ({ row, onClose }: { row: AttachmentRow; onClose: () => void }): ReactNode => {
  const remove = useAction(library.client.removeAttachment, { done: '已移除附件', onDone: onClose });
  return (
    <Dialog title="移除附件" onClose={onClose}>
      <div className="stack">
        <p>移除“{row.title}”以后，老师在这里就看不到它了。</p>
        <Problem error={remove.error} />
        <Button
          variant="danger"
          busy={remove.isPending}
          onClick={() => remove.mutate({ id: row.id, version: row.version })}
        >
          移除
        </Button>
      </div>
    </Dialog>
  );
};

const Attachment = ({ row, mayChange }: { row: AttachmentRow; mayChange: boolean }): ReactNode => {
  const { id, title, file, link, addedByName, addedAt } = row;
  const by = `${addedByName} ${chineseDate(chinaDay(new Date(addedAt)))}`;
  if (link !== null)
    return (
      <div className="attachment">
        <div className="row">
          <a href={link.url} target="_blank" rel="noreferrer noopener">
            {title}
          </a>
          <Badge>{link.netdisk ?? '链接'}</Badge>
          {link.expired ? <Badge tone="warn">已过期</Badge> : null}
        </div>
        <p className="muted small">
          {link.accessCode === '' ? '' : `提取码 ${link.accessCode}；`}
          {link.expiresOn === null ? '' : `${chineseDate(link.expiresOn)}到期；`}
          {by}
        </p>
      </div>
    );
  if (file === null) return null;
  const opened = file.view !== 'none' && file.view !== 'word' && file.view !== 'office';
  return (
    <div className="attachment attachment-covered">
      <Cover cover={{ attachmentId: id, picture: file.firstPage, ending: kindOf(file.name) }} />
      <div>
        <div className="row">
          <a
            href={addressOf(id)}
            {...(opened ? { target: '_blank', rel: 'noreferrer' } : { download: true })}
          >
            {title}
          </a>
          <Badge>{kindOf(file.name)}</Badge>
          {file.hasMacros ? <Badge tone="warn">含宏，打开前请确认来源</Badge> : null}
        </div>
        <p className="muted small">
          {sizeText(file.size)}；{by}
        </p>
      </div>
      <div className="attachment-preview">
        <Preview row={row} file={file} mayChange={mayChange} />
      </div>
    </div>
  );
};
