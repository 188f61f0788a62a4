import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { FileAnswer, FileInput } from '#platform/http/file-route.ts';
import type { OfficialDocument } from '#platform/official-document/document.ts';
import { toDocx } from '#platform/official-document/docx.ts';
import { toPdf } from '#platform/official-document/pdf.ts';
import { notFound } from '#platform/refusal.ts';
import { getCircular } from '../actions.ts';
import { toOfficialDocument } from '../rules.ts';

type Context = ActionContext<Actor>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const paperOf = async (
  context: Context,
  { params }: FileInput,
): Promise<{ name: string; document: OfficialDocument }> => {
  const id = params['id'] ?? '';
  if (!uuid.test(id)) throw notFound();
  const circular = await getCircular(context, { id });
  return {
    name: circular.documentNumber === null ? `${circular.title}（草稿）` : circular.title,
    document: toOfficialDocument(circular, context.today),
  };
};

export const printDocx = async (context: Context, input: FileInput): Promise<FileAnswer> => {
  const { name, document } = await paperOf(context, input);
  return {
    fileName: `${name}.docx`,
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    bytes: await toDocx(document),
  };
};

export const printPdf = async (context: Context, input: FileInput): Promise<FileAnswer> => {
  const { name, document } = await paperOf(context, input);
  return { fileName: `${name}.pdf`, contentType: 'application/pdf', bytes: await toPdf(document) };
};
