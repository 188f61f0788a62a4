import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { type RequestContext, read } from '#platform/http/endpoint.ts';
import type { UploadRoute } from '#platform/http/file-route.ts';
import { mayWriteSomething } from '../item/policy.ts';
import { bringWord, getBroughtWord } from './actions.ts';
import { wordStartContract } from './contract.ts';
import { largestWordFile } from './vocabulary/contract.ts';

const os = implement(wordStartContract).$context<RequestContext<Actor>>();

export const wordStartRoutes = {
  getBroughtWord: os.getBroughtWord.handler(read(mayWriteSomething, getBroughtWord)),
};

export const wordStartUploads = (files: FileStore): readonly UploadRoute<Actor>[] => [
  {
    path: '/files/library/word',
    permission: mayWriteSomething,
    largest: largestWordFile,
    prepare: bringWord(files),
  },
];
