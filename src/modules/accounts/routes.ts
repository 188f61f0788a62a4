import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { open, type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  countRosterAccounts,
  createAccounts,
  createSeparateAccount,
  disableAccount,
  enableAccount,
  listAccounts,
  listRosterWithoutAccount,
  resetPassword,
} from './administration/actions.ts';
import { listAuditEntries } from './audit-log/actions.ts';
import { accountsContract } from './contract.ts';
import { changePassword, readPasswordRules } from './password/actions.ts';
import {
  mayChangeSecurityRules,
  mayCreateAccounts,
  mayGrantDuties,
  mayListAccounts,
  mayManageAccounts,
  mayReadAuditLog,
  mayReadSecurityRules,
  maySeeSessionsOfOthers,
  mayUnlockAccounts,
} from './policy.ts';
import {
  changeSecurityRules,
  endDuty,
  endSessionsOf,
  grantDuty,
  listSessionsOf,
  readSecurityRules,
  unlockAccount,
} from './security/actions.ts';
import { endMyOtherSessions, endMySession, listMySessions, signOut, whoAmI } from './session/actions.ts';
import { readSignInOptions, signIn } from './sign-in/actions.ts';

const os = implement(accountsContract).$context<RequestContext<Actor>>();
const secret = { answer: 'secret' } as const;

export const accountsRouter = (options: { demo: boolean }) =>
  os.router({
    readSignInOptions: os.readSignInOptions.handler(open(readSignInOptions(options))),
    signIn: os.signIn.handler(open(signIn)),
    whoAmI: os.whoAmI.handler(read('first-password', whoAmI(options))),
    signOut: os.signOut.handler(write('first-password', signOut)),
    listMySessions: os.listMySessions.handler(read('signed-in', listMySessions)),
    endMySession: os.endMySession.handler(write('signed-in', endMySession)),
    endMyOtherSessions: os.endMyOtherSessions.handler(write('signed-in', endMyOtherSessions)),
    readPasswordRules: os.readPasswordRules.handler(read('first-password', readPasswordRules)),
    changePassword: os.changePassword.handler(write('first-password', changePassword)),
    listAccounts: os.listAccounts.handler(read(mayListAccounts, listAccounts)),
    countRosterAccounts: os.countRosterAccounts.handler(read(mayCreateAccounts, countRosterAccounts)),
    listRosterWithoutAccount: os.listRosterWithoutAccount.handler(
      read(mayCreateAccounts, listRosterWithoutAccount),
    ),
    createAccounts: os.createAccounts.handler(write(mayCreateAccounts, createAccounts, secret)),
    createSeparateAccount: os.createSeparateAccount.handler(
      write(mayCreateAccounts, createSeparateAccount, secret),
    ),
    resetPassword: os.resetPassword.handler(write(mayManageAccounts, resetPassword, secret)),
    disableAccount: os.disableAccount.handler(write(mayManageAccounts, disableAccount)),
    enableAccount: os.enableAccount.handler(write(mayManageAccounts, enableAccount)),
    readSecurityRules: os.readSecurityRules.handler(read(mayReadSecurityRules, readSecurityRules)),
    changeSecurityRules: os.changeSecurityRules.handler(write(mayChangeSecurityRules, changeSecurityRules)),
    unlockAccount: os.unlockAccount.handler(write(mayUnlockAccounts, unlockAccount)),
    listSessionsOf: os.listSessionsOf.handler(read(maySeeSessionsOfOthers, listSessionsOf)),
    endSessionsOf: os.endSessionsOf.handler(write(maySeeSessionsOfOthers, endSessionsOf)),
    grantDuty: os.grantDuty.handler(write(mayGrantDuties, grantDuty)),
    endDuty: os.endDuty.handler(write(mayGrantDuties, endDuty)),
    listAuditEntries: os.listAuditEntries.handler(read(mayReadAuditLog, listAuditEntries)),
  });
