import type { Stage, Subject } from '../vocabulary/contract.ts';
import type { Backbone } from './contract.ts';

/** A grade in which a subject is offered. */
export interface Offer {
  readonly grade: number;
  readonly subject: Subject;
}

/** A member of a consortium's subject group, for the school represented (a campus counts for its listed parent). */
export interface GroupMember {
  readonly schoolId: string;
  readonly subject: Subject;
  /** Both null for a member without a grade, who fills no cell: the notice asks for every grade. */
  readonly gradeFrom: number | null;
  readonly gradeTo: number | null;
  readonly personId: string;
  readonly name: string;
}

export interface Cell extends Offer {
  readonly people: readonly { readonly personId: string; readonly name: string }[];
}

export const stageOfGrade = (grade: number): Stage => (grade <= 6 ? 'primary' : 'junior');

const fills = (member: GroupMember, cell: Offer): boolean =>
  member.subject === cell.subject &&
  member.gradeFrom !== null &&
  member.gradeFrom <= cell.grade &&
  cell.grade <= (member.gradeTo ?? member.gradeFrom);

/** One school's cells in a stage: every offered subject of every grade, with whoever stands for it (notice 四(二)2). */
export const cellsOf = (
  schoolId: string,
  stage: Stage,
  offers: readonly Offer[],
  members: readonly GroupMember[],
): Cell[] => {
  const own = members.filter((member) => member.schoolId === schoolId);
  return offers
    .filter(({ grade }) => stageOfGrade(grade) === stage)
    .map(({ grade, subject }) => {
      const people = new Map(
        own
          .filter((member) => fills(member, { grade, subject }))
          .map(({ personId, name }) => [personId, { personId, name }]),
      );
      return { grade, subject, people: [...people.values()] };
    });
};

export const countCovered = (cells: readonly Cell[]): number =>
  cells.filter(({ people }) => people.length > 0).length;

/** Cells that nobody would fill any more without these members' part. */
export const emptiedCells = (before: readonly Cell[], after: readonly Cell[]): Offer[] =>
  before
    .filter(
      (cell) =>
        cell.people.length > 0 &&
        after.some(
          ({ grade, subject, people }) =>
            grade === cell.grade && subject === cell.subject && people.length === 0,
        ),
    )
    .map(({ grade, subject }) => ({ grade, subject }));

/** A member of a subject group with one of the honours held, or none; a person with two honours stands twice. */
export interface HonouredMember {
  readonly subject: Subject;
  readonly personId: string;
  readonly name: string;
  readonly schoolName: string | null;
  readonly honour: Backbone['people'][number]['honours'][number] | null;
}

/** Per subject how many of the group's people hold an honour; each person counts once, people keep their order. */
export const backboneOf = (
  groupSubjects: readonly Subject[],
  members: readonly HonouredMember[],
): Backbone[] =>
  groupSubjects.map((subject) => {
    const own = members.filter((member) => member.subject === subject);
    const people = [...Map.groupBy(own, ({ personId }) => personId).values()].flatMap((rows) => {
      const [first] = rows;
      if (first === undefined) return [];
      const { personId, name, schoolName } = first;
      const honours = new Map(
        rows.flatMap(({ honour }) => (honour === null ? [] : [[`${honour.kind} ${honour.level}`, honour]])),
      );
      return [{ personId, name, schoolName, honours: [...honours.values()] }];
    });
    return {
      subject,
      honoured: people.filter(({ honours }) => honours.length > 0).length,
      members: people.length,
      people,
    };
  });
