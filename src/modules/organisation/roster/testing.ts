import type {
  BodyDescription,
  PersonFields,
  PersonRef,
  RosterPlan,
  RosterRow,
  RosterSnapshot,
} from './contract.ts';
import { bodyKey } from './plan/draft/rules.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };

/** Rows as a reader of tables would give them, with references like 表!2:3 (row, column). */
export const rowsOf = (table: string, cells: readonly (readonly string[])[]): RosterRow[] =>
  cells.map((values, index) => ({
    table,
    row: index + 1,
    cells: values,
    ref: (column) => `${table}!${index + 1}:${column + 1}`,
  }));

/** What the database holds after the plan was applied, as plain values. */
export function applyPlan(before: RosterSnapshot, plan: RosterPlan): RosterSnapshot {
  const after: Open<RosterSnapshot> = {
    schools: [...before.schools],
    aliases: [...before.aliases],
    people: [...before.people],
    bodies: [...before.bodies],
    appointments: [...before.appointments],
    subjectBases: [...before.subjectBases],
    teaching: [...before.teaching],
  };
  let next = 0;
  const id = () => {
    next += 1;
    return `${before.people.length}-${before.schools.length}-${next}`;
  };
  const found = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the plan names something that does not stand');
    return value;
  };
  const schoolId = (name: string) => found(after.schools.find((school) => school.name === name)).id;
  const people = new Map<string, string>();
  const personId = (ref: PersonRef) => ('id' in ref ? ref.id : found(people.get(ref.key)));
  const bodyAt = (body: BodyDescription) => {
    const at = after.bodies.findIndex((one) => bodyKey(one) === bodyKey(body));
    return at < 0 ? found<number>(undefined) : at;
  };
  const setMembers = (body: BodyDescription, change: (ids: readonly string[]) => string[]) => {
    const at = bodyAt(body);
    const old = found(after.bodies[at]);
    after.bodies[at] = { ...old, memberSchoolIds: change(old.memberSchoolIds) };
  };
  const personOf = ({ homeSchool, ...fields }: PersonFields) => ({
    ...fields,
    homeSchoolId: homeSchool === null ? null : schoolId(homeSchool),
  });
  for (const { change } of plan.rows) {
    if (change === null) continue;
    if (change.do === 'insert-school') {
      const { name, kind, stages } = change;
      after.schools.push({ id: id(), name, kind, stages, byHand: false });
    } else if (change.do === 'add-stages') {
      const { school, kind, stages } = change;
      after.schools = after.schools.map((one) => (one.name === school ? { ...one, kind, stages } : one));
    } else if (change.do === 'put-alias') {
      const { alias, stage, school, status } = change;
      after.aliases = after.aliases.filter((one) => one.alias !== alias || one.stage !== stage);
      after.aliases.push({ alias, stage, schoolId: schoolId(school), status });
    } else if (change.do === 'insert-body') {
      after.bodies.push({ ...change.body, id: id(), memberSchoolIds: [] });
    } else if (change.do === 'put-member-school') {
      const school = schoolId(change.school);
      if (change.leaves !== null) setMembers(change.leaves, (ids) => ids.filter((one) => one !== school));
      setMembers(change.consortium, (ids) => [...ids, school]);
    } else if (change.do === 'put-subject-base') {
      const { stage, subject, school, replaces } = change;
      const ended = replaces.map(schoolId);
      after.subjectBases = after.subjectBases.filter(
        (one) => one.stage !== stage || one.subject !== subject || !ended.includes(one.schoolId),
      );
      after.subjectBases.push({ stage, subject, schoolId: schoolId(school) });
    } else if (change.do === 'insert-person') {
      const made = id();
      people.set(change.key, made);
      after.people.push({ id: made, ...personOf(change.person), byHand: false });
    } else if (change.do === 'update-person') {
      after.people = after.people.map((one) =>
        one.id === change.id ? { ...one, ...personOf(change.person) } : one,
      );
    } else if (change.do === 'insert-appointment') {
      const bodyId = found(after.bodies[bodyAt(change.body)]).id;
      after.appointments.push({ id: id(), personId: personId(change.person), bodyId, post: change.post });
    } else {
      const { person, school, grade, subject } = change;
      after.teaching.push({ personId: personId(person), schoolId: schoolId(school), grade, subject });
    }
  }
  return after;
}
