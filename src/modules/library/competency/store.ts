import { sql } from 'kysely';
import type { Stage, Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { CompetencyStandard } from './contract.ts';
import { standardSubject } from './rules.ts';

/** Standards with their lists, of each subject the newest first; of no subject: of all. */
export const listCompetencyStandards = async (
  db: Queryable,
  subject?: Subject,
): Promise<CompetencyStandard[]> => {
  let query = db
    .selectFrom('library.competencyStandard')
    .select(['id', sql<Subject>`subject`.as('subject'), 'year', 'title', 'addedBy']);
  if (subject !== undefined) query = query.where('subject', '=', standardSubject(subject));
  const standards = await query.orderBy('subject').orderBy('year', 'desc').execute();
  const listed = await db
    .selectFrom('library.competency')
    .where(sql<boolean>`standard_id = any(${standards.map(({ id }) => id)}::uuid[])`)
    .select(['id', 'standardId', sql<Stage | null>`stage`.as('stage'), 'number', 'name', 'aliases'])
    .orderBy(sql`array_position(array['primary', 'junior'], stage)`)
    .orderBy('number')
    .execute();
  return standards.map((standard) => {
    const own = listed.filter(({ standardId }) => standardId === standard.id);
    return {
      ...standard,
      competencies: own.flatMap(({ standardId: _standardId, stage, ...one }) =>
        stage === null ? [one] : [],
      ),
      manifestations: own.flatMap(({ standardId: _standardId, stage, ...one }) =>
        stage === null ? [] : [{ ...one, stage }],
      ),
    };
  });
};

/** The standard in force: the newest of the subject; undefined where it has no list. */
export const findCompetencyStandard = async (
  db: Queryable,
  subject: Subject,
): Promise<CompetencyStandard | undefined> => (await listCompetencyStandards(db, subject))[0];

/** Names of competencies of whatever standard, by id. */
export const findCompetencyNames = async (
  db: Queryable,
  ids: readonly string[],
): Promise<
  ReadonlyMap<string, { readonly name: string; readonly subject: Subject; readonly year: number }>
> => {
  const rows = await db
    .selectFrom('library.competency as competency')
    .innerJoin('library.competencyStandard as standard', 'standard.id', 'competency.standardId')
    .where(sql<boolean>`competency.id = any(${[...ids]}::uuid[])`)
    .select([
      'competency.id',
      'competency.name',
      sql<Subject>`standard.subject`.as('subject'),
      'standard.year',
    ])
    .execute();
  return new Map(rows.map(({ id, ...one }) => [id, one]));
};

interface WrittenStandard {
  readonly subject: Subject;
  readonly year: number;
  readonly title: string;
  readonly addedBy: string;
  readonly listed: readonly {
    readonly stage: Stage | null;
    readonly name: string;
    readonly aliases: readonly string[];
  }[];
}

/** Null when the subject has a standard of that year. */
export const insertCompetencyStandard = async (
  db: Queryable,
  { listed, ...heading }: WrittenStandard,
): Promise<string | null> => {
  const id = newId();
  const kept = await db
    .insertInto('library.competencyStandard')
    .values({ id, ...heading })
    .onConflict((target) => target.columns(['subject', 'year']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (kept === undefined) return null;
  const numbers = new Map<string | null, number>();
  await db
    .insertInto('library.competency')
    .values(
      listed.map(({ stage, name, aliases }) => {
        const number = (numbers.get(stage) ?? 0) + 1;
        numbers.set(stage, number);
        return {
          id: newId(),
          standardId: id,
          kind: stage === null ? 'competency' : 'manifestation',
          stage,
          number,
          name,
          aliases: [...aliases],
        };
      }),
    )
    .execute();
  return id;
};
