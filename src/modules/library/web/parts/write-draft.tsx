import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { keepCopy, readCopy } from '#web/draft.ts';
import { statusOf } from '#web/rpc.ts';
import { useMe } from '#web/session.tsx';
import { Failure, Loading } from '#web/ui/states.tsx';
import type { Draft } from '../../co-editing/contract.ts';
import { itemKindLabels } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { draftCopyKey } from './draft-copy.ts';
import { uploadPictureTo } from './upload-picture.ts';

/** The editor is large: it comes only where one writes. */
const ContentEditor = lazy(async () => {
  const { ContentEditor: component } = await import('./content-editor.tsx');
  return { default: component };
});

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  'title' in value &&
  'kind' in value &&
  String(value.kind) in itemKindLabels &&
  'me' in value &&
  'competencies' in value &&
  'locked' in value &&
  'linked' in value &&
  'textbook' in value &&
  'meant' in value;

/** What the server last said of the draft, for days without a line; of whoever is signed in only. */
const copyOf = (key: string): Draft | null => {
  const kept = readCopy(key);
  return isDraft(kept) ? kept : null;
};

/** The text that several people write at once: of the next version of an item, or of a school's own form. */
export const WriteDraft = ({
  id,
  onSaved,
}: {
  readonly id: string;
  /** Told whether everything typed here is with the server. */
  readonly onSaved?: (saved: boolean) => void;
}): ReactNode => {
  const me = useMe();
  const key = draftCopyKey(me.accountId, id);
  const query = useQuery({
    ...library.query.getDraft.queryOptions({ input: { id } }),
    networkMode: 'always',
    retry: false,
  });
  const uploadPicture = useMemo(() => uploadPictureTo(me.accountId, id), [me.accountId, id]);
  useEffect(() => {
    if (query.data !== undefined) keepCopy(key, query.data);
  }, [query.data, key]);
  const unreachable = query.isError && statusOf(query.error) === null;
  const draft = query.data ?? (unreachable ? copyOf(key) : null);
  if (draft === null)
    return query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  return (
    <Suspense fallback={<Loading label="正在打开编辑器…" />}>
      <ContentEditor
        key={draft.id}
        draftId={draft.id}
        kind={draft.kind}
        me={draft.me}
        uploadPicture={uploadPicture}
        {...(onSaved === undefined ? {} : { onSaved })}
        locked={draft.locked}
        linked={draft.linked}
        competencies={draft.competencies}
        textbook={draft.textbook}
        meant={draft.meant}
      />
    </Suspense>
  );
};
