import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, id, type Stage, type Subject, version } from '#modules/organisation/contract.ts';
import type { VolumePart } from '../textbook/vocabulary/contract.ts';
import { textbookStatuses } from './vocabulary/contract.ts';

export * from './vocabulary/contract.ts';

const count = z.number().int();

const textbookQuestionKinds = ['year', 'units', 'lessons', 'unread'] as const;

const question = z.object({
  /** What an answer is kept under. */
  key: z.string(),
  kind: z.enum(textbookQuestionKinds),
  text: z.string(),
  cell: z.string(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type TextbookQuestion = z.infer<typeof question>;

/** Answers to a question; a year stands for itself. */
export const leaveOut = 'leave-out';
export const byTitle = 'by-title';
export const byNumber = 'by-number';

const row = z.object({
  number: count,
  status: z.enum(textbookStatuses),
  text: z.string(),
  reason: z.string(),
  cell: z.string(),
});
export type TextbookRow = z.infer<typeof row>;

const changes = z.object({ new: count, changed: count, removed: count, unchanged: count });
export type TextbookChanges = z.infer<typeof changes>;

export const textbookDecisions = z.record(z.string().max(200), z.string().max(200));
export type TextbookDecisions = Readonly<Record<string, string>>;

const heading = z.object({
  id,
  title: z.string(),
  broughtBy: z.string(),
  broughtAt: z.iso.datetime(),
  appliedAt: z.iso.datetime().nullable(),
  applied: changes.nullable(),
  version,
});

export const textbookImportContract = {
  /** One's own; the system duty sees all. */
  listTextbookImports: oc.input(z.object({})).output(z.object({ asOf: day, rows: z.array(heading) })),
  getTextbookImport: oc.input(z.object({ importId: id })).output(
    heading.extend({
      /** False once everything is written: the file is kept no longer. */
      open: z.boolean(),
      /** Stands for this very preview; goes into `applyTextbooks`. */
      shown: z.string(),
      volumes: z.array(z.string()),
      changes,
      /** What the reader should know and need not decide. */
      notices: z.array(z.string()),
      questions: z.array(question),
      decisions: textbookDecisions,
    }),
  ),
  listTextbookRows: oc
    .input(
      z.object({
        importId: id,
        status: z.enum(textbookStatuses),
        cursor: z
          .string()
          .regex(/^\d{1,7}$/)
          .optional(),
        limit: z.number().int().min(1).max(200).default(60),
      }),
    )
    .output(z.object({ rows: z.array(row), nextCursor: z.string().nullable() })),
  decideTextbooks: oc
    .input(z.object({ importId: id, version, decisions: textbookDecisions }))
    .output(z.object({ version })),
  applyTextbooks: oc
    .input(z.object({ importId: id, version, shown: z.string().max(100) }))
    .output(z.object({ version, changes })),
  dropTextbooks: oc.input(z.object({ importId: id })).output(z.object({})),
};

/** What a file says, unit by unit, in the order of its rows. */
export interface WrittenTextbooks {
  readonly volumes: readonly WrittenVolume[];
  readonly unread: readonly UnreadRow[];
}

export interface WrittenVolume {
  readonly subject: Subject;
  readonly stage: Stage;
  readonly grade: number;
  readonly publisher: string;
  /** Null where the file leaves it out. */
  readonly revisionYear: number | null;
  readonly part: VolumePart;
  readonly cell: string;
  readonly units: readonly WrittenUnit[];
}

export interface WrittenEntry {
  readonly number: number | null;
  readonly title: string;
  readonly plannedHours: number | null;
  readonly cell: string;
}

export interface WrittenUnit extends WrittenEntry {
  readonly lessons: readonly WrittenEntry[];
}

export interface UnreadRow {
  readonly text: string;
  readonly reason: string;
  readonly cell: string;
  /** Which of the volumes it belongs to; null where that is not known either. */
  readonly volume: number | null;
}

/** What stands before an import. */
export interface StandingTextbooks {
  readonly editions: readonly {
    readonly id: string;
    readonly subject: Subject;
    readonly stage: Stage;
    readonly publisher: string;
    readonly revisionYear: number;
    readonly withdrawnReason: string | null;
  }[];
  readonly volumes: readonly {
    readonly id: string;
    readonly editionId: string;
    readonly grade: number;
    readonly part: VolumePart;
  }[];
  readonly units: readonly StandingEntry[];
  readonly lessons: readonly StandingEntry[];
}

export interface StandingEntry {
  readonly id: string;
  /** The volume of a unit, the unit of a lesson. */
  readonly parentId: string;
  readonly number: number | null;
  readonly title: string;
  readonly plannedHours: number | null;
  readonly position: number;
  readonly withdrawn: boolean;
}

/** A unit or lesson to be written. */
export interface PlannedEntry {
  /** The id of a standing one, else a key of its own. */
  readonly ref: string;
  readonly isNew: boolean;
  /** The id, or the key, of the volume or unit above. */
  readonly parentRef: string;
  readonly number: number | null;
  readonly title: string;
  readonly plannedHours: number | null;
  readonly position: number;
}

export interface TextbookPlan {
  readonly volumeNames: readonly string[];
  readonly rows: readonly Omit<TextbookRow, 'number'>[];
  readonly questions: readonly TextbookQuestion[];
  readonly notices: readonly string[];
  readonly changes: TextbookChanges;
  readonly newEditions: readonly {
    readonly ref: string;
    readonly subject: Subject;
    readonly stage: Stage;
    readonly publisher: string;
    readonly revisionYear: number;
  }[];
  readonly newVolumes: readonly {
    readonly ref: string;
    readonly editionRef: string;
    readonly grade: number;
    readonly part: VolumePart;
  }[];
  readonly units: readonly PlannedEntry[];
  readonly lessons: readonly PlannedEntry[];
  readonly withdraw: { readonly units: readonly string[]; readonly lessons: readonly string[] };
}
