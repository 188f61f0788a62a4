import type { Holder } from '../shapes/contract.ts';
import { subjects } from '../vocabulary/contract.ts';
import type { CoreGroup, DistrictPicture, Structure } from './contract.ts';

type Consortium = Structure['consortia'][number];

/** The order of the notice's appendices: by subject as its table lists them. */
export const bySubject = (
  one: { readonly subject: (typeof subjects)[number] },
  other: { readonly subject: (typeof subjects)[number] },
): number => subjects.indexOf(one.subject) - subjects.indexOf(other.subject);

/** 1-6 思维课 stands before 一年级. */
const byGrades = (one: CoreGroup['teams'][number], other: CoreGroup['teams'][number]): number =>
  (one.gradeFrom ?? 0) - (other.gradeFrom ?? 0) || (other.gradeTo ?? 0) - (one.gradeTo ?? 0);

/** As the store gives a body; kinds that a picture needs more of are narrowed below. */
export interface BodyShape {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly stage: Consortium['stage'] | null;
  readonly subject: CoreGroup['subject'] | null;
  readonly parentId: string | null;
  readonly gradeFrom: number | null;
  readonly gradeTo: number | null;
  readonly topic: string | null;
}

export interface StructureFacts {
  readonly bodies: readonly BodyShape[];
  readonly holders: readonly (Holder & { readonly bodyId: string })[];
  readonly places: readonly {
    readonly consortiumId: string;
    readonly schoolId: string;
    readonly name: string;
    readonly kind: Consortium['schools'][number]['kind'];
    readonly role: 'base' | 'member';
  }[];
  readonly bases: readonly {
    readonly stage: Consortium['stage'];
    readonly subject: CoreGroup['subject'];
    readonly schoolId: string;
    readonly schoolName: string;
  }[];
  readonly slots: readonly {
    readonly stage: Consortium['stage'];
    readonly subject: CoreGroup['subject'];
  }[];
  readonly schools: readonly {
    readonly id: string;
    readonly name: string;
    readonly stages: readonly Consortium['stage'][];
    readonly parentId: string | null;
  }[];
}

const stageOrder = (stage: Consortium['stage']): number => (stage === 'junior' ? 0 : 1);

/** Rows of the database as one picture, junior before primary as in the appendices. */
export const composeStructure = (asOf: string, facts: StructureFacts): DistrictPicture => {
  const holdersOf = new Map<string, Holder[]>();
  for (const { bodyId, ...one } of facts.holders)
    holdersOf.set(bodyId, [...(holdersOf.get(bodyId) ?? []), one]);
  const single = (kind: string) => {
    const body = facts.bodies.find((one) => one.kind === kind);
    return { id: body?.id ?? null, holders: body === undefined ? [] : (holdersOf.get(body.id) ?? []) };
  };
  const consortia = facts.bodies.flatMap((body): Consortium[] =>
    body.kind !== 'consortium' || body.stage === null
      ? []
      : [
          {
            id: body.id,
            name: body.name,
            stage: body.stage,
            heads: (holdersOf.get(body.id) ?? []).filter(({ post }) => post === 'head'),
            schools: facts.places
              .filter((place) => place.consortiumId === body.id)
              .map(({ schoolId, name, kind, role }) => ({ id: schoolId, name, kind, role })),
          },
        ],
  );
  const coreGroups = facts.bodies.flatMap((body): CoreGroup[] =>
    body.kind !== 'core-group' || body.stage === null || body.subject === null
      ? []
      : [
          {
            id: body.id,
            name: body.name,
            stage: body.stage,
            subject: body.subject,
            holders: holdersOf.get(body.id) ?? [],
            teams: facts.bodies
              .filter((one) => one.kind === 'grade-team' && one.parentId === body.id)
              .map(({ id, name, gradeFrom, gradeTo, topic }) => ({
                id,
                name,
                gradeFrom,
                gradeTo,
                topic,
                holders: holdersOf.get(id) ?? [],
              }))
              .sort(byGrades),
          },
        ],
  );
  const byStage = (one: { stage: Consortium['stage'] }, other: { stage: Consortium['stage'] }): number =>
    stageOrder(one.stage) - stageOrder(other.stage);
  return {
    asOf,
    leadingGroup: single('leading-group'),
    researchOffice: single('research-office'),
    consortia: consortia.sort(byStage),
    coreGroups: coreGroups.sort((one, other) => byStage(one, other) || bySubject(one, other)),
    subjectBases: [...facts.slots]
      .sort((one, other) => byStage(one, other) || bySubject(one, other))
      .map((slot) => {
        const base = facts.bases.find((one) => one.stage === slot.stage && one.subject === slot.subject);
        return { ...slot, school: base === undefined ? null : { id: base.schoolId, name: base.schoolName } };
      }),
    schoolsOutside: facts.schools
      .filter(({ parentId }) => parentId === null)
      .flatMap(({ id, name, stages }) => stages.map((stage) => ({ id, name, stage })))
      .filter(
        ({ id, stage }) =>
          !consortia.some((one) => one.stage === stage && one.schools.some((school) => school.id === id)),
      )
      .sort(byStage),
  };
};
