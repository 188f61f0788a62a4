import { ORPCError } from '@orpc/client';
import { createUploadQueue, type UploadItem } from './upload-runner.ts';

interface Watching {
  /** How far it is; asked whenever something changed. */
  readonly onProgress?: (bytes: number, state: UploadItem['state']['kind']) => void;
  /** Nobody waits for it any more: it stops, and its promise fails. */
  readonly signal?: AbortSignal;
}

/**
 * Sends one file and gives its upload once it has arrived whole; goes on by itself when the line or the session is back.
 * Fails with the server's sentence where it is refused.
 */
export const uploadOne = (
  account: string,
  file: File,
  { onProgress, signal }: Watching = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const queue = createUploadQueue(account);
    const end = queue.subscribe(() => {
      const [item] = queue.items();
      if (item !== undefined) onProgress?.(item.state.offset + item.inFlight, item.state.kind);
      if (item?.state.kind !== 'refused') return;
      end();
      queue.stop();
      reject(new ORPCError('INVALID', { message: item.state.sentence }));
    });
    queue.takeWith(({ uploadId }) => {
      end();
      // The queue has yet to note that it was taken.
      setTimeout(queue.stop);
      resolve(uploadId);
      return Promise.resolve();
    });
    signal?.addEventListener('abort', () => {
      end();
      queue.stop();
      reject(new ORPCError('INVALID', { message: '已停止上传。' }));
    });
    queue.start();
    queue.add([file]);
  });
