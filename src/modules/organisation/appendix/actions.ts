import { chineseDate, isDay } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { FileAnswer, FileInput } from '#platform/http/file-route.ts';
import { toTableDocx } from '#platform/official-document/table-docx.ts';
import { invalid, notFound } from '#platform/refusal.ts';
import { structureOn } from '../structure/actions.ts';
import type { Actor } from '../vocabulary/contract.ts';
import { appendixNumbers, appendixTables, appendixTitles } from './rules.ts';

/** Appendix 1, 2 or 3 in the notice's own table form, as it stood on a day (today unless `on` says another). */
export const printAppendix = async (
  { db, today }: ActionContext<Actor>,
  { params, query }: FileInput,
): Promise<FileAnswer> => {
  const number = appendixNumbers.find((one) => one === params['number']);
  if (number === undefined) throw notFound('附件只有 1、2、3，请重新选择。');
  const on = query['on'] ?? today;
  if (!isDay(on)) throw invalid('日期应写作 2026-11-23 这样的形式。');
  const title = appendixTitles[number];
  return {
    fileName: `附件${number} ${title}（${on}）.docx`,
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    bytes: await toTableDocx({
      label: `附件${number}`,
      title,
      note: `（截至${chineseDate(on)}）`,
      tables: appendixTables(number, await structureOn(db, on)),
    }),
  };
};
