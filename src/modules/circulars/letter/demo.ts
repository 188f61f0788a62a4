import { openStates } from '#modules/classroom/finding/rules.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import type { Letterhead } from '../contract.ts';
import { takeNumber } from '../number/store.ts';
import { letterheadFor } from '../rules.ts';
import { insertCircular, insertRecipients, updateCircular } from '../store.ts';
import { writeLetter } from './actions.ts';
import { letterTitle } from './rules.ts';
import { insertLetterFindings } from './store.ts';

/** One issued letter about the finding that has been open longest; none where no finding was handed over. */
export const seedLetter = async (
  db: Queryable,
  {
    office,
    letterhead,
    on,
  }: {
    readonly office: { readonly drafter: string; readonly checker: string; readonly signer: string };
    readonly letterhead: Letterhead;
    readonly on: Day;
  },
): Promise<void> => {
  const finding = await db
    .selectFrom('classroom.finding')
    .where('kind', '=', 'district')
    .where('state', 'in', [...openStates])
    .where('handedOverOn', '<=', on)
    .select(['id', 'schoolId'])
    .orderBy('foundOn')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (finding === undefined) return;
  const { body, school } = await writeLetter(db, [finding.id], on);
  const circularId = await insertCircular(db, {
    kind: 'rectification-letter',
    topic: null,
    schoolId: school.id,
    title: letterTitle(letterhead.issuer, school.name),
    periodFrom: null,
    periodTo: null,
    body,
    figures: null,
    draftedBy: office.drafter,
  });
  if (circularId === null) throw new Error('a letter has no period that another could stand for');
  await insertLetterFindings(db, circularId, [finding.id]);
  await updateCircular(db, circularId, { state: 'checked', checkedBy: office.checker });
  await updateCircular(db, circularId, { state: 'signed', signedBy: office.signer });
  await updateCircular(db, circularId, {
    state: 'issued',
    issuedBy: office.drafter,
    issuedOn: on,
    documentNumber: await takeNumber(db, {
      series: letterhead.series,
      year: Number(on.slice(0, 4)),
      circularId,
    }),
    letterhead: letterheadFor(letterhead, school.name),
  });
  // Between nine and four of that day in China.
  const clock = (hour: number): string => `${on}T0${hour - 8}:00:00.000Z`;
  await db
    .updateTable('circulars.circular')
    .set({
      draftedAt: clock(9),
      editedAt: clock(9),
      checkedAt: clock(10),
      signedAt: clock(14),
      issuedAt: clock(16),
    })
    .where('id', '=', circularId)
    .execute();
  await insertRecipients(db, circularId, on, school.id);
};
