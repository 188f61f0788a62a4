import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { RowSet } from '#platform/database/row-set.ts';
import type { Day } from '#platform/dates.ts';
import { activeOn } from '../store.ts';
import type { Subject } from '../vocabulary/contract.ts';

/** A grade in which a subject is offered. */
interface Offer {
  readonly grade: number;
  readonly subject: Subject;
}

export const offerTable: RowSet = { table: 'organisation.subjectOffer', where: {} };

/** By grade, then in no particular order of subjects. */
export const listOffers = (db: Queryable, on: Day): Promise<Offer[]> =>
  db
    .selectFrom('organisation.subjectOffer as offer')
    .where(activeOn('offer', on))
    .select(['offer.grade', sql<Subject>`offer.subject`.as('subject')])
    .orderBy('offer.grade')
    .orderBy('offer.subject')
    .execute();

/** From `from` on the subject is offered in the grade, or no longer; what was planned later is dropped. */
export const replaceOffer = async (
  db: Queryable,
  { grade, subject }: Offer,
  offered: boolean,
  from: Day,
): Promise<void> => {
  await db
    .deleteFrom('organisation.subjectOffer')
    .where('grade', '=', grade)
    .where('subject', '=', subject)
    .where('activeFrom', '>=', from)
    .execute();
  const current = await db
    .updateTable('organisation.subjectOffer')
    .set({ activeTo: offered ? null : from })
    .where('grade', '=', grade)
    .where('subject', '=', subject)
    .where((is) => is.or([is('activeTo', 'is', null), is('activeTo', '>=', from)]))
    .returning('activeFrom')
    .execute();
  if (offered && current.length === 0)
    await db.insertInto('organisation.subjectOffer').values({ grade, subject, activeFrom: from }).execute();
};
