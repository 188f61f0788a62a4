import { sql } from 'kysely';
import { openStates } from '#modules/classroom/finding/rules.ts';
import type {
  FindingKind,
  FindingSource,
  FindingState,
  FindingType,
  ResponsiblePost,
} from '#modules/classroom/finding/vocabulary/contract.ts';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { LetterFinding } from '../contract.ts';

/** Findings from the district to a school, as a letter is written from them; what is inside a school is left out. */
export const listForLetter = (db: Queryable, ids: readonly string[]) =>
  db
    .selectFrom('classroom.finding as f')
    .innerJoin('organisation.school as school', 'school.id', 'f.schoolId')
    .where('f.id', 'in', [...ids])
    .where('f.kind', '=', 'district')
    .select([
      'f.id',
      sql<FindingKind>`f.kind`.as('kind'),
      'f.schoolId',
      'school.name as schoolName',
      sql<FindingState>`f.state`.as('state'),
      'f.handedOverOn',
      sql<FindingType>`f.type`.as('type'),
      sql<FindingSource>`f.source`.as('source'),
      'f.foundOn',
      sql<Subject | null>`f.subject`.as('subject'),
      'f.grade',
      'f.place',
      'f.description',
      'f.advice',
      sql<boolean>`f.repeats_id is not null`.as('repeated'),
      'f.deadlineOn',
      sql<ResponsiblePost | null>`f.responsible_post`.as('responsiblePost'),
      'f.acceptedOn',
      'f.doneOn',
      'f.answerUntil',
    ])
    .orderBy(sql`array_position(${[...ids]}::uuid[], f.id)`)
    .execute();

export type StoredForLetter = Awaited<ReturnType<typeof listForLetter>>[number];

const shown = [
  'f.id',
  sql<FindingType>`f.type`.as('type'),
  'f.description',
  'f.foundOn',
  'f.deadlineOn',
  sql<FindingState>`f.state`.as('state'),
] as const;

/** What a letter is about, in its order. */
export const listFindingsOfLetter = (db: Queryable, circularId: string): Promise<LetterFinding[]> =>
  db
    .selectFrom('circulars.letterFinding as about')
    .innerJoin('classroom.finding as f', 'f.id', 'about.findingId')
    .where('about.circularId', '=', circularId)
    .select(shown)
    .orderBy('about.number')
    .execute();

/** Open findings of the same school, this one included, that no letter stands for; empty once this one has its letter. */
export const listWithoutLetter = (db: Queryable, findingId: string): Promise<LetterFinding[]> =>
  db
    .selectFrom('classroom.finding as f')
    .where('f.kind', '=', 'district')
    .where('f.handedOverOn', 'is not', null)
    .where('f.state', 'in', [...openStates])
    .where('f.schoolId', '=', (is) =>
      is.selectFrom('classroom.finding as this').where('this.id', '=', findingId).select('this.schoolId'),
    )
    .where(
      sql<boolean>`not exists (select from circulars.letter_finding as about
        where about.finding_id = f.id and about.standing)`,
    )
    .select(shown)
    .orderBy('f.foundOn', 'desc')
    .orderBy('f.id', 'desc')
    .limit(40)
    .execute();

/** The letter that stands for one of these findings. */
export const findStandingLetter = (db: Queryable, findingIds: readonly string[]) =>
  db
    .selectFrom('circulars.letterFinding')
    .where('findingId', 'in', [...findingIds])
    .where('standing', '=', true)
    .select('circularId')
    .limit(1)
    .executeTakeFirst();

/** False when a letter stands for one of them already, also one being made at this moment. */
export const insertLetterFindings = async (
  db: Queryable,
  circularId: string,
  findingIds: readonly string[],
): Promise<boolean> => {
  const rows = await db
    .insertInto('circulars.letterFinding')
    .values(findingIds.map((findingId, index) => ({ circularId, findingId, number: index + 1 })))
    .onConflict((target) => target.column('findingId').where('standing', '=', true).doNothing())
    .returning('findingId')
    .execute();
  return rows.length === findingIds.length;
};

/** Once a letter is voided another may be written about its findings. */
export const releaseFindings = async (db: Queryable, circularId: string): Promise<void> => {
  await db
    .updateTable('circulars.letterFinding')
    .set({ standing: false })
    .where('circularId', '=', circularId)
    .execute();
};

/** Whose names, of the people at home in a school or holding a post of it, stand in a text. */
export const listNamesIn = async (db: Queryable, schoolId: string, text: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('organisation.person as person')
    .where(sql<boolean>`char_length(person.name) > 1 and position(person.name in ${text}) > 0`)
    .where((is) =>
      is.or([
        is('person.homeSchoolId', '=', schoolId),
        is.exists(
          is
            .selectFrom('organisation.appointment as held')
            .whereRef('held.personId', '=', 'person.id')
            .where('held.schoolId', '=', schoolId)
            .select('held.personId'),
        ),
      ]),
    )
    .select('person.name')
    .distinct()
    .orderBy('person.name')
    .execute();
  return rows.map(({ name }) => name);
};
