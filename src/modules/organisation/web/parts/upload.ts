import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { sessionExpired } from '#web/session-events.ts';
import { largestRosterFile } from '../../roster-import/contract.ts';
import { largestTimetableFile } from '../../timetable-import/contract.ts';

const answerOf = z.union([z.object({ importId: z.string() }), z.object({ message: z.string() })]);

type Answer = z.infer<typeof answerOf>;

interface Upload {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** In bytes. */
  readonly largest: number;
}

/** Sends a file as it is; the answer is the import to look at, or the sentence that refuses it. */
const upload = async (content: Blob, { path, query, largest }: Upload): Promise<Answer> => {
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
    return answerOf.parse(await response.json());
  } catch (error) {
    return {
      message:
        error instanceof TypeError
          ? '网络不通，没有上传。请检查网络后重试。'
          : '上传没有完成，请重试；若仍不行，请联系管理员。',
    };
  }
};

export const uploadRoster = (content: Blob, name: string): Promise<Answer> =>
  upload(content, { path: '/files/organisation/roster', query: { name }, largest: largestRosterFile });

export const uploadTimetable = (
  content: Blob,
  query: { readonly school: string; readonly term: string; readonly name: string },
): Promise<Answer> =>
  upload(content, { path: '/files/organisation/timetable', query, largest: largestTimetableFile });
