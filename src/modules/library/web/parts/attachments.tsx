import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { newId } from '#platform/ids.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { FileUpload } from '#web/ui/file-upload.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { TakeUpload } from '#web/upload-runner.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { AttachmentList } from './attachment-list.tsx';
import { isOnItsWay } from './attachment-preview.tsx';
import { LinkForm } from './link-form.tsx';
import './attachments.css';

interface AttachmentsProps {
  readonly itemId: string;
  readonly kind: ItemKind;
}

/** Files and netdisk links that hang on an item; whoever may edit it adds and removes them. */
export const Attachments = ({ itemId, kind }: AttachmentsProps): ReactNode => {
  const query = useQuery({
    ...library.query.listAttachments.queryOptions({ input: { itemId, limit: 100 } }),
    // Until the last one is there, or not to be had.
    refetchInterval: ({ state }) =>
      state.data?.rows.some(({ file }) => file !== null && isOnItsWay(file.pages.state)) === true
        ? 3_000
        : false,
  });
  const isFilm = kind === 'model-lesson';
  // To a reader an empty list says nothing.
  if (query.data !== undefined && query.data.rows.length === 0 && !query.data.mayChange) return null;
  return (
    <Panel
      title={isFilm ? '课堂实录与材料' : '附件'}
      {...(query.data?.mayChange === true
        ? {
            lead: isFilm
              ? '把示范课的录像、课件和学习单放在这里。'
              : '课件、学习单、音视频等，老师可以直接看或下载。',
          }
        : {})}
    >
      <Loaded query={query}>
        {({ rows, mayChange }) => (
          <>
            <AttachmentList rows={rows} mayChange={mayChange} />
            {mayChange ? <AddAttachments itemId={itemId} /> : null}
          </>
        )}
      </Loaded>
    </Panel>
  );
};

const AddAttachments = ({ itemId }: { itemId: string }): ReactNode => {
  const me = useMe();
  const client = useQueryClient();
  const [linking, setLinking] = useState(false);
  const [take] = useState(
    (): TakeUpload =>
      async ({ uploadId }) => {
        await library.client.attachFile({ itemId, uploadId }, { context: { idempotencyKey: newId() } });
        await client.invalidateQueries();
      },
  );
  return (
    <>
      <FileUpload accountId={`${me.accountId}:${itemId}`} label="添加文件" take={take} />
      <div className="row">
        <Button onClick={() => setLinking(true)}>添加网盘链接</Button>
      </div>
      {linking ? <LinkForm itemId={itemId} onClose={() => setLinking(false)} /> : null}
    </>
  );
};
