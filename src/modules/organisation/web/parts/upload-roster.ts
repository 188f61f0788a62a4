import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { sessionExpired } from '#web/session-events.ts';
import { largestRosterFile } from '../../roster-import/contract.ts';

const answerOf = z.union([z.object({ importId: z.string() }), z.object({ message: z.string() })]);

const tooLarge = { message: '文件超过 20 MB，请只保留需要导入的表格，拆开后再上传。' };

/** Sends a roster as it is; the answer is the import to look at, or the sentence that refuses it. */
export const uploadRoster = async (content: Blob, name: string): Promise<z.infer<typeof answerOf>> => {
  if (content.size > largestRosterFile) return tooLarge;
  try {
    const response = await fetch(`/files/organisation/roster?name=${encodeURIComponent(name)}`, {
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
