import { sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Mode } from '../contract.ts';
import { isCounted } from '../count/store.ts';
import type { RemarkKind } from './contract.ts';
import type { LedgerRecord } from './rules.ts';

export interface OwnedRecord extends LedgerRecord {
  readonly observerId: string;
}

/** Counted records of a term, found by term and observer. The text goes into comparisons alone. */
export const listLedgerRecords = (
  db: Queryable,
  of: { readonly termId: string; readonly observerIds: readonly string[] },
): Promise<OwnedRecord[]> =>
  db
    .selectFrom('classroom.observation as o')
    .where('o.termId', '=', of.termId)
    .where(sql<boolean>`o.observer_id = any(${[...of.observerIds]}::uuid[])`)
    .where('o.finalisedAt', 'is not', null)
    .where('o.withdrawnAt', 'is', null)
    .where(isCounted)
    .select((row) => [
      'o.id',
      'o.observerId',
      'o.dayOn',
      sql<number>`o.slot_from`.as('slotFrom'),
      sql<number>`o.slot_to`.as('slotTo'),
      row
        .selectFrom('organisation.bellSlot as bell')
        .whereRef('bell.slot', '=', 'o.slotFrom')
        .where('bell.stage', '=', sql<string>`case when o.grade <= 6 then 'primary' else 'junior' end`)
        .where((is) =>
          is.or([is('bell.schoolId', '=', row.ref('o.schoolId')), is('bell.schoolId', 'is', null)]),
        )
        .select(sql<number>`(extract(epoch from bell.starts_at) / 60)::integer`.as('minutes'))
        .orderBy(sql`bell.school_id is null`)
        .limit(1)
        .as('startsAt'),
      sql<string>`o.school_id`.as('schoolId'),
      'o.classLabel',
      sql<number>`o.grade`.as('grade'),
      sql<Subject>`o.subject`.as('subject'),
      'o.teacherId',
      'o.teacherName',
      sql<number>`o.lessons`.as('lessons'),
      sql<Mode>`o.mode`.as('mode'),
      'o.late',
      'o.fedBackAt',
      sql<string>`concat_ws(' ', o.strengths, o.to_improve, o.suggestion)`.as('text'),
    ])
    .orderBy('o.dayOn')
    .orderBy('o.id')
    .execute();

export interface Explanation {
  readonly id: string;
  readonly observerId: string;
  readonly kind: RemarkKind;
  readonly observationId: string;
  readonly otherId: string | null;
  readonly text: string;
  readonly madeAt: string;
}

export const listExplanations = (
  db: Queryable,
  of: { readonly termId: string; readonly observerIds: readonly string[] },
): Promise<Explanation[]> =>
  db
    .selectFrom('classroom.ledgerExplanation')
    .where('termId', '=', of.termId)
    .where(sql<boolean>`observer_id = any(${[...of.observerIds]}::uuid[])`)
    .select([
      'id',
      'observerId',
      sql<RemarkKind>`kind`.as('kind'),
      'observationId',
      'otherId',
      'text',
      'madeAt',
    ])
    .orderBy('id')
    .execute();

export const insertExplanation = async (
  db: Queryable,
  explanation: {
    observerId: string;
    termId: string;
    kind: RemarkKind;
    observationId: string;
    otherId: string | null;
    text: string;
  },
): Promise<string> => {
  const id = newId();
  await db
    .insertInto('classroom.ledgerExplanation')
    .values({ id, ...explanation })
    .execute();
  return id;
};

export interface Shortfall {
  readonly observerId: string;
  readonly number: number;
  readonly text: string;
  readonly madeAt: string;
}

/** Every version, the oldest first. */
export const listShortfalls = (
  db: Queryable,
  of: { readonly termId: string; readonly observerIds: readonly string[] },
): Promise<Shortfall[]> =>
  db
    .selectFrom('classroom.ledgerShortfall')
    .where('termId', '=', of.termId)
    .where(sql<boolean>`observer_id = any(${[...of.observerIds]}::uuid[])`)
    .select(['observerId', 'number', 'text', 'madeAt'])
    .orderBy('number')
    .execute();

/** False when this version was written meanwhile. */
export const insertShortfall = async (
  db: Queryable,
  shortfall: { observerId: string; termId: string; number: number; text: string },
): Promise<boolean> => {
  const row = await db
    .insertInto('classroom.ledgerShortfall')
    .values(shortfall)
    .onConflict((target) => target.doNothing())
    .returning('number')
    .executeTakeFirst();
  return row !== undefined;
};
