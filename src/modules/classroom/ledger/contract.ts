import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, grade, subject } from '#modules/organisation/contract.ts';
import { filledText, instant, slot, text } from '../shapes/contract.ts';
import { remarkKinds } from './vocabulary/contract.ts';

export type { RemarkKind } from './vocabulary/contract.ts';

const count = z.number().int().min(0);

const ledgerRow = z.object({
  id: z.uuid(),
  dayOn: day,
  slotFrom: slot,
  slotTo: slot,
  classLabel: z.string(),
  subject,
  teacherName: z.string(),
});

const remark = z.object({
  kind: z.enum(remarkKinds),
  /** The later record, and the earlier one it is compared with. */
  row: ledgerRow,
  other: ledgerRow.nullable(),
  explanations: z.array(z.object({ id: z.uuid(), text: z.string(), madeAt: instant })),
});
export type LedgerRemark = z.infer<typeof remark>;

const said = z.object({ number: count, text: z.string(), madeAt: instant });

const ledger = z.object({
  term: z.object({ id: z.uuid(), name: z.string(), startsOn: day, endsOn: day }),
  lessons: count,
  records: count,
  grades: z.array(z.object({ grade, lessons: count })),
  subjects: z.array(z.object({ subject, lessons: count })),
  teachers: z.array(z.object({ teacherId: z.uuid().nullable(), teacherName: z.string(), lessons: count })),
  weeks: z.array(z.object({ week: count, from: day, to: day, lessons: count })),
  feedback: z.object({ medianDays: z.number().nullable(), fedBack: count, waiting: count }),
  followUps: z.object({ agreed: count, lookedAt: count, ended: count }),
  remarks: z.array(remark),
  /** Oldest first; the last one counts. */
  shortfall: z.array(said),
  asOf: instant,
});
export type Ledger = z.infer<typeof ledger>;

export const ledgerContract = {
  /** The caller's own and nobody else's. */
  myLedger: oc.input(z.object({ termId: z.uuid().optional() }).prefault({})).output(ledger),
  explainRemark: oc
    .input(
      z.object({
        termId: z.uuid(),
        kind: z.enum(remarkKinds),
        observationId: z.uuid(),
        otherId: z.uuid().nullable(),
        text: filledText(300),
      }),
    )
    .output(z.object({ id: z.uuid() })),
  /** `number` is of the version it was written from, 0 for the first. */
  explainShortfall: oc
    .input(z.object({ termId: z.uuid(), number: count, text: text(500) }))
    .output(z.object({ number: count })),
};
