import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, id, version } from '#modules/organisation/contract.ts';

/** How a page can show a file without a download; `word` is read, `office` is turned into pages first. */
export const fileViews = ['pdf', 'picture', 'film', 'sound', 'word', 'office', 'none'] as const;
export type FileView = (typeof fileViews)[number];

/** Pages of an Office file: never asked for, on their way, there, or not to be had. */
export const pagesStates = ['none', 'waiting', 'running', 'ready', 'failed'] as const;

/** What a list shows of an item by the first of its files that has a picture, or the first. */
export const itemCover = z.object({
  attachmentId: id,
  /** A small picture of its first page is there. */
  picture: z.boolean(),
  /** `PPTX`; empty where its name has none. */
  ending: z.string(),
});
export type ItemCover = z.infer<typeof itemCover>;

const title = z.string().trim().min(1, '请写名称').max(200, '最多 200 字');

const link = {
  /** The address alone, or the whole text that a netdisk puts on the clipboard. */
  url: z.string().trim().min(1, '请粘贴网盘链接').max(2000, '最多 2000 字'),
  /** 提取码. */
  accessCode: z.string().trim().max(40, '最多 40 字'),
  /** Its last day; null: it does not expire. */
  expiresOn: day.nullable(),
};

const attachmentRow = z.object({
  id,
  title: z.string(),
  version,
  addedByName: z.string(),
  addedAt: z.iso.datetime(),
  /** Null for a link. */
  file: z
    .object({
      name: z.string(),
      size: z.number(),
      view: z.enum(fileViews),
      /** An Office file that brings programs along. */
      hasMacros: z.boolean(),
      pages: z.object({
        state: z.enum(pagesStates),
        /** Why there are none: a sentence; empty where it is not known or not so. */
        sentence: z.string(),
        mayTryAgain: z.boolean(),
      }),
      /** A small picture of its first page is there. */
      firstPage: z.boolean(),
    })
    .nullable(),
  /** Null for a file. */
  link: z
    .object({
      url: z.string(),
      /** Of a netdisk that is known; null for another address. */
      netdisk: z.string().nullable(),
      accessCode: z.string(),
      expiresOn: day.nullable(),
      expired: z.boolean(),
    })
    .nullable(),
});
export type AttachmentRow = z.infer<typeof attachmentRow>;

export const attachmentContract = {
  /** In the order in which they were added. */
  listAttachments: oc
    .input(
      z.object({
        itemId: id,
        cursor: z.string().max(200).optional(),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(
      z.object({
        rows: z.array(attachmentRow),
        nextCursor: z.string().nullable(),
        mayChange: z.boolean(),
        asOf: z.iso.datetime(),
      }),
    ),
  /** Takes up a finished upload of the caller's own. */
  attachFile: oc
    .input(z.object({ itemId: id, uploadId: id, title: title.optional() }))
    .output(z.object({ id })),
  attachLink: oc.input(z.object({ itemId: id, title, ...link })).output(z.object({ id })),
  /** Of a file only the title can be changed: another file is another attachment. */
  changeAttachment: oc
    .input(z.object({ id, version, title, link: z.object(link).nullable() }))
    .output(z.object({ version })),
  /** Pages that could not be made are tried once more. */
  retryPages: oc.input(z.object({ id })).output(z.object({ id })),
  removeAttachment: oc.input(z.object({ id, version })).output(z.object({ id })),
};
