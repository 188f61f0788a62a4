import { ORPCError } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { Loaded } from '#web/ui/states.tsx';
import { attachmentText, type AttachmentText as Text } from '../../attachment/text/contract.ts';
import { BlocksView, PictureAddress } from './blocks-view.tsx';

const readText = async (address: string): Promise<Text> => {
  const answer = await fetch(`${address}/text`);
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return attachmentText.parse(body);
  const message =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : undefined;
  throw new ORPCError('INVALID', { message: message ?? '没有读到内容，请稍后再试，或下载查看。' });
};

/** A Word file as our own reader reads it. */
export const AttachmentText = ({ address, title }: { address: string; title: string }): ReactNode => {
  const query = useQuery({
    queryKey: ['attachment-text', address],
    queryFn: () => readText(address),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return <Loaded query={query}>{(text) => <Shown text={text} title={title} />}</Loaded>;
};

const Shown = ({ text: { blocks, pictures, leftOut }, title }: { text: Text; title: string }): ReactNode => {
  const address = useCallback((file: string): string | null => pictures[file] ?? null, [pictures]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="attachment-text" tabIndex={0} role="region" aria-label={`${title} 的内容`}>
      {blocks.length === 0 ? <p className="muted">这个文件里没有文字内容。</p> : null}
      <PictureAddress value={address}>
        <BlocksView blocks={blocks} />
      </PictureAddress>
      {leftOut > 0 ? (
        <p className="muted small">页眉、页脚、批注等 {leftOut} 处没有在这里显示，版式以下载的文件为准。</p>
      ) : null}
    </div>
  );
};
