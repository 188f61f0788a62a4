import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Body, Content } from '../content/contract.ts';

export const openDocument = async (db: Queryable, id: string, content: Content): Promise<void> => {
  await sql`update library.round set draft = ${JSON.stringify(content)}::jsonb where id = ${id}`.execute(db);
};
export const readDocument = async (db: Queryable, id: string): Promise<Content> => {
  const { rows } = await sql<{ draft: Content }>`select draft from library.round where id = ${id}`.execute(
    db,
  );
  return rows[0]?.draft ?? { sections: [] };
};
export const listContributors = async (_db: Queryable, _id: string): Promise<string[]> => [];
export const closeDocument = async (_db: Queryable, _id: string): Promise<void> => {};
export const reopenDocument = async (_db: Queryable, _id: string): Promise<void> => {};
export const replaceSection = async (db: Queryable, id: string, key: string, body: Body): Promise<void> => {
  const { sections } = await readDocument(db, id);
  await openDocument(db, id, {
    sections: sections.map((section) => (section.key === key ? { ...section, body } : section)),
  });
};
