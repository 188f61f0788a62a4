import { ORPCError } from '@orpc/client';
import { createUploadQueue } from './upload-runner.ts';

/**
 * Sends one file and gives its upload once it has arrived whole; goes on by itself when the line or the session is back.
 * Fails with the server's sentence where it is refused.
 */
export const uploadOne = (
  account: string,
  file: File,
  onProgress?: (bytes: number) => void,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const queue = createUploadQueue(account);
    const end = queue.subscribe(() => {
      const [item] = queue.items();
      if (item !== undefined) onProgress?.(item.state.offset + item.inFlight);
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
    queue.start();
    queue.add([file]);
  });
