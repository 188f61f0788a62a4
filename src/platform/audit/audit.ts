import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';

/** Who acts, and from where; taken from the request, never from a body. */
export interface Origin {
  readonly accountId: string | null;
  readonly personId: string | null;
  readonly name: string;
  readonly address: string;
}

export interface AuditEntry {
  /** `module.what-happened`, e.g. `classroom.observation-finalised`. */
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly outcome?: 'done' | 'refused';
}

/** Written in the transaction of the change itself, so that neither exists without the other. */
export const recordAudit = async (db: Queryable, origin: Origin, entry: AuditEntry): Promise<void> => {
  await db
    .insertInto('platform.auditEntry')
    .values({
      id: newId(),
      accountId: origin.accountId,
      personId: origin.personId,
      actorName: origin.name,
      address: origin.address,
      action: entry.action,
      objectKind: entry.objectKind,
      objectId: entry.objectId,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      outcome: entry.outcome ?? 'done',
    })
    .execute();
};

/** Many entries of one action by one person, e.g. an import; in the transaction of the changes too. */
export const recordAudits = async (
  db: Queryable,
  origin: Origin,
  entries: readonly AuditEntry[],
): Promise<void> => {
  for (let from = 0; from < entries.length; from += 5_000) {
    const records = entries.slice(from, from + 5_000).map((entry) => ({ id: newId(), ...entry }));
    await sql`
      insert into platform.audit_entry
        (id, account_id, person_id, actor_name, address, action, object_kind, object_id, outcome, before, after)
      select id, ${origin.accountId}::uuid, ${origin.personId}::uuid, ${origin.name}, ${origin.address},
        action, "objectKind", "objectId", coalesce(outcome, 'done'), before, after
      from json_to_recordset(${JSON.stringify(records)}::json) as record (
        id uuid, action text, "objectKind" text, "objectId" text, outcome text, before jsonb, after jsonb)`.execute(
      db,
    );
  }
};
