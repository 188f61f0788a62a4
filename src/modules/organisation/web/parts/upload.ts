import { newId } from '#platform/ids.ts';
import { sessionExpired } from '#web/session-events.ts';
import { largestRosterFile } from '../../roster-import/vocabulary/contract.ts';
import { largestTimetableFile } from '../../timetable-import/vocabulary/contract.ts';

type Answer = { readonly importId: string } | { readonly message: string };

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' &&
  value !== null &&
  (('importId' in value && typeof value.importId === 'string') ||
    ('message' in value && typeof value.message === 'string'));

const unfinished = { message: '上传没有完成，请重试；若仍不行，请联系管理员。' };

interface Upload {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** In bytes. */
  readonly largest: number;
}

/** Sends a file as it is; the answer is the import to look at, or the sentence that refuses it. */
export const upload = async (content: Blob, { path, query, largest }: Upload): Promise<Answer> => {
  const tooLarge = {
    message: `文件超过 ${largest / 1024 / 1024} MB，请只保留需要导入的表格，拆开后再上传。`,
  };
  if (content.size > largest) return tooLarge;
  try {
    const response = await fetch(`${path}?${new URLSearchParams(query).toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'idempotency-key': newId() },
      body: content,
    });
    if (response.status === 413) return tooLarge;
    if (response.status === 401) sessionExpired.announce();
    const answer: unknown = await response.json();
    return isAnswer(answer) ? answer : unfinished;
  } catch (error) {
    return error instanceof TypeError ? { message: '网络不通，没有上传。请检查网络后重试。' } : unfinished;
  }
};

export const uploadRoster = (content: Blob, name: string): Promise<Answer> =>
  upload(content, { path: '/files/organisation/roster', query: { name }, largest: largestRosterFile });

export const uploadTimetable = (
  content: Blob,
  query: { readonly school: string; readonly term: string; readonly name: string },
): Promise<Answer> =>
  upload(content, { path: '/files/organisation/timetable', query, largest: largestTimetableFile });
