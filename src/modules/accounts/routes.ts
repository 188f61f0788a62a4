import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { open, type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { accountsContract } from './contract.ts';
import { endMyOtherSessions, endMySession, listMySessions, signOut, whoAmI } from './session/actions.ts';
import { signIn } from './sign-in/actions.ts';

const os = implement(accountsContract).$context<RequestContext<Actor>>();

export const accountsRouter = (options: { demo: boolean }) =>
  os.router({
    signIn: os.signIn.handler(open(signIn)),
    whoAmI: os.whoAmI.handler(read('first-password', whoAmI(options))),
    signOut: os.signOut.handler(write('first-password', signOut)),
    listMySessions: os.listMySessions.handler(read('signed-in', listMySessions)),
    endMySession: os.endMySession.handler(write('signed-in', endMySession)),
    endMyOtherSessions: os.endMyOtherSessions.handler(write('signed-in', endMyOtherSessions)),
  });
