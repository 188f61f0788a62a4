import type { Queryable } from '#platform/database/database.ts';
import type { ObservationContent } from '../contract.ts';

export const insertVersion = async (
  db: Queryable,
  version: {
    observationId: string;
    number: number;
    content: ObservationContent;
    reason: string;
    madeBy: string;
  },
): Promise<void> => {
  await db
    .insertInto('classroom.observationVersion')
    .values({ ...version, content: JSON.stringify(version.content) })
    .execute();
};

export const listCorrections = (db: Queryable, observationId: string) =>
  db
    .selectFrom('classroom.observationVersion')
    .where('observationId', '=', observationId)
    .where('number', '>', 1)
    .select(['number', 'reason', 'madeAt'])
    .orderBy('number')
    .execute();
