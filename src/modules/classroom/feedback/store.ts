import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';

export const insertReply = async (
  db: Queryable,
  reply: { observationId: string; personId: string; text: string },
): Promise<void> => {
  await db
    .insertInto('classroom.observationReply')
    .values({ id: newId(), ...reply })
    .execute();
};

export const listReplies = (db: Queryable, observationId: string) =>
  db
    .selectFrom('classroom.observationReply as reply')
    .innerJoin('organisation.person as person', 'person.id', 'reply.personId')
    .where('reply.observationId', '=', observationId)
    .select(['reply.id', 'person.name as personName', 'reply.text', 'reply.at'])
    .orderBy('reply.id')
    .execute();
