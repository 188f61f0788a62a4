import { oc } from '@orpc/contract';
import { z } from 'zod';
import { findingStates, findingTypes } from '#modules/classroom/finding/vocabulary/contract.ts';
import { day, posts, rowsVersion } from '#modules/organisation/contract.ts';
import {
  bulletinSpans,
  bulletinTopics,
  circularKinds,
  circularStates,
  steps,
} from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

const line = (most: number) => z.string().trim().min(1, '不能为空').max(most, `最多 ${most} 字`);

const block = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    title: line(100),
    /** Runs on in the same paragraph. */
    text: z.string().max(4000),
  }),
  z.strictObject({ kind: z.literal('paragraph'), text: line(4000) }),
  z.strictObject({
    kind: z.literal('table'),
    heading: z.string().trim().max(100),
    columns: z
      .array(z.strictObject({ title: line(40), align: z.enum(['left', 'center', 'right']) }))
      .min(1)
      .max(12),
    rows: z.array(z.array(z.string().max(300))).max(500),
  }),
]);
export type Block = z.infer<typeof block>;

const cellTexts = z.array(z.string());
/** A block while it is typed: the same shapes, with nothing required yet. */
export const editable = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    title: z.string(),
    text: z.string(),
  }),
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({
    kind: z.literal('table'),
    heading: z.string(),
    columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'center', 'right']) })),
    rows: z.array(cellTexts),
  }),
]);
export const body = z
  .array(block)
  .max(200)
  .refine(
    (blocks) =>
      blocks.every(
        (one) => one.kind !== 'table' || one.rows.every((row) => row.length === one.columns.length),
      ),
    '表格每一行的格数要与表头相同',
  );

const letterhead = z.strictObject({
  /** The red mark, e.g. 唐山市丰南区教育局文件. */
  issuerMark: line(40),
  /** The issuer's code in the document number, e.g. 丰教研字. */
  series: line(20).regex(/^[^〔〕[\]()（）\d]+$/u, '只填机关代字，不含年份和括号'),
  /** The name under the text and at the head of titles. */
  issuer: line(40),
  recipients: line(200),
  copyTo: z.string().trim().max(300),
  issuedBy: z.string().trim().max(40),
});
export type Letterhead = z.infer<typeof letterhead>;

const documentNumber = z.object({
  series: z.string(),
  year: z.number().int(),
  number: z.number().int(),
});

const periodDay = day.nullable();

const circularRow = z.object({
  id: z.uuid(),
  kind: z.enum(circularKinds),
  topic: z.enum(bulletinTopics).nullable(),
  title: z.string(),
  /** The only school it goes to; null: to all. */
  schoolName: z.string().nullable(),
  periodFrom: periodDay,
  periodTo: periodDay,
  state: z.enum(circularStates),
  documentNumber: documentNumber.nullable(),
  draftedByName: z.string(),
  draftedAt: z.iso.datetime(),
  issuedAt: z.iso.datetime().nullable(),
  /** For a recipient: read or not; null for everybody else. */
  readByMe: z.boolean().nullable(),
  recipients: z.number().int(),
  receipts: z.number().int(),
});
export type CircularRow = z.infer<typeof circularRow>;

const mark = z.object({ name: z.string(), at: z.iso.datetime() }).nullable();

const figures = z.object({
  asOf: z.iso.datetime(),
  /** The rule of counting in words. */
  rule: z.string(),
  /** What opens the same figures again. */
  query: z.object({
    measure: z.enum(['obs.principal.term', 'writing.check', 'finding.summary']),
    /** Null where the figures are not those of a term. */
    termId: z.uuid().nullable(),
    from: day,
    to: day,
    stated: z.string(),
  }),
  values: z.record(z.string(), z.number()),
});
export type Figures = z.infer<typeof figures>;

const letterFinding = z.object({
  id: z.uuid(),
  type: z.enum(findingTypes),
  description: z.string(),
  foundOn: day,
  deadlineOn: day.nullable(),
  state: z.enum(findingStates),
});
export type LetterFinding = z.infer<typeof letterFinding>;

const circular = circularRow.extend({
  /** What a letter is about, in its order. */
  findings: z.array(letterFinding),
  /** Names of the school's people that stand in a letter's draft; for those who write it. */
  namesInText: z.array(z.string()),
  body,
  figures: figures.nullable(),
  letterhead,
  version: z.number().int(),
  edited: mark,
  checked: mark,
  signed: mark,
  issued: mark,
  issuedOn: day.nullable(),
  voidReason: z.string().nullable(),
  returnedReason: z.string().nullable(),
  /** What the person who asks may do now. */
  steps: z.array(z.enum(steps)),
});
export type Circular = z.infer<typeof circular>;

const receipt = z.object({
  personId: z.uuid(),
  personName: z.string(),
  post: z.enum(posts),
  schoolName: z.string().nullable(),
  readAt: z.iso.datetime().nullable(),
});
export type Receipt = z.infer<typeof receipt>;

const numberRow = documentNumber.extend({
  circularId: z.uuid(),
  title: z.string(),
  issuedAt: z.iso.datetime(),
  voidedAt: z.iso.datetime().nullable(),
  voidReason: z.string().nullable(),
});
export type NumberRow = z.infer<typeof numberRow>;

const one = z.strictObject({ id: z.uuid() });
const versioned = one.extend({ version: z.number().int() });
const done = z.object({ id: z.uuid(), version: z.number().int() });
const reason = line(200);

export const circularsContract = {
  listCirculars: oc
    .input(
      z.strictObject({
        state: z.enum(circularStates).optional(),
        kind: z.enum(circularKinds).optional(),
        /** Only letters about this finding. */
        finding: z.uuid().optional(),
        cursor: z.uuid().optional(),
        limit: z.number().int().min(1).max(100).default(20),
      }),
    )
    .output(
      z.object({
        rows: z.array(circularRow),
        nextCursor: z.string().nullable(),
        asOf: z.iso.datetime(),
        mayDraft: z.boolean(),
      }),
    ),
  getCircular: oc.input(one).output(circular),
  /** The recipient opened it: leaves the receipt, once. */
  openCircular: oc.input(one).output(z.object({ readAt: z.iso.datetime().nullable() })),
  draftBulletin: oc
    .input(
      z.strictObject({
        topic: z.enum(bulletinTopics).default('principal-observation'),
        month: z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, '月份写成 2024-03 的样子'),
        span: z.enum(bulletinSpans).default('month'),
      }),
    )
    .output(done),
  /** To the school the findings were handed over to; all of one school. */
  draftLetter: oc
    .input(
      z.strictObject({
        findingIds: z
          .array(z.uuid())
          .min(1)
          .max(20, '一份整改通知书最多写 20 个问题')
          .refine((ids) => new Set(ids).size === ids.length, '同一个问题选了两次'),
      }),
    )
    .output(done),
  /** Letters about a finding, and what a new one could be written about. */
  lettersOfFinding: oc.input(z.strictObject({ findingId: z.uuid() })).output(
    z.object({
      rows: z.array(circularRow),
      mayDraft: z.boolean(),
      /** Open findings of the same school that no letter stands for. */
      others: z.array(letterFinding),
    }),
  ),
  draftNotice: oc.input(z.strictObject({ title: line(120) })).output(done),
  saveDraft: oc.input(versioned.extend({ title: line(120), body })).output(done),
  redraftBulletin: oc.input(versioned).output(done),
  checkCircular: oc
    .input(
      versioned.extend({
        /** What looks like a name of the school's people is none. */
        namesAreWords: z.boolean().default(false),
      }),
    )
    .output(done),
  returnCircular: oc.input(versioned.extend({ reason })).output(done),
  signCircular: oc.input(versioned).output(done),
  issueCircular: oc.input(versioned).output(done.extend({ documentNumber })),
  voidCircular: oc.input(versioned.extend({ reason })).output(done),
  listReceipts: oc.input(one).output(z.object({ rows: z.array(receipt), asOf: z.iso.datetime() })),
  getLetterhead: oc.input(z.strictObject({})).output(z.strictObject({ letterhead, version: rowsVersion })),
  setLetterhead: oc
    .input(z.strictObject({ letterhead, fromOn: day, clause: line(60), version: rowsVersion }))
    .output(letterhead),
  /** The register of numbers of one year, voided ones included. */
  listNumbers: oc.input(z.strictObject({ year: z.number().int().min(2000).max(2200) })).output(
    z.object({
      next: z.array(documentNumber),
      rows: z.array(numberRow),
    }),
  ),
  /** For numbers of the year that were given on paper before. */
  setNextNumber: oc
    .input(
      z.strictObject({
        series: letterhead.shape.series,
        year: z.number().int().min(2000).max(2200),
        next: z.number().int().min(1).max(99_999),
      }),
    )
    .output(documentNumber),
};
