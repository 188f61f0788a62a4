import { sql } from 'kysely';
import { type AuditEntry, type Origin, recordAudits } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { newId } from '#platform/ids.ts';
import { namePinyin } from '../../pinyin/rules.ts';
import type {
  BodyDescription,
  PersonFields,
  PersonRef,
  PlanRow,
  RosterSnapshot,
} from '../../roster/contract.ts';
import { bodyKey } from '../../roster/plan/draft/rules.ts';
import { replaceConsortiumPlace } from '../../structure/store.ts';
import { sortChanges } from './rules.ts';

interface Import {
  readonly snapshot: RosterSnapshot;
  /** From which day on new schools, bodies and posts hold. */
  readonly activeFrom: Day;
  readonly termId: string | null;
  /** The file, as the source of what is written. */
  readonly title: string;
  readonly origin: Origin;
}

/** Rows per statement: large enough to be quick, small enough to stay light. */
const chunkSize = 2_000;

const chunks = <T>(items: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / chunkSize) }, (_, index) =>
    items.slice(index * chunkSize, (index + 1) * chunkSize),
  );

const known = (map: ReadonlyMap<string, string>, key: string): string => {
  const found = map.get(key);
  if (found === undefined) throw new Error(`a roster plan names what does not stand: ${key}`);
  return found;
};

/** Writes a plan made from this very snapshot, in the transaction that read it, each change with its audit entry. */
export const applyPlan = async (
  db: Queryable,
  rows: readonly PlanRow[],
  { snapshot, activeFrom, termId, title, origin }: Import,
): Promise<void> => {
  const changes = sortChanges(rows);
  let audit: AuditEntry[] = [];
  const recordNotes = async (): Promise<void> => {
    await recordAudits(db, origin, audit);
    audit = [];
  };
  const note = (
    action: string,
    objectKind: string,
    objectId: string,
    after: Readonly<Record<string, unknown>>,
    before?: unknown,
  ): void => {
    audit.push({
      action: `organisation.${action}`,
      objectKind,
      objectId,
      after: { ...after, source: title },
      before,
    });
  };
  const schools = new Map(snapshot.schools.map(({ name, id }) => [name, id]));
  const bodies = new Map(snapshot.bodies.map((body) => [bodyKey(body), body.id]));

  const newSchools = changes.insertSchool.map(({ name, kind, stages, parent, cell }) => {
    const id = newId();
    schools.set(name, id);
    note('school-added', 'school', id, { name, kind, stages, parent, cell });
    return { id, name, kind, stages, parent };
  });
  if (newSchools.length > 0)
    await db
      .insertInto('organisation.school')
      .values(
        newSchools.map(({ parent, stages, ...school }) => ({
          ...school,
          stages: [...stages],
          parentId: parent === null ? null : known(schools, parent),
          activeFrom,
        })),
      )
      .execute();

  for (const { school, kind, stages, cell } of changes.addStages) {
    const id = known(schools, school);
    await db
      .updateTable('organisation.school')
      .set((is) => ({ kind, stages: [...stages], version: is('version', '+', 1) }))
      .where('id', '=', id)
      .execute();
    note('school-edited', 'school', id, { kind, stages, cell });
  }

  for (const { alias, stage, school, status, cell } of changes.putAlias) {
    const id = newId();
    const schoolId = known(schools, school);
    await db
      .insertInto('organisation.schoolAlias')
      .values({ id, alias, stage, schoolId, status, source: `${title} ${cell}` })
      .onConflict((target) => target.columns(['alias', 'stage']).doUpdateSet({ schoolId, status }))
      .execute();
    note('alias-put', 'school-alias', id, { alias, stage, school, status, cell });
  }

  for (const { body, name, cell } of changes.insertBody) {
    const id = newId();
    const { kind, stage, subject, gradeFrom, gradeTo, topic, base } = body;
    const group: BodyDescription = {
      kind: 'core-group',
      stage,
      subject,
      gradeFrom: null,
      gradeTo: null,
      topic: null,
      base: null,
    };
    await db
      .insertInto('organisation.body')
      .values({
        id,
        kind,
        name,
        stage,
        subject,
        gradeFrom,
        gradeTo,
        topic,
        parentId: kind === 'grade-team' ? known(bodies, bodyKey(group)) : null,
        activeFrom,
      })
      .execute();
    if (base !== null && stage !== null)
      await replaceConsortiumPlace(
        db,
        { schoolId: known(schools, base), stage },
        { consortiumId: id, role: 'base' },
        activeFrom,
      );
    bodies.set(bodyKey(body), id);
    note('body-added', 'body', id, { ...body, name, cell });
  }

  for (const { consortium, school, leaves, cell } of changes.putMemberSchool) {
    const schoolId = known(schools, school);
    const consortiumId = known(bodies, bodyKey(consortium));
    if (consortium.stage === null) continue;
    await replaceConsortiumPlace(
      db,
      { schoolId, stage: consortium.stage },
      { consortiumId, role: 'member' },
      activeFrom,
    );
    note('school-moved', 'school', schoolId, { consortiumId, role: 'member', cell }, { leaves });
  }

  for (const { stage, subject, school, replaces, cell } of changes.putSubjectBase) {
    const ended = replaces.map((name) => known(schools, name));
    if (ended.length > 0) {
      const slot = db.deleteFrom('organisation.subjectBase').where('stage', '=', stage);
      await slot
        .where('subject', '=', subject)
        .where('schoolId', 'in', ended)
        .where('activeFrom', '>=', activeFrom)
        .execute();
      await db
        .updateTable('organisation.subjectBase')
        .set({ activeTo: activeFrom })
        .where('stage', '=', stage)
        .where('subject', '=', subject)
        .where('schoolId', 'in', ended)
        .where('activeTo', 'is', null)
        .execute();
    }
    await db
      .insertInto('organisation.subjectBase')
      .values({ id: newId(), stage, subject, schoolId: known(schools, school), activeFrom })
      .execute();
    note('subject-base-set', 'subject-base', `${stage}/${subject}`, { school, replaces, cell });
  }

  const people = new Map<string, string>();
  const columns = ({ homeSchool, ...fields }: PersonFields) => ({
    ...fields,
    ...namePinyin(fields.name),
    homeSchoolId: homeSchool === null ? null : known(schools, homeSchool),
  });
  for (const chunk of chunks(changes.insertPerson)) {
    const records = chunk.map(({ key, person, cell }) => {
      const id = newId();
      people.set(key, id);
      note('person-added', 'person', id, { name: person.name, homeSchool: person.homeSchool, cell });
      return { id, ...columns(person) };
    });
    await sql`
      insert into organisation.person
        (id, name, name_pinyin, name_initials, staff_number, phone, home_school_id, subjects, active_from)
      select id, name, "namePinyin", "nameInitials", "staffNumber", phone, "homeSchoolId",
        coalesce(subjects, '{}'), ${activeFrom}::date
      from json_to_recordset(${JSON.stringify(records)}::json) as record (
        id uuid, name text, "namePinyin" text, "nameInitials" text, "staffNumber" text, phone text,
        "homeSchoolId" uuid, subjects text[])`.execute(db);
    await recordNotes();
  }

  const before = new Map(snapshot.people.map((person) => [person.id, person]));
  for (const chunk of chunks(changes.updatePerson)) {
    const records = chunk.map(({ id, person, cell }) => {
      const { homeSchoolId, subjects } = before.get(id) ?? {};
      note(
        'person-edited',
        'person',
        id,
        { name: person.name, homeSchool: person.homeSchool, subjects: person.subjects, cell },
        { homeSchoolId, subjects },
      );
      return { id, ...columns(person) };
    });
    await sql`
      update organisation.person set
        name = record.name, name_pinyin = "namePinyin", name_initials = "nameInitials",
        staff_number = "staffNumber", phone = record.phone, home_school_id = "homeSchoolId",
        subjects = coalesce(record.subjects, '{}'), version = version + 1
      from json_to_recordset(${JSON.stringify(records)}::json) as record (
        id uuid, name text, "namePinyin" text, "nameInitials" text, "staffNumber" text, phone text,
        "homeSchoolId" uuid, subjects text[])
      where person.id = record.id`.execute(db);
    await recordNotes();
  }

  const personId = (ref: PersonRef): string => ('id' in ref ? ref.id : known(people, ref.key));
  for (const chunk of chunks(changes.insertAppointment)) {
    const records = chunk.map(({ person, body, post, cell }) => {
      const id = newId();
      const bodyId = known(bodies, bodyKey(body));
      note('appointed', 'appointment', id, { personId: personId(person), bodyId, post, cell });
      return { id, personId: personId(person), bodyId, post, source: `${title} ${cell}` };
    });
    await sql`
      insert into organisation.appointment (id, person_id, body_id, post, source, active_from)
      select id, "personId", "bodyId", post, source, ${activeFrom}::date
      from json_to_recordset(${JSON.stringify(records)}::json) as record (
        id uuid, "personId" uuid, "bodyId" uuid, post text, source text)`.execute(db);
    await recordNotes();
  }

  for (const chunk of chunks(changes.insertSchoolPost)) {
    const records = chunk.map(({ person, school, post, stage, subject, cell }) => {
      const id = newId();
      const held = { personId: personId(person), schoolId: known(schools, school), post, stage, subject };
      note('appointed', 'appointment', id, { ...held, cell });
      return { id, ...held, source: `${title} ${cell}` };
    });
    await sql`
      insert into organisation.appointment
        (id, person_id, school_id, post, stage, subject, source, active_from)
      select id, "personId", "schoolId", post, stage, subject, source, ${activeFrom}::date
      from json_to_recordset(${JSON.stringify(records)}::json) as record (
        id uuid, "personId" uuid, "schoolId" uuid, post text, stage text, subject text, source text)`.execute(
      db,
    );
    await recordNotes();
  }

  for (const chunk of termId === null ? [] : chunks(changes.insertTeaching)) {
    const records = chunk.map(({ person, school, grade, subject, cell }) => {
      const id = newId();
      const schoolId = known(schools, school);
      note('teaching-assigned', 'teaching-assignment', id, {
        personId: personId(person),
        schoolId,
        grade,
        subject,
        cell,
      });
      return { id, personId: personId(person), schoolId, grade, subject };
    });
    await sql`
      insert into organisation.teaching_assignment (id, person_id, school_id, term_id, grade, subject)
      select id, "personId", "schoolId", ${termId}::uuid, grade, subject
      from json_to_recordset(${JSON.stringify(records)}::json) as record (
        id uuid, "personId" uuid, "schoolId" uuid, grade smallint, subject text)`.execute(db);
    await recordNotes();
  }
  await recordNotes();
};
