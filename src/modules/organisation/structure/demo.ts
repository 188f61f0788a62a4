import type { Insertable } from 'kysely';
import type { DB } from '#platform/database/tables.ts';
import type { Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import {
  type BodyKind,
  gradeLabels,
  type Post,
  type Stage,
  type Subject,
  stageLabels,
  subjectLabels,
} from '../contract.ts';
import type { DemoPerson, StaffRegister } from '../people/demo.ts';
import type { DemoSchool, DemoSchools } from '../schools/demo.ts';
import { weeklyHours } from '../teaching/demo.ts';

export type AppointmentRow = Insertable<DB['organisation.appointment']>;
type BodyRow = Insertable<DB['organisation.body']>;

/** Teachers of a unit's own classes, by stage, subject and (when given) grade. */
export type FindTeachers = (
  school: DemoSchool,
  where: { readonly stage: Stage; readonly subject: Subject; readonly grade?: number },
) => readonly DemoPerson[];

/** What the parts of the district's structure are built from. */
export interface StructureSource {
  readonly random: SeededRandom;
  readonly nextId: () => string;
  readonly schools: DemoSchools;
  readonly staff: StaffRegister;
  readonly teachersOf: FindTeachers;
  readonly leadingGroupId: string;
  readonly researchOfficeId: string;
}

/** The first day of the demonstration district's groups and consortia. */
export const structureFrom: Day = '2024-02-26';
const changedOn: Day = '2025-09-01';

/** The subjects with a district group: nine of junior schools, four of primary schools. */
export const groupSubjects: Readonly<Record<Stage, readonly Subject[]>> = {
  junior: [
    'chinese',
    'mathematics',
    'english',
    'physics',
    'chemistry',
    'ethics-and-law',
    'history',
    'geography',
    'biology',
  ],
  primary: ['chinese', 'mathematics', 'english', 'science'],
};

/** Members of the junior groups, in the order above; junior English has two leads. */
const juniorGroupSizes = [6, 10, 6, 6, 4, 6, 9, 7, 7];
const primaryGroupGrades: Partial<Record<Subject, readonly number[]>> = {
  chinese: [1, 2, 3, 4, 5, 6],
  mathematics: [1, 2, 3, 4, 5, 6],
  english: [3, 4, 5, 6],
  science: [3, 4, 5, 6],
};
/** The strong-subject bases the district has still to name. */
const basesNotYetSet: readonly (readonly [Stage, Subject])[] = [
  ['junior', 'geography'],
  ['primary', 'english'],
];

export const appoint = (
  nextId: () => string,
  person: { readonly id: string },
  post: Post,
  scope: Partial<Pick<AppointmentRow, 'bodyId' | 'schoolId' | 'stage' | 'subject' | 'gradeFrom' | 'gradeTo'>>,
  dates: { readonly activeFrom: Day; readonly activeTo?: Day } = { activeFrom: structureFrom },
): AppointmentRow => ({
  id: nextId(),
  personId: person.id,
  post,
  ...scope,
  ...dates,
  source: '演示数据',
});

export interface DemoStructure {
  readonly bodies: readonly BodyRow[];
  readonly consortiumSchools: readonly Insertable<DB['organisation.consortiumSchool']>[];
  readonly subjectBases: readonly Insertable<DB['organisation.subjectBase']>[];
  readonly appointments: readonly AppointmentRow[];
  /** Cells nobody fills: the consortium's, for nominations. */
  readonly emptyCells: readonly EmptyCell[];
}

interface EmptyCell {
  readonly consortiumId: string;
  readonly school: DemoSchool;
  readonly stage: Stage;
  readonly grade: number;
  readonly subject: Subject;
}

export const planStructure = (source: StructureSource): DemoStructure => {
  const officers = appointOfficers(source);
  const groups = planCoreGroups(source, officers);
  const consortia = planConsortia(source, officers);
  return {
    bodies: [...groups.bodies, ...consortia.bodies],
    consortiumSchools: consortia.places,
    subjectBases: planSubjectBases(source),
    appointments: [...officers.appointments, ...groups.appointments, ...consortia.appointments],
    emptyCells: consortia.emptyCells,
  };
};

interface Officers {
  readonly deputies: readonly DemoPerson[];
  /** In the order of the groups: nine junior subjects, a second for English, four primary ones, two without a group. */
  readonly researchers: readonly DemoPerson[];
  readonly appointments: readonly AppointmentRow[];
}

const appointOfficers = ({ staff, nextId, leadingGroupId, researchOfficeId }: StructureSource): Officers => {
  const head = staff.takeOn(null);
  const deputies = [staff.takeOn(null), staff.takeOn(null)];
  const subjects: readonly (Subject | null)[] = [
    ...groupSubjects.junior,
    'english',
    ...groupSubjects.primary,
    null,
    null,
  ];
  const researchers = subjects.map((subject) => staff.takeOn(null, subject === null ? [] : [subject]));
  return {
    deputies,
    researchers,
    appointments: [
      appoint(nextId, head, 'head', { bodyId: leadingGroupId }),
      ...deputies.map((person) => appoint(nextId, person, 'deputy', { bodyId: leadingGroupId })),
      ...researchers.map((person, index) =>
        appoint(nextId, person, 'research-officer', {
          bodyId: researchOfficeId,
          subject: subjects[index] ?? null,
        }),
      ),
    ],
  };
};

const body = (nextId: () => string, kind: BodyKind, name: string, rest: Partial<BodyRow>): BodyRow => ({
  id: nextId(),
  kind,
  name,
  activeFrom: structureFrom,
  ...rest,
});

interface Bodies {
  readonly bodies: BodyRow[];
  readonly appointments: AppointmentRow[];
}

const planCoreGroups = (source: StructureSource, { researchers }: Officers): Bodies => {
  const planned: Bodies = { bodies: [], appointments: [] };
  groupSubjects.junior.forEach((subject, index) => {
    const leads = [researchers[index], ...(subject === 'english' ? [researchers[9]] : [])];
    const group = addCoreGroup(source, planned, { stage: 'junior', subject, leads });
    const found = pickTeachers(source, { stage: 'junior', subject }, (juniorGroupSizes[index] ?? 6) + 1);
    found.forEach((person, place) => {
      // The last one left after the first year, so that a past day reads differently.
      const dates = place < found.length - 1 ? undefined : { activeFrom: structureFrom, activeTo: changedOn };
      planned.appointments.push(appoint(source.nextId, person, 'member', { bodyId: group.id }, dates));
    });
  });
  groupSubjects.primary.forEach((subject, index) => {
    const group = addCoreGroup(source, planned, {
      stage: 'primary',
      subject,
      leads: [researchers[10 + index]],
    });
    if (subject === 'mathematics')
      addGradeTeam(source, planned, group, { subject, gradeFrom: 1, gradeTo: 6, topic: '思维课' });
    for (const grade of primaryGroupGrades[subject] ?? [])
      addGradeTeam(source, planned, group, { subject, gradeFrom: grade, gradeTo: grade, topic: null });
  });
  return planned;
};

const addCoreGroup = (
  { nextId }: StructureSource,
  planned: Bodies,
  { stage, subject, leads }: { stage: Stage; subject: Subject; leads: readonly (DemoPerson | undefined)[] },
): BodyRow => {
  const name = `${stageLabels[stage]}${subjectLabels[subject]}研训中心组`;
  const group = body(nextId, 'core-group', name, { stage, subject });
  planned.bodies.push(group);
  for (const lead of leads)
    if (lead !== undefined) planned.appointments.push(appoint(nextId, lead, 'lead', { bodyId: group.id }));
  return group;
};

const addGradeTeam = (
  source: StructureSource,
  planned: Bodies,
  group: BodyRow,
  span: { subject: Subject; gradeFrom: number; gradeTo: number; topic: string | null },
): void => {
  const { random, nextId } = source;
  const grades = span.topic === null ? gradeLabels[span.gradeFrom] : '1-6年级';
  const name = `小学${subjectLabels[span.subject]}${grades}${span.topic ?? ''}组`;
  const team = body(nextId, 'grade-team', name, { ...span, stage: 'primary', parentId: group.id });
  planned.bodies.push(team);
  const where = { stage: 'primary', subject: span.subject } as const;
  const grade = span.topic === null ? { grade: span.gradeFrom } : {};
  pickTeachers(source, { ...where, ...grade }, random.integer(3, 5)).forEach((person, index) => {
    const post = index === 0 ? 'grade-lead' : 'member';
    planned.appointments.push(appoint(nextId, person, post, { bodyId: team.id }));
  });
};

/** From different schools as far as they go round, like the notice's groups. */
const pickTeachers = (
  { random, schools, teachersOf }: StructureSource,
  where: Parameters<FindTeachers>[1],
  count: number,
): DemoPerson[] =>
  random
    .shuffle(schools.units.filter(({ stages }) => stages.includes(where.stage)))
    .flatMap((school) => {
      const teachers = teachersOf(school, where);
      return teachers.length === 0 ? [] : [random.pick(teachers)];
    })
    .slice(0, count);

/** Which research officer heads a consortium; one of them heads two, two bureau deputies one each. */
const consortiumHeads = ({ deputies, researchers }: Officers): readonly (DemoPerson | undefined)[] => [
  deputies[0],
  researchers[4],
  researchers[14],
  researchers[15],
  researchers[12],
  researchers[11],
  deputies[1],
  researchers[10],
  researchers[13],
  researchers[13],
];

const coveredShare = 0.85;

const planConsortia = (
  source: StructureSource,
  officers: Officers,
): Bodies & {
  readonly places: Insertable<DB['organisation.consortiumSchool']>[];
  readonly emptyCells: EmptyCell[];
} => {
  const { nextId, schools } = source;
  const planned: Bodies = { bodies: [], appointments: [] };
  const places: Insertable<DB['organisation.consortiumSchool']>[] = [];
  const emptyCells: EmptyCell[] = [];
  const heads = consortiumHeads(officers);
  schools.consortia.forEach(({ stage, base, members }, index) => {
    const name = `${stageLabels[stage]}${base.name}联合体`;
    const consortium = body(nextId, 'consortium', name, { stage });
    planned.bodies.push(consortium);
    const head = heads[index];
    if (head !== undefined)
      planned.appointments.push(appoint(nextId, head, 'head', { bodyId: consortium.id }));
    const joined = [base, ...members];
    for (const school of joined)
      places.push({
        id: nextId(),
        consortiumId: consortium.id,
        schoolId: school.id,
        stage,
        role: school === base ? 'base' : 'member',
        activeFrom: structureFrom,
      });
    for (const subject of groupSubjects[stage]) {
      const group = body(nextId, 'subject-group', `${name}${subjectLabels[subject]}学科组`, {
        stage,
        subject,
        parentId: consortium.id,
      });
      planned.bodies.push(group);
      planned.appointments.push(...fillSubjectGroup(source, group, { stage, subject, joined }, emptyCells));
    }
  });
  return { ...planned, places, emptyCells };
};

/** One member for each grade a school offers, but for the cells left empty; the base school's subject lead leads. */
const fillSubjectGroup = (
  { random, nextId, teachersOf }: StructureSource,
  group: BodyRow,
  { stage, subject, joined }: { stage: Stage; subject: Subject; joined: readonly DemoSchool[] },
  emptyCells: EmptyCell[],
): AppointmentRow[] => {
  const [base] = joined;
  const [lead] = base === undefined ? [] : random.shuffle([...teachersOf(base, { stage, subject })]);
  const members = joined.flatMap((school) =>
    school.grades
      .filter((grade) => grade <= 6 === (stage === 'primary') && (weeklyHours(grade)[subject] ?? 0) > 0)
      .flatMap((grade) => {
        const [teacher] = random.shuffle([...teachersOf(school, { stage, subject, grade })]);
        if (teacher === undefined || !random.chance(coveredShare)) {
          emptyCells.push({ consortiumId: group.parentId ?? '', school, stage, grade, subject });
          return [];
        }
        const scope = { bodyId: group.id, schoolId: school.id, gradeFrom: grade, gradeTo: grade };
        return [appoint(nextId, teacher, 'member', scope)];
      }),
  );
  return base === undefined || lead === undefined
    ? members
    : [appoint(nextId, lead, 'lead', { bodyId: group.id, schoolId: base.id }), ...members];
};

const planSubjectBases = ({
  random,
  nextId,
  schools,
}: StructureSource): Insertable<DB['organisation.subjectBase']>[] =>
  (['junior', 'primary'] as const).flatMap((stage) =>
    groupSubjects[stage]
      .filter((subject) => !basesNotYetSet.some(([ofStage, of]) => ofStage === stage && of === subject))
      .map((subject) => ({
        id: nextId(),
        stage,
        subject,
        schoolId: random.pick(schools.units.filter((school) => school.stages.includes(stage))).id,
        activeFrom: structureFrom,
      })),
  );
