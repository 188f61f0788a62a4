import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { accountsContract } from '#modules/accounts/contract.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { createModuleApi, statusOf } from './rpc.ts';
import { Failure, Loading } from './ui/states.tsx';

const accounts = createModuleApi<typeof accountsContract>('accounts');

/** The person signed in, with the posts and duties that decide what the shell shows. */
export interface Me extends Actor {
  readonly mustChangePassword: boolean;
  readonly demo: boolean;
  /** Every post in words, e.g. `银丰小学 校长`. */
  readonly postTexts: readonly string[];
}

const MeContext = createContext<Me | null>(null);

/** The person signed in; only inside the shell. */
export const useMe = (): Me => {
  const me = useContext(MeContext);
  if (me === null) throw new Error('useMe outside a signed-in page');
  return me;
};

/**
 * After signing in over an open page: the same person goes on where the page stands; for somebody else it
 * starts anew, so that nothing of the former person is shown, or sent under the new name.
 */
export const useGoOn = (): (() => Promise<void>) => {
  const me = useMe();
  const client = useQueryClient();
  return async () => {
    const { accountId } = await accounts.client.whoAmI({});
    if (accountId === me.accountId) await client.invalidateQueries();
    else window.location.assign('/');
  };
};

/** Asks who is signed in; without a session the sign-in page takes the place of the page. */
export const SignedIn = ({
  children,
  otherwise,
}: {
  children: (me: Me) => ReactNode;
  otherwise: ReactNode;
}): ReactNode => {
  const query = useQuery({
    ...accounts.query.whoAmI.queryOptions({ input: {} }),
    retry: false,
    staleTime: 60_000,
  });
  if (query.data !== undefined)
    return <MeContext.Provider value={query.data}>{children(query.data)}</MeContext.Provider>;
  if (query.isError && statusOf(query.error) === 401) return otherwise;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading label="正在打开…" />;
};
