import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { findOrAddTerm } from './calendar/demo.ts';
import type { Stage } from './contract.ts';
import {
  createStaffRegister,
  type DemoPerson,
  honourRows,
  personRows,
  type StaffRegister,
} from './people/demo.ts';
import { aliasRows, type DemoSchool, planSchools, schoolRows } from './schools/demo.ts';
import {
  type AppointmentRow,
  appoint,
  type DemoStructure,
  type FindTeachers,
  groupSubjects,
  planStructure,
} from './structure/demo.ts';
import { type DemoTeaching, planTeaching, stageOf } from './teaching/demo.ts';

const schoolsSince: Day = '1998-09-01';

/** The invented district: schools, people, bodies, posts, one term's classes, teaching and timetable. */
export const seedOrganisation = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  let moment = Date.parse('2024-02-26T00:00:00Z');
  const nextId = (): string => random.id((moment += 1));

  const term = await findOrAddTerm(db, nextId, today);
  const schools = planSchools(nextId);
  const staff = createStaffRegister(random, nextId);
  const taught = new Map(
    schools.schools.map((school) => [school, planTeaching(school, staff, term, random, nextId)]),
  );
  const structure = planStructure({
    random,
    nextId,
    schools,
    staff,
    teachersOf: teacherFinder(taught, staff.people),
    leadingGroupId: await findOrAddBody(db, nextId, 'leading-group', '领导小组'),
    researchOfficeId: await findOrAddBody(db, nextId, 'research-office', '中小学教研室'),
  });
  const posts = planSchoolPosts(schools.schools, staff, taught, random, nextId);

  await insertRows(db, 'organisation.school', schoolRows(schools.schools, schoolsSince));
  await insertRows(db, 'organisation.schoolAlias', aliasRows(schools, nextId));
  await insertRows(db, 'organisation.person', personRows(staff.people));
  const honours = honourRows(random, nextId, staff.people, membersOfGroups(structure));
  await insertRows(db, 'organisation.honour', honours);
  await insertRows(db, 'organisation.body', structure.bodies);
  await insertRows(db, 'organisation.consortiumSchool', structure.consortiumSchools);
  await insertRows(db, 'organisation.subjectBase', structure.subjectBases);
  await insertRows(db, 'organisation.appointment', [...structure.appointments, ...posts]);
  const plans = [...taught.values()];
  await insertRows(
    db,
    'organisation.schoolClass',
    plans.flatMap(({ classes }) => classes),
  );
  await insertRows(
    db,
    'organisation.teachingAssignment',
    plans.flatMap(({ assignments }) => assignments),
  );
  await insertRows(
    db,
    'organisation.timetableEntry',
    plans.flatMap(({ timetable }) => timetable),
  );
  await insertRows(db, 'organisation.nomination', planNominations(structure, posts, taught, today, nextId));
};

const findOrAddBody = async (
  db: Queryable,
  nextId: () => string,
  kind: 'leading-group' | 'research-office',
  name: string,
): Promise<string> => {
  const known = await db
    .selectFrom('organisation.body')
    .where('kind', '=', kind)
    .select('id')
    .executeTakeFirst();
  if (known !== undefined) return known.id;
  const id = nextId();
  await db.insertInto('organisation.body').values({ id, kind, name, activeFrom: '2024-01-26' }).execute();
  return id;
};

const membersOfGroups = ({ bodies, appointments }: DemoStructure): ReadonlySet<string> => {
  const groups = new Set(bodies.flatMap(({ id, kind }) => (kind === 'subject-group' ? [id] : [])));
  return new Set(
    appointments.flatMap(({ bodyId, personId }) => (groups.has(bodyId ?? '') ? [personId] : [])),
  );
};

const teacherFinder = (
  taught: ReadonlyMap<DemoSchool, DemoTeaching>,
  people: readonly DemoPerson[],
): FindTeachers => {
  const personOf = new Map(people.map((person) => [person.id, person]));
  return (school, { stage, subject, grade }) => {
    const ids = new Set(
      taught
        .get(school)
        ?.assignments.filter(
          (one) =>
            one.subject === subject &&
            stageOf(one.grade) === stage &&
            (grade === undefined || one.grade === grade),
        )
        .map(({ personId }) => personId),
    );
    return [...ids].flatMap((id) => personOf.get(id) ?? []);
  };
};

/** Principals, vice-principals, deans and subject leads; everyone who teaches holds the post of a teacher. */
const planSchoolPosts = (
  schools: readonly DemoSchool[],
  staff: StaffRegister,
  taught: ReadonlyMap<DemoSchool, DemoTeaching>,
  random: SeededRandom,
  nextId: () => string,
): AppointmentRow[] => {
  const teachersOf = teacherFinder(taught, staff.people);
  const bySchool = Map.groupBy(staff.people, ({ schoolId }) => schoolId);
  const since = (first: number): { activeFrom: Day } => ({
    activeFrom: `${random.integer(first, 2025)}-08-26`,
  });
  return schools.flatMap((school, index) => {
    const scope = { schoolId: school.id };
    const teachers = bySchool.get(school.id) ?? [];
    const [first, second, third] = random.shuffle(teachers);
    const teacherPosts = teachers.map((person) =>
      appoint(nextId, person, 'teacher', scope, { activeFrom: person.activeFrom }),
    );
    // A village school is led by one of the central school's deputies; the 39 principals lead the units.
    if (school.parentId !== null)
      return [
        ...teacherPosts,
        ...(first === undefined ? [] : [appoint(nextId, first, 'vice-principal', scope, since(2020))]),
      ];
    const principal = staff.takeOn(school.id, [random.pick(['chinese', 'mathematics', 'english'] as const)]);
    const former = schools[(index + 7) % schools.length]?.id ?? school.id;
    const deputies = teachers.length > 90 ? [first, second] : [first];
    const subjectLeads = school.stages.flatMap((stage: Stage) =>
      groupSubjects[stage].flatMap((subject) => {
        const candidates = teachersOf(school, { stage, subject });
        if (candidates.length === 0) return [];
        return [
          appoint(nextId, random.pick(candidates), 'subject-lead', { ...scope, stage, subject }, since(2022)),
        ];
      }),
    );
    return [
      ...teacherPosts,
      appoint(nextId, principal, 'principal', scope, { activeFrom: '2022-08-26' }),
      ...(random.chance(0.4)
        ? [
            appoint(
              nextId,
              principal,
              'vice-principal',
              { schoolId: former },
              {
                activeFrom: '2020-08-26',
                activeTo: '2022-08-26',
              },
            ),
          ]
        : []),
      ...deputies.flatMap((person) =>
        person === undefined ? [] : [appoint(nextId, person, 'vice-principal', scope, since(2020))],
      ),
      ...(third === undefined ? [] : [appoint(nextId, third, 'dean', scope, since(2020))]),
      ...subjectLeads,
    ];
  });
};

/** Every eighth empty cell has somebody put forward who still waits for an answer. */
const planNominations = (
  { emptyCells }: DemoStructure,
  posts: readonly AppointmentRow[],
  taught: ReadonlyMap<DemoSchool, DemoTeaching>,
  today: Day,
  nextId: () => string,
) =>
  emptyCells
    .filter((_, index) => index % 8 === 0)
    .flatMap(({ consortiumId, school, grade, subject }, index) => {
      const person = taught
        .get(school)
        ?.assignments.find((one) => one.grade === grade && one.subject === subject);
      const principal = posts.find(({ schoolId, post }) => schoolId === school.id && post === 'principal');
      if (person === undefined || principal === undefined) return [];
      return [
        {
          id: nextId(),
          consortiumId,
          schoolId: school.id,
          grade,
          subject,
          personId: person.personId,
          state: 'requested',
          requestedBy: principal.personId,
          requestedAt: `${addDays(today, -1 - (index % 9))}T02:00:00Z`,
        },
      ];
    });
