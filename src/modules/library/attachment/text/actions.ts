import type { FileStore } from '#platform/files/file-store.ts';
import type { NamedFile } from '#platform/files/sending.ts';
import type { FileAnswer } from '#platform/http/file-route.ts';
import { invalid } from '#platform/refusal.ts';
import { UnreadableFile } from '#platform/spreadsheet/unreadable-file.ts';
import { readWord } from '#platform/word/read-word.ts';
import type { AttachmentText } from './contract.ts';
import { blocksOfWord, picturesThatFit } from './rules.ts';

/** In bytes; above it the file is downloaded. */
const largestRead = 50 * 2 ** 20;

/** What stands in a Word file that the caller may have; no markup of the file reaches the page. */
export const readAttachedWord = async (
  files: FileStore,
  { fileName, stored }: NamedFile,
): Promise<FileAnswer> => {
  if (stored.size > largestRead) throw invalid('文件超过 50 MB，请下载查看。');
  try {
    const { blocks, pictures, leftOut } = await readWord({
      name: fileName,
      path: files.pathOf(stored.sha256),
    });
    const text: AttachmentText = {
      blocks: blocksOfWord(blocks),
      pictures: Object.fromEntries(
        picturesThatFit([...pictures.values()]).map(({ file, type, bytes }) => [
          file,
          `data:${type};base64,${bytes.toString('base64')}`,
        ]),
      ),
      leftOut: leftOut.length,
    };
    return {
      fileName: '内容.json',
      contentType: 'application/json; charset=utf-8',
      bytes: Buffer.from(JSON.stringify(text), 'utf8'),
    };
  } catch (error) {
    throw error instanceof UnreadableFile
      ? invalid(`这个文件不能在页面里看，可下载查看。${error.message}`)
      : error;
  }
};
