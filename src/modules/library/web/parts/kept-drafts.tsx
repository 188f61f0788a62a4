import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { isRecord } from '#platform/is-record.ts';
import { readCopy } from '#web/draft.ts';
import { keptDocuments } from '#web/kept-documents.ts';
import { type Me, useMe } from '#web/session.tsx';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { draftCopyKey } from './draft-copy.ts';

/** What reads a document is large: it comes only where something was left. */
const HeldBack = lazy(async () => {
  const { HeldBack: component } = await import('./held-back.tsx');
  return { default: component };
});

const useKeptDrafts = ({ personId, accountId }: Me): readonly string[] => {
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    keptDocuments(personId ?? accountId).then(setIds, () => {});
  }, [personId, accountId]);
  return ids;
};

/** On the page of a draft that is over: what this device still holds of it. */
export const KeptOfDraft = ({ id, kind }: { readonly id: string; readonly kind: ItemKind }): ReactNode =>
  useKeptDrafts(useMe()).includes(id) ? (
    <Suspense>
      <HeldBack draftId={id} kind={kind} />
    </Suspense>
  ) : null;

/** Drafts of which this device holds a copy: a browser that was closed, or a line that was dead. */
export const KeptDrafts = (): ReactNode => {
  const me = useMe();
  const ids = useKeptDrafts(me);
  if (ids.length === 0) return null;
  return (
    <div className="notice" role="status">
      <p>这台设备上还留着下面的草稿，里面可能有没送到的字。打开看一眼，已经送到的就不再列出。</p>
      <ul>
        {ids.map((id) => {
          const copy = readCopy(draftCopyKey(me.accountId, id));
          const isAdaptation = isRecord(copy) && Array.isArray(copy['linked']) && copy['linked'].length > 0;
          return (
            <li key={id}>
              <Link to={isAdaptation ? `/library/adaptations/${id}/edit` : `/library/rounds/${id}`}>
                {isRecord(copy) ? String(copy['title']) : '一份草稿'}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
