import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { sessionExpired } from './session-events.ts';

export interface CallContext {
  /** One per thing a person means to do, kept over retries, so that it is done once. */
  readonly idempotencyKey?: string;
}

const link = new RPCLink<CallContext>({
  url: () => `${window.location.origin}/rpc`,
  headers: ({ context }) =>
    context.idempotencyKey === undefined ? {} : { 'idempotency-key': context.idempotencyKey },
  interceptors: [
    async (call) => {
      try {
        return await call.next();
      } catch (error) {
        if (error instanceof ORPCError && error.status === 401) sessionExpired.announce();
        throw error;
      }
    },
  ],
});

/**
 * A module's endpoints for its pages: `client` calls them, `query` gives TanStack Query options.
 * Only the contract's type is used, so no schema travels with the page.
 */
export const createModuleApi = <Contract extends AnyContractRouter>(module: string) => {
  const client: ContractRouterClient<Contract, CallContext> = createORPCClient(link, { path: [module] });
  return { client, query: createTanstackQueryUtils(client, { path: [module] }) };
};

/** The sentence to show for a failed call: the server's own refusal, or that the network is down. */
export const sentenceOf = (error: unknown): string => {
  if (error instanceof ORPCError) return error.message;
  if (error instanceof TypeError) return '网络不通，内容已保留在本机。请检查网络后重试。';
  return '操作没有完成，内容已保留。请重试。';
};

export const statusOf = (error: unknown): number | null => (error instanceof ORPCError ? error.status : null);

/** The refusal's plain data, e.g. the newer record after an edit conflict. */
export const detailsOf = (error: unknown): unknown => (error instanceof ORPCError ? error.data : undefined);
