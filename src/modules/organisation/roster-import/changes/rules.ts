import type { PlanRow, RosterChange } from '../../roster/contract.ts';

type Kind = RosterChange['do'];

/** Changes of one kind, each with the cell it comes from. */
export type ChangesOf<K extends Kind> = (Extract<RosterChange, { do: K }> & { readonly cell: string })[];

export interface SortedChanges {
  readonly insertSchool: ChangesOf<'insert-school'>;
  readonly addStages: ChangesOf<'add-stages'>;
  readonly putAlias: ChangesOf<'put-alias'>;
  readonly insertBody: ChangesOf<'insert-body'>;
  readonly putMemberSchool: ChangesOf<'put-member-school'>;
  readonly putSubjectBase: ChangesOf<'put-subject-base'>;
  readonly insertPerson: ChangesOf<'insert-person'>;
  readonly updatePerson: ChangesOf<'update-person'>;
  readonly insertAppointment: ChangesOf<'insert-appointment'>;
  readonly insertSchoolPost: ChangesOf<'insert-school-post'>;
  readonly insertTeaching: ChangesOf<'insert-teaching'>;
}

/** The changes of a plan by kind, each kind in the plan's order; written in the order of the fields. */
export const sortChanges = (rows: readonly PlanRow[]): SortedChanges => {
  const sorted: SortedChanges = {
    insertSchool: [],
    addStages: [],
    putAlias: [],
    insertBody: [],
    putMemberSchool: [],
    putSubjectBase: [],
    insertPerson: [],
    updatePerson: [],
    insertAppointment: [],
    insertSchoolPost: [],
    insertTeaching: [],
  };
  for (const { change, cell } of rows) {
    if (change === null) continue;
    if (change.do === 'insert-school') sorted.insertSchool.push({ ...change, cell });
    else if (change.do === 'add-stages') sorted.addStages.push({ ...change, cell });
    else if (change.do === 'put-alias') sorted.putAlias.push({ ...change, cell });
    else if (change.do === 'insert-body') sorted.insertBody.push({ ...change, cell });
    else if (change.do === 'put-member-school') sorted.putMemberSchool.push({ ...change, cell });
    else if (change.do === 'put-subject-base') sorted.putSubjectBase.push({ ...change, cell });
    else if (change.do === 'insert-person') sorted.insertPerson.push({ ...change, cell });
    else if (change.do === 'update-person') sorted.updatePerson.push({ ...change, cell });
    else if (change.do === 'insert-appointment') sorted.insertAppointment.push({ ...change, cell });
    else if (change.do === 'insert-school-post') sorted.insertSchoolPost.push({ ...change, cell });
    else sorted.insertTeaching.push({ ...change, cell });
  }
  return sorted;
};
