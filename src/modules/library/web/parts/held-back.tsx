import { type ReactNode, useEffect, useState } from 'react';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { forgetKeptDocument, keptDocumentName } from '#web/kept-documents.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { type LeftHere, leftHere } from '../../co-editing/left-here/rules.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { Confirm } from './confirm.tsx';
import { draftChannel, isForGood } from './draft-channel.ts';
import { ContentDifference } from './version-difference.tsx';

interface HeldBackProps {
  readonly draftId: string;
  readonly kind: ItemKind;
}

/** The draft as the server has it, once it is all here; nothing is sent. */
const askServer = (draftId: string, me: string, onHere: (doc: Y.Doc) => void): (() => void) => {
  const doc = new Y.Doc();
  const { socket, provider } = draftChannel(draftId, doc, me);
  provider.on('synced', () => onHere(doc));
  provider.on('authenticationFailed', ({ reason }: { reason: string }) => {
    if (isForGood(reason)) socket.disconnect();
  });
  provider.attach();
  return () => {
    provider.destroy();
    socket.destroy();
    doc.destroy();
  };
};

/**
 * What was written here without a line into a draft that was closed in the meantime: it can go nowhere by itself, and
 * stands here to be copied until the person takes it away. Where nothing is left, the device's copy is forgotten.
 */
export const HeldBack = ({ draftId, kind }: HeldBackProps): ReactNode => {
  const { personId, accountId } = useMe();
  const me = personId ?? accountId;
  const name = keptDocumentName(me, draftId);
  const [left, setLeft] = useState<LeftHere | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    const here = new Y.Doc();
    const kept = new IndexeddbPersistence(name, here);
    let stop = (): void => {};
    const forget = async (): Promise<void> => {
      await kept.destroy();
      await forgetKeptDocument(name);
    };
    const look = (there: Y.Doc): void => {
      const found = leftHere(here, there);
      stop();
      setLeft(found);
      if (found === null) forget().catch(() => {});
    };
    kept.on('synced', () => {
      stop = askServer(draftId, me, look);
    });
    return () => {
      stop();
      kept.destroy().catch(() => {});
      here.destroy();
    };
  }, [draftId, me, name]);
  if (left === null) return null;
  return (
    <Panel title="您断网时写的，没有赶上这一版">
      <p>
        这份草稿已经结束，下面标出的内容只在这台设备上。需要的请复制下来，写进下一版，或向中心组提改进建议。
      </p>
      <ContentDifference kind={kind} before={left.there} after={left.withHere} />
      <div className="row">
        <Button variant="danger" onClick={() => setAsking(true)}>
          不要了，从本机删除
        </Button>
      </div>
      {asking ? (
        <Confirm
          title="从本机删除没有送出的内容"
          action="删除"
          danger
          busy={false}
          error={null}
          onConfirm={() => {
            setLeft(null);
            forgetKeptDocument(name).catch(() => {});
          }}
          onClose={() => setAsking(false)}
        >
          <p>删除以后不能找回。</p>
        </Confirm>
      ) : null}
    </Panel>
  );
};
