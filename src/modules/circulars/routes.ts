import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import type { FileRoute } from '#platform/http/file-route.ts';
import {
  checkCircular,
  draftBulletin,
  draftLetter,
  draftNotice,
  getCircular,
  getLetterhead,
  issueCircular,
  lettersOfFinding,
  listCirculars,
  listReceipts,
  openCircular,
  redraftBulletin,
  returnCircular,
  saveDraft,
  setLetterhead,
  signCircular,
  voidCircular,
} from './actions.ts';
import { circularsContract } from './contract.ts';
import { listNumbers, setNextNumber } from './number/actions.ts';
import {
  mayBrowseCirculars,
  mayDraft,
  mayHandle,
  mayReadReceipts,
  maySetLetterhead,
  maySignCirculars,
} from './policy.ts';
import { printDocx, printPdf } from './printing/actions.ts';

const os = implement(circularsContract).$context<RequestContext<Actor>>();

export const circularsRouter = os.router({
  listCirculars: os.listCirculars.handler(read(mayBrowseCirculars, listCirculars)),
  getCircular: os.getCircular.handler(read(mayBrowseCirculars, getCircular)),
  openCircular: os.openCircular.handler(write(mayBrowseCirculars, openCircular)),
  draftBulletin: os.draftBulletin.handler(write(mayDraft, draftBulletin)),
  draftLetter: os.draftLetter.handler(write(mayDraft, draftLetter)),
  lettersOfFinding: os.lettersOfFinding.handler(read(mayBrowseCirculars, lettersOfFinding)),
  draftNotice: os.draftNotice.handler(write(mayDraft, draftNotice)),
  saveDraft: os.saveDraft.handler(write(mayDraft, saveDraft)),
  redraftBulletin: os.redraftBulletin.handler(write(mayDraft, redraftBulletin)),
  checkCircular: os.checkCircular.handler(write(mayDraft, checkCircular)),
  returnCircular: os.returnCircular.handler(write(mayHandle, returnCircular)),
  signCircular: os.signCircular.handler(write(maySignCirculars, signCircular)),
  issueCircular: os.issueCircular.handler(write(mayHandle, issueCircular)),
  voidCircular: os.voidCircular.handler(write(mayHandle, voidCircular)),
  listReceipts: os.listReceipts.handler(read(mayReadReceipts, listReceipts)),
  getLetterhead: os.getLetterhead.handler(read(mayBrowseCirculars, getLetterhead)),
  setLetterhead: os.setLetterhead.handler(write(maySetLetterhead, setLetterhead)),
  listNumbers: os.listNumbers.handler(read(mayReadReceipts, listNumbers)),
  setNextNumber: os.setNextNumber.handler(write(maySetLetterhead, setNextNumber)),
});

export const circularsFiles: readonly FileRoute<Actor>[] = [
  { path: '/files/circulars/:id/docx', permission: mayBrowseCirculars, action: printDocx },
  { path: '/files/circulars/:id/pdf', permission: mayBrowseCirculars, action: printPdf },
];
