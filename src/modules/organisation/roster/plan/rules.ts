import type {
  RosterCounts,
  RosterDecision,
  RosterPlan,
  RosterSnapshot,
  WrittenCoreGroup,
  WrittenRoster,
} from '../contract.ts';
import { countEmptySlots, planBodies } from './bodies/rules.ts';
import type { PlanDraft } from './draft/rules.ts';
import { planPeople } from './people/rules.ts';
import { planSchools } from './schools/rules.ts';

/**
 * What importing a roster would do, row by row, and what a person has to decide first. Nothing is removed or
 * ended by an import, and nothing that waits for a decision is written.
 */
export function planRoster(
  written: WrittenRoster,
  existing: RosterSnapshot,
  decisions: readonly RosterDecision[] = [],
): RosterPlan {
  const known = new Set(existing.schools.map(({ name }) => name));
  const questions = written.questions.filter(
    ({ restored }) => restored === undefined || !known.has(restored),
  );
  const draft: PlanDraft = { existing, rows: [], questions };
  const book = planSchools(draft, written, decisions);
  const bodies = planBodies(draft, written, book);
  const people: PlanDraft = { ...draft, rows: [] };
  const count = planPeople(people, written, book, bodies, decisions);
  book.finish();
  const rows = [...draft.rows, ...people.rows];
  const withStatus = (status: string) => rows.filter((row) => row.status === status).length;
  return {
    counts: { ...countWritten(written), ...count, emptySubjectBaseSlots: countEmptySlots(draft, written) },
    questions,
    changes: { new: withStatus('new'), changed: withStatus('changed'), unchanged: withStatus('unchanged') },
    rows,
  };
}

const namesOf = ({ leads, members, teams }: WrittenCoreGroup): string[] =>
  [...leads, ...members, ...teams.flatMap((team) => [...team.leads, ...team.members])].map(
    ({ name }) => name,
  );

function countWritten(
  written: WrittenRoster,
): Omit<RosterCounts, 'people' | 'appointments' | 'emptySubjectBaseSlots'> {
  const { coreGroups, consortia } = written;
  const inStage = (stage: string) => coreGroups.filter((group) => group.stage === stage).flatMap(namesOf);
  return {
    juniorNames: inStage('junior').length,
    primaryNames: inStage('primary').length,
    distinctNames: new Set(coreGroups.flatMap(namesOf)).size,
    coreGroups: coreGroups.length,
    gradeTeams: coreGroups.reduce((sum, { teams }) => sum + teams.length, 0),
    consortia: consortia.length,
    schools: new Set(consortia.flatMap(({ base, members }) => [base, ...members]).map(({ name }) => name))
      .size,
  };
}
