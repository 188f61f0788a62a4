import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { docxType } from '#platform/files/content-type.ts';
import type { NamedFile } from '#platform/files/sending.ts';
import { servingOf } from '#platform/files/serving.ts';
import { claimUpload, type StoredFile } from '#platform/files/uploads.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import type { FileInput } from '#platform/http/file-route.ts';
import { isId } from '#platform/ids.ts';
import { decodeCursor, encodeCursor } from '#platform/keyset.ts';
import {
  askForPreview,
  askForPreviewAgain,
  findDerived,
  isOffice,
  isOwnFirstPage,
  listPreviewStates,
  noPreview,
  type PreviewState,
} from '#platform/preview/previews.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { ownPersonId } from '../item/policy.ts';
import type { AttachmentRow, attachmentContract, FileView } from './contract.ts';
import { type ItemAccess, mayChangeAttachments, maySeeAttachments } from './policy.ts';
import { failureSentence, macrosSentence, mayTryAgain } from './preview/rules.ts';
import { hostOf, isExpired, mostAttachments, netdiskOf, readLink } from './rules.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof attachmentContract>;
type Outputs = InferContractRouterOutputs<typeof attachmentContract>;

/** What the caller may do with an item; the items themselves answer. */
export type FindItemAccess = (context: Context, itemId: string) => Promise<ItemAccess>;

const newer = () => conflict('这个附件在别处有了更新。您填写的内容仍保留在本页，请看过后再保存。');

type Facts = Readonly<Record<string, unknown>>;

const audit = (context: Context, what: string, id: string, after: Facts, before?: Facts) =>
  recordAudit(context.db, context.origin, {
    action: `library.attachment-${what}`,
    objectKind: 'attachment',
    objectId: id,
    before,
    after,
  });

/** What an audit row may hold of a link: neither its code nor the address, which may carry the code. */
const linkFacts = ({ url, expiresOn }: { readonly url: string; readonly expiresOn: string | null }) => ({
  host: hostOf(url),
  expiresOn,
});

/** The stored file behind an attachment; null for a link. */
const storedFileOf = ({ sha256, size, type, width, height }: store.StoredAttachment): StoredFile | null =>
  sha256 === null || size === null || type === null
    ? null
    : { sha256, size, type, picture: width === null || height === null ? null : { width, height } };

const viewOf = (name: string, { type, picture }: StoredFile): FileView => {
  if (type === docxType) return 'word';
  if (isOffice({ name, type })) return 'office';
  if (servingOf({ name, type, picture }).kind === 'attachment') return 'none';
  if (type === 'application/pdf') return 'pdf';
  if (type.startsWith('image/')) return 'picture';
  return type.startsWith('video/') ? 'film' : 'sound';
};

type ShownFile = NonNullable<AttachmentRow['file']>;

const pagesOf = (hasMacros: boolean, { pages, failure }: PreviewState): ShownFile['pages'] => {
  if (hasMacros) return { state: 'failed', sentence: macrosSentence, mayTryAgain: false };
  return {
    state: pages,
    sentence: failure === null ? '' : failureSentence(failure),
    mayTryAgain: failure !== null && mayTryAgain(failure),
  };
};

const shown = (
  row: store.StoredAttachment,
  today: string,
  previews: ReadonlyMap<string, PreviewState>,
): AttachmentRow => {
  const stored = storedFileOf(row);
  const name = row.fileName ?? row.title;
  const hasMacros = stored?.type.includes('macroenabled') === true;
  const preview = previews.get(row.sha256 ?? '') ?? noPreview;
  return {
    id: row.id,
    title: row.title,
    version: row.version,
    addedByName: row.addedByName,
    addedAt: row.addedAt,
    file:
      stored === null
        ? null
        : {
            name,
            size: stored.size,
            view: viewOf(name, stored),
            hasMacros,
            pages: pagesOf(hasMacros, preview),
            firstPage: preview.firstPage || isOwnFirstPage(stored),
          },
    link:
      row.url === null
        ? null
        : {
            url: row.url,
            netdisk: netdiskOf(row.url),
            accessCode: row.accessCode,
            expiresOn: row.expiresOn,
            expired: isExpired(row.expiresOn, today),
          },
  };
};

const checkedLink = ({ url, accessCode, expiresOn }: Omit<Inputs['attachLink'], 'itemId' | 'title'>) => {
  const link = readLink(url, accessCode);
  if (!link.ok) throw invalid(link.sentence);
  return { url: link.url, accessCode: link.accessCode, expiresOn };
};

/** What people do with the attachments of an item that they may see or edit; any other item is not found. */
export const attachmentActions = (findAccess: FindItemAccess) => {
  const forChange = async (context: Context, itemId: string): Promise<void> => {
    const access = await findAccess(context, itemId);
    if (!maySeeAttachments(access)) throw notFound();
    if (!mayChangeAttachments(access))
      throw forbidden(
        '您可以查看这份资源，但不能改动它的附件。发布以后附件由主备人、组长或教研员（学校资源由编写人、学科长或学校负责人）改动，请把文件交给他们。',
      );
  };
  const roomFor = async ({ db }: Context, itemId: string): Promise<void> => {
    await store.lockItemAttachments(db, itemId);
    if ((await store.countAttachments(db, itemId)) >= mostAttachments)
      throw conflict(`一份资源最多 ${mostAttachments} 个附件。请先移除不用的，或打包成一个压缩文件再上传。`);
  };
  const findForChange = async (context: Context, id: string): Promise<store.StoredAttachment> => {
    const row = await store.findAttachment(context.db, id);
    if (row === undefined) throw notFound();
    await forChange(context, row.itemId);
    return row;
  };

  /** The bytes of a file; whoever may not see its item learns nothing of it. */
  const open = async (context: Context, { params }: FileInput): Promise<NamedFile> => {
    const id = params['id'] ?? '';
    const row = isId(id) ? await store.findAttachment(context.db, id) : undefined;
    if (row === undefined || !maySeeAttachments(await findAccess(context, row.itemId))) throw notFound();
    const stored = storedFileOf(row);
    if (stored === null) throw notFound('这个附件是网盘链接，请在页面上点链接打开。');
    return { fileName: row.fileName ?? row.title, stored };
  };

  return {
    listAttachments: async (
      context: Context,
      { itemId, cursor, limit = 50 }: Inputs['listAttachments'],
    ): Promise<Outputs['listAttachments']> => {
      const access = await findAccess(context, itemId);
      if (!maySeeAttachments(access)) throw notFound();
      const afterId = cursor === undefined ? null : decodeCursor(cursor, ['id']).id;
      const found = await store.listAttachments(context.db, itemId, afterId, limit + 1);
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      const sources = rows.flatMap(({ sha256 }) => sha256 ?? []);
      const previews = await listPreviewStates(context.db, sources);
      return {
        rows: rows.map((row) => shown(row, context.today, previews)),
        nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
        mayChange: mayChangeAttachments(access),
        asOf: context.now.toISOString(),
      };
    },

    attachFile: async (
      context: Context,
      { itemId, uploadId, title }: Inputs['attachFile'],
    ): Promise<Outputs['attachFile']> => {
      const { db, origin } = context;
      await forChange(context, itemId);
      await store.lockItemAttachments(db, itemId);
      const upload = await claimUpload(db, { uploadId, accountId: origin.accountId });
      const earlier = await store.findAttachmentOfUpload(db, itemId, uploadId);
      if (earlier !== undefined) return { id: earlier };
      await roomFor(context, itemId);
      await askForPreview(db, upload);
      const id = await store.insertFile(db, {
        itemId,
        uploadId,
        title: title ?? upload.name,
        addedBy: ownPersonId(context, '添加附件'),
      });
      await audit(context, 'added', id, {
        itemId,
        name: upload.name,
        size: upload.size,
        sha256: upload.sha256,
      });
      return { id };
    },

    attachLink: async (
      context: Context,
      { itemId, title, ...link }: Inputs['attachLink'],
    ): Promise<Outputs['attachLink']> => {
      await forChange(context, itemId);
      await roomFor(context, itemId);
      const fields = { title, ...checkedLink(link) };
      const id = await store.insertLink(context.db, {
        itemId,
        addedBy: ownPersonId(context, '添加附件'),
        ...fields,
      });
      await audit(context, 'added', id, { itemId, title, ...linkFacts(fields) });
      return { id };
    },

    changeAttachment: async (
      context: Context,
      { id, version, title, link }: Inputs['changeAttachment'],
    ): Promise<Outputs['changeAttachment']> => {
      const row = await findForChange(context, id);
      if ((link !== null) !== (row.kind === 'link'))
        throw invalid('文件附件只能改名称。要换文件，请移除后重新上传。');
      const checked = link === null ? null : checkedLink(link);
      const fields = { title, ...checked };
      const next = await store.updateAttachment(context.db, id, version, fields);
      if (next === undefined) throw newer();
      const facts = {
        itemId: row.itemId,
        title,
        ...(checked === null ? {} : linkFacts(checked)),
        linkChanged: checked !== null && (checked.url !== row.url || checked.accessCode !== row.accessCode),
      };
      const before = {
        title: row.title,
        ...(row.url === null ? {} : linkFacts({ url: row.url, expiresOn: row.expiresOn })),
      };
      await audit(context, 'changed', id, facts, before);
      return { version: next };
    },

    removeAttachment: async (
      context: Context,
      { id, version }: Inputs['removeAttachment'],
    ): Promise<Outputs['removeAttachment']> => {
      const { title, itemId } = await findForChange(context, id);
      if (!(await store.markRemoved(context.db, id, version, ownPersonId(context, '移除附件'))))
        throw newer();
      await audit(context, 'removed', id, { itemId, title });
      return { id };
    },

    retryPages: async (context: Context, { id }: Inputs['retryPages']): Promise<Outputs['retryPages']> => {
      const { sha256, itemId } = await findForChange(context, id);
      if (sha256 === null || !(await askForPreviewAgain(context.db, sha256)))
        throw conflict('这个文件的预览没有失败，不用重试。请刷新页面查看。');
      await audit(context, 'pages-retried', id, { itemId });
      return { id };
    },

    openAttachment: open,

    /** Its pages as a PDF. */
    openPages: async (context: Context, input: FileInput): Promise<NamedFile> => {
      const { fileName, stored } = await open(context, input);
      const pages = await findDerived(context.db, stored.sha256, 'pdf');
      if (pages === undefined) throw notFound('这个文件还没有转换好，请稍后再看，或下载查看。');
      return { fileName: `${fileName}.pdf`, stored: pages };
    },

    openFirstPage: async (context: Context, input: FileInput): Promise<NamedFile> => {
      const { fileName, stored } = await open(context, input);
      if (isOwnFirstPage(stored)) return { fileName, stored };
      const picture = await findDerived(context.db, stored.sha256, 'first-page');
      if (picture === undefined) throw notFound('这个文件没有首页图。');
      return { fileName: `${fileName}.png`, stored: picture };
    },
  };
};
