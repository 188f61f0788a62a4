import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { type LensContent, lensContent } from './contract.ts';

/** The shape that is written now; what was written in an earlier one is brought into it when it is read. */
export const lensSchema = 1;

const readContent = (schema: number, content: unknown): LensContent => {
  if (schema !== lensSchema) throw new Error(`a lens of schema ${schema} is not known here`);
  return lensContent.parse(content);
};

/** As it stands; whoever asks has found its observation to be readable. */
export const findLens = async (db: Queryable, observationId: string) => {
  const row = await db
    .selectFrom('classroom.lens')
    .where('observationId', '=', observationId)
    .select(['schema', 'content', 'version', 'contentNumber', 'savedAt'])
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, content: readContent(row.schema, row.content) };
};
export type StoredLens = NonNullable<Awaited<ReturnType<typeof findLens>>>;

/** Makes it, or takes it to its next version; the caller holds the observation's lock and has compared versions. */
export const putLens = (db: Queryable, observationId: string, content: LensContent, contentNumber: number) =>
  db
    .insertInto('classroom.lens')
    .values({ observationId, schema: lensSchema, content: JSON.stringify(content), contentNumber })
    .onConflict((target) =>
      target.column('observationId').doUpdateSet({
        schema: (row) => row.ref('excluded.schema'),
        content: (row) => row.ref('excluded.content'),
        contentNumber: (row) => row.ref('excluded.contentNumber'),
        version: sql<number>`lens.version + 1`,
        savedAt: sql<string>`clock_timestamp()`,
      }),
    )
    .returning(['observationId as id', 'version', 'savedAt'])
    .executeTakeFirstOrThrow();

export const insertLensVersion = async (
  db: Queryable,
  version: { observationId: string; number: number; content: LensContent; reason: string; madeBy: string },
): Promise<void> => {
  await db
    .insertInto('classroom.lensVersion')
    .values({ ...version, schema: lensSchema, content: JSON.stringify(version.content) })
    .execute();
};

export const listLensCorrections = (db: Queryable, observationId: string) =>
  db
    .selectFrom('classroom.lensVersion')
    .where('observationId', '=', observationId)
    .where('number', '>', 1)
    .select(['number', 'reason', 'madeAt'])
    .orderBy('number')
    .execute();
