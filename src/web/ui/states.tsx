import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sentenceOf } from '../rpc.ts';
import { Button } from './button.tsx';

export const Loading = ({ label = '正在读取…' }: { label?: string }): ReactNode => (
  <div className="loading" role="status">
    <span className="loading-bar" />
    {label}
  </div>
);

interface EmptyProps {
  readonly title: string;
  /** What to do about it. */
  readonly children?: ReactNode;
}

export const Empty = ({ title, children }: EmptyProps): ReactNode => (
  <div className="empty">
    <p className="empty-title">{title}</p>
    {children}
  </div>
);

export const Failure = ({ error, retry }: { error: unknown; retry?: () => void }): ReactNode => (
  <div className="failure" role="alert">
    <p>{sentenceOf(error)}</p>
    {retry === undefined ? null : <Button onClick={retry}>重试</Button>}
  </div>
);

/** The three states of a page's data: being read, failed, there. */
export const Loaded = <Data,>({
  query,
  children,
}: {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}): ReactNode => {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
};

/** A refused or failed write, beside the button that caused it; what was typed stays in the form. */
export const Problem = ({ error }: { error: unknown }): ReactNode =>
  error === null || error === undefined ? null : (
    <p className="problem" role="alert">
      {sentenceOf(error)}
    </p>
  );
