import { sql } from 'kysely';
import type { Subject } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Step } from '../contract.ts';
import type { NotedForMe } from './contract.ts';

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

/** What was noted per criterion in records fed back to a teacher; the page is of records, newest first. */
export const listNotedForTeacher = async (
  db: Queryable,
  teacherId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ rows: NotedForMe[]; nextCursor: string | null }> => {
  const [dayOn, id] = page.cursor?.split('_') ?? [];
  const records = await db
    .selectFrom('classroom.observation as o')
    .where('o.teacherId', '=', teacherId)
    .where('o.fedBackAt', 'is not', null)
    .where('o.withdrawnAt', 'is', null)
    .$if(dayOn !== undefined, (query) => query.where(sql<boolean>`(o.day_on, o.id) < (${dayOn}, ${id})`))
    .select(['o.id', 'o.dayOn'])
    .orderBy('o.dayOn', 'desc')
    .orderBy('o.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = records.slice(0, page.limit);
  const last = shown.at(-1);
  if (last === undefined) return { rows: [], nextCursor: null };
  const rows = await db
    .selectFrom('classroom.observationCriterion as noted')
    .innerJoin('classroom.observation as o', 'o.id', 'noted.observationId')
    .innerJoin('organisation.person as observer', 'observer.id', 'o.observerId')
    .innerJoin('classroom.rubricCriterion as criterion', (join) =>
      join.onRef('criterion.rubricId', '=', 'o.rubricId').onRef('criterion.code', '=', 'noted.code'),
    )
    .where(
      'noted.observationId',
      'in',
      shown.map(({ id: recordId }) => recordId),
    )
    .where('noted.step', 'is not', null)
    .select([
      'noted.observationId',
      'o.dayOn',
      sql<Subject | null>`o.subject`.as('subject'),
      'o.classLabel',
      'observer.name as observerName',
      'noted.code',
      'criterion.label',
      'criterion.position',
      sql<Step>`noted.step`.as('step'),
      'noted.evidence',
    ])
    .orderBy('o.dayOn', 'desc')
    .orderBy('o.id', 'desc')
    .orderBy('criterion.position')
    .execute();
  return { rows, nextCursor: records.length > page.limit ? `${last.dayOn}_${last.id}` : null };
};
