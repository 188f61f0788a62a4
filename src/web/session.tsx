import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { accountsContract } from '#modules/accounts/contract.ts';
import type { Actor, Subject } from '#modules/organisation/contract.ts';
import { keepCopy, readCopy } from './draft.ts';
import { createModuleApi, statusOf } from './rpc.ts';
import { sessionRenewed } from './session-events.ts';
import { Failure, Loading } from './ui/states.tsx';

const accounts = createModuleApi<typeof accountsContract>('accounts');

/** The person signed in, with the posts and duties that decide what the shell shows. */
export interface Me extends Actor {
  readonly mustChangePassword: boolean;
  readonly demo: boolean;
  /** Of a post, else what one teaches: where pages on subjects begin. */
  readonly ownSubject: Subject | null;
  /** Every post in words, e.g. `银丰小学 校长`. */
  readonly postTexts: readonly string[];
  /** Nobody answered: this is who was signed in here last. */
  readonly offline?: true;
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
    if (accountId === me.accountId) {
      sessionRenewed.announce();
      await client.invalidateQueries();
    } else window.location.assign('/');
  };
};

/** A device opens without a network for whoever was known here within this time. */
const knownFor = 14 * 86_400_000;
/** A line that does not answer within this time is taken for none. */
const patience = 3000;
const askAgainAfter = 30_000;

const isMe = (value: unknown): value is Me =>
  typeof value === 'object' &&
  value !== null &&
  'accountId' in value &&
  'personId' in value &&
  'name' in value &&
  'appointments' in value &&
  Array.isArray(value.appointments) &&
  'duties' in value &&
  Array.isArray(value.duties) &&
  'postTexts' in value &&
  Array.isArray(value.postTexts);

const lastKnown = (): Me | null => {
  const kept = readCopy('me');
  if (typeof kept !== 'object' || kept === null || !('me' in kept) || !('at' in kept)) return null;
  return isMe(kept.me) && Number(kept.at) > Date.now() - knownFor ? { ...kept.me, offline: true } : null;
};

/**
 * Asks who is signed in; without a session the sign-in page takes the place of the page. Where nobody answers,
 * the page opens for whoever was signed in here last: everything the server has stays behind its own lock.
 */
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
    refetchInterval: ({ state }) =>
      state.status === 'error' && (statusOf(state.error) ?? 500) >= 500 ? askAgainAfter : false,
  });
  const [known] = useState(lastKnown);
  const [isSlow, setSlow] = useState(false);
  // Once opened it stays open: a session found ended is then asked for over the page, and nothing is torn away.
  const [isOpen, setOpen] = useState(false);
  const { data, error, isError } = query;
  useEffect(() => {
    if (data !== undefined && !data.mustChangePassword) keepCopy('me', { me: data, at: Date.now() });
  }, [data]);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patience);
    return () => clearTimeout(timer);
  }, []);
  if (data !== undefined)
    return (
      <MeContext.Provider key={data.accountId} value={data}>
        {children(data)}
      </MeContext.Provider>
    );
  const isUnanswered = isError ? (statusOf(error) ?? 500) >= 500 : isSlow;
  if (isUnanswered && known !== null && !isOpen) setOpen(true);
  if (known !== null && (isUnanswered || isOpen))
    return (
      <MeContext.Provider key={known.accountId} value={known}>
        {children(known)}
      </MeContext.Provider>
    );
  if (isError && statusOf(error) === 401) return otherwise;
  if (isError) return <Failure error={error} retry={() => void query.refetch()} />;
  return <Loading label="正在打开…" />;
};
