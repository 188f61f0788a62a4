import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { Loaded } from '#web/ui/states.tsx';
import { compareContents } from '../../comparison/rules.ts';
import type { Content } from '../../content/contract.ts';
import type { ItemKind } from '../../vocabulary/contract.ts';
import { library } from './api.ts';
import { DifferenceView } from './difference-view.tsx';
import { cellWords, columnLabel } from './wording.ts';

interface VersionDifferenceProps {
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly before: number;
  readonly after: number;
}

/** What changed from one published version to another. */
export const VersionDifference = ({ itemId, kind, before, after }: VersionDifferenceProps): ReactNode => {
  const old = useQuery(library.query.getVersion.queryOptions({ input: { id: itemId, number: before } }));
  const now = useQuery(library.query.getVersion.queryOptions({ input: { id: itemId, number: after } }));
  return (
    <Loaded query={old}>
      {({ content: from }) => (
        <Loaded query={now}>
          {({ content: to }) => <ContentDifference kind={kind} before={from} after={to} />}
        </Loaded>
      )}
    </Loaded>
  );
};

interface ContentDifferenceProps {
  readonly kind: ItemKind;
  readonly before: Content;
  readonly after: Content;
}

export const ContentDifference = ({ kind, before, after }: ContentDifferenceProps): ReactNode => {
  const difference = useMemo(() => compareContents(before, after), [before, after]);
  return (
    <DifferenceView
      difference={difference}
      label={columnLabel(kind)}
      words={cellWords(kind, after, before)}
    />
  );
};
