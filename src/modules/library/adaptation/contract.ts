import { oc } from '@orpc/contract';
import { z } from 'zod';
import { id, subject, version } from '#modules/organisation/contract.ts';
import { content, sectionKey } from '../content/contract.ts';
import { decisions } from '../merge/contract.ts';
import {
  fingerprint,
  instant,
  itemKind,
  personName,
  textbookNames,
  versionNumber,
} from '../shapes/contract.ts';
import { adaptationOpenings } from '../vocabulary/contract.ts';

const adaptationRow = z.object({
  id,
  itemId: id,
  kind: itemKind,
  title: z.string(),
  subject,
  grade: z.int(),
  /** Whose own the item is; null: the district's. */
  itemSchoolName: z.string().nullable(),
  schoolId: id,
  schoolName: z.string(),
  maker: personName,
  openTo: z.enum(adaptationOpenings),
  basedOn: z.int(),
  /** The newest published version, where it is newer and was not declined. */
  newer: z.int().nullable(),
  touched: z.array(sectionKey),
  taught: z.int(),
  savedAt: instant,
  /** The maker is done with it: it stays to be read, and can be opened again. */
  ended: z.boolean(),
});
export type AdaptationRow = z.infer<typeof adaptationRow>;

const adaptationDetail = adaptationRow.extend({
  version,
  /** As it reads: linked sections from the version, touched ones as they are here. */
  content,
  /** The version it is based on. */
  base: content,
  textbook: textbookNames,
  locked: z.array(sectionKey),
  newerNote: z.string().nullable(),
  /** Sections in which something is written that was not saved as a revision. */
  unsaved: z.array(sectionKey),
  /** The last change was an update, which can be undone once. */
  mayUndo: z.boolean(),
  withdrawn: z.boolean(),
  may: z.object({
    edit: z.boolean(),
    /** Of the district's alone: a school's own has no core group above it. */
    suggest: z.boolean(),
    /** Says who may write in it, ends it and opens it again: its maker. */
    manage: z.boolean(),
    /** Reads what stays in the school: reflections, and how the text came about. */
    inside: z.boolean(),
  }),
});
export type AdaptationDetail = z.infer<typeof adaptationDetail>;

/**
 * One's own in use, those of them for which there is a newer version, and those that have ended; the own schools' in
 * use; whatever was made of an item, ended or not.
 */
export const adaptationViews = ['mine', 'updates', 'ended', 'school', 'item'] as const;

const edit = { id, version };
const saved = z.object({ id, version });
const page = {
  cursor: z.string().max(300).optional(),
  limit: z.int().min(1).max(100).default(30),
};

export const adaptationContract = {
  /** Takes the published version as it stands; the caller's own is returned where there is one. */
  adaptItem: oc
    .input(z.object({ itemId: id, schoolId: id, openTo: z.enum(adaptationOpenings) }))
    .output(saved),
  getAdaptation: oc.input(z.object({ id })).output(adaptationDetail),
  /** What is written in its document becomes its new revision. */
  saveAdaptation: oc.input(z.object(edit)).output(saved),
  /** The section reads as the version has it again. */
  relinkSection: oc.input(z.object({ ...edit, section: sectionKey })).output(saved),
  openAdaptation: oc.input(z.object({ ...edit, openTo: z.enum(adaptationOpenings) })).output(saved),
  endAdaptation: oc.input(z.object(edit)).output(saved),
  resumeAdaptation: oc.input(z.object(edit)).output(saved),
  /** What an update would be made of: the merge is the same on the page and on the server. */
  getUpdate: oc.input(z.object({ id })).output(
    z.object({
      version,
      basedOn: z.int(),
      to: z.int(),
      note: z.string(),
      base: content,
      ours: content,
      theirs: content,
      /** Sections locked above that say something else here: they follow the district. */
      given: z.array(sectionKey),
      /** Of these texts; the update is refused where it would be made of others. */
      shown: fingerprint,
    }),
  ),
  updateAdaptation: oc
    .input(z.object({ ...edit, to: versionNumber, shown: fingerprint, decisions }))
    .output(saved),
  declineUpdate: oc.input(z.object({ ...edit, to: versionNumber })).output(saved),
  undoUpdate: oc.input(z.object(edit)).output(saved),
  listAdaptations: oc
    .input(
      z.object({
        view: z.enum(adaptationViews),
        itemId: id.optional(),
        /** Only those that touched this section. */
        section: sectionKey.optional(),
        /** Only those after whose lessons somebody reflected. */
        taught: z.boolean().optional(),
        ...page,
      }),
    )
    .output(z.object({ rows: z.array(adaptationRow), nextCursor: z.string().nullable(), asOf: instant })),
  /** In how many schools each section was touched, of all that adapted the item. */
  getChangedSections: oc.input(z.object({ itemId: id })).output(
    z.object({
      schools: z.int(),
      sections: z.array(z.object({ key: sectionKey, schools: z.int(), suggestions: z.int() })),
    }),
  ),
};
