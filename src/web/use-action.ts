import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newId } from '#platform/ids.ts';
import { type CallContext, statusOf } from './rpc.ts';
import { notify } from './ui/toast.tsx';

interface Options<Input, Output> {
  /** Said once it is done. */
  readonly done?: string;
  readonly onDone?: (output: Output, input: Input) => void;
}

/**
 * A write: the same input sent again after a failure keeps its Idempotency-Key, so it acts once.
 * When it is done, or refused because something newer stands, every list and figure on the page is asked
 * for again; it says so only when they stand, so that the next press is made from what is true by then.
 */
export const useAction = <Input, Output>(
  call: (input: Input, options: { context: CallContext }) => Promise<Output>,
  options: Options<Input, Output> = {},
): UseMutationResult<Output, Error, Input> => {
  const client = useQueryClient();
  const attempt = useRef<{ text: string; key: string } | null>(null);
  return useMutation<Output, Error, Input>({
    networkMode: 'always',
    mutationFn: async (input) => {
      const text = JSON.stringify(input) ?? '';
      if (attempt.current?.text !== text) attempt.current = { text, key: newId() };
      return call(input, { context: { idempotencyKey: attempt.current.key } });
    },
    onSuccess: async (output, input) => {
      attempt.current = null;
      options.onDone?.(output, input);
      await client.invalidateQueries();
      if (options.done !== undefined) notify(options.done);
    },
    onError: (error) => {
      if (statusOf(error) === 409) void client.invalidateQueries();
    },
  });
};
