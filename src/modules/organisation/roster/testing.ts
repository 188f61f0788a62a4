import fc from 'fast-check';
import type { Stage } from '../contract.ts';
import type {
  BodyDescription,
  PersonFields,
  PersonRef,
  RosterPlan,
  RosterRow,
  RosterSnapshot,
} from './contract.ts';
import { emptySnapshot } from './contract.ts';
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
    schoolPosts: [...before.schoolPosts],
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
    } else if (change.do === 'insert-school-post') {
      const { person, school, post, stage, subject } = change;
      const held = { personId: personId(person), schoolId: schoolId(school), post, stage, subject };
      after.schoolPosts.push({ ...held, ended: false });
    } else {
      const { person, school, grade, subject } = change;
      after.teaching.push({ personId: personId(person), schoolId: schoolId(school), grade, subject });
    }
  }
  return after;
}

const surnames = '甲乙丙丁戊己庚辛'.split('');
const given = '天地玄黄宇宙洪荒日月盈昃辰宿列张'.split('');

/** The nth made-up name, of two or three characters; no two are the same. */
export const nameOf = (index: number): string => {
  const [a, b, c] = [index % 8, Math.floor(index / 8) % 16, Math.floor(index / 128) - 1];
  return `${surnames[a]}${given[b]}${c < 0 ? '' : given[c % 16]}`;
};

/** One roll of a die after the other, for all that people vary when they type the same table. */
export interface Noise {
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly shuffle: <T>(items: readonly T[]) => T[];
}

export const noise: fc.Arbitrary<Noise> = fc.infiniteStream(fc.nat(9999)).map((stream) => {
  const roll = (below: number) => Number(stream.next().value) % below;
  return {
    pick: (choices) => {
      const chosen = choices[roll(choices.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, at: roll(10_000) }))
        .sort((one, other) => one.at - other.at)
        .map(({ item }) => item),
  };
});

/** Rows with columns in any order, empty rows and whole rows typed twice. */
export const untidy = (
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  noisy: Noise,
): string[][] => {
  const order = noisy.shuffle(heading.map((_, index) => index));
  const arrange = (row: readonly string[]) => order.map((index) => row[index] ?? '');
  const head = arrange(heading).map((word) => noisy.pick([word, word.split('').join(' '), `${word}　`]));
  const body = rows.flatMap((row) => noisy.pick([[row], [row], [row, row], [row, row.map(() => '')]]));
  return [head, ...body.map(arrange)];
};

export const madeUpSchools = ['东河湾小学', '西河湾小学', '南山中学'];

/** A district with three schools and nobody in it. */
export const smallDistrict: RosterSnapshot = {
  ...emptySnapshot,
  schools: madeUpSchools.map((name) => {
    const stage: Stage = name.endsWith('小学') ? 'primary' : 'junior';
    return { id: `id ${name}`, name, kind: stage, stages: [stage], byHand: false };
  }),
};
