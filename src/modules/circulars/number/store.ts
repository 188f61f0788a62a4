import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';

export interface DocumentNumber {
  readonly series: string;
  readonly year: number;
  readonly number: number;
}

/**
 * Takes the next number of a series and year. The counter's row stays locked until the transaction ends,
 * so a number is given once, and one whose issue is rolled back is given to the next.
 */
export const takeNumber = async (
  db: Queryable,
  { series, year, circularId }: { series: string; year: number; circularId: string },
): Promise<DocumentNumber> => {
  const { next } = await db
    .insertInto('circulars.numberCounter')
    .values({ series, year, next: 2 })
    .onConflict((target) =>
      target
        .columns(['series', 'year'])
        .doUpdateSet((is) => ({ next: is('circulars.numberCounter.next', '+', 1) })),
    )
    .returning('next')
    .executeTakeFirstOrThrow();
  const number = next - 1;
  await db.insertInto('circulars.issuedNumber').values({ series, year, number, circularId }).execute();
  return { series, year, number };
};

export const markNumberVoided = async (db: Queryable, circularId: string, reason: string): Promise<void> => {
  await db
    .updateTable('circulars.issuedNumber')
    .set({ voidedAt: sql<string>`clock_timestamp()`, voidReason: reason })
    .where('circularId', '=', circularId)
    .execute();
};

export const listCounters = (db: Queryable, year: number): Promise<DocumentNumber[]> =>
  db
    .selectFrom('circulars.numberCounter')
    .where('year', '=', year)
    .select(['series', 'year', 'next as number'])
    .orderBy('series')
    .execute();

export const listNumbers = (db: Queryable, year: number) =>
  db
    .selectFrom('circulars.issuedNumber as issued')
    .innerJoin('circulars.circular as circular', 'circular.id', 'issued.circularId')
    .where('issued.year', '=', year)
    .select([
      'issued.series',
      'issued.year',
      'issued.number',
      'issued.circularId',
      'circular.title',
      sql<string>`circular.issued_at`.as('issuedAt'),
      'issued.voidedAt',
      'issued.voidReason',
    ])
    .orderBy('issued.series')
    .orderBy('issued.number', 'desc')
    .execute();

/** Moves the counter forward; false when `next` has been given or passed already. */
export const raiseCounter = async (
  db: Queryable,
  counter: { series: string; year: number; next: number },
): Promise<boolean> => {
  const row = await db
    .insertInto('circulars.numberCounter')
    .values(counter)
    .onConflict((target) =>
      target
        .columns(['series', 'year'])
        .doUpdateSet({ next: counter.next })
        .where('circulars.numberCounter.next', '<=', counter.next),
    )
    .returning('next')
    .executeTakeFirst();
  return row !== undefined;
};
