import type { Stage, Subject } from '../../contract.ts';
import type { RosterQuestion, RosterRow, WrittenCoreGroup, WrittenPerson } from '../contract.ts';
import type { Columns, GradeRange } from '../headings/rules.ts';
import { readGrades, readStage, readSubject, stageOfGrade, stageOfSubject } from '../headings/rules.ts';
import { readNames, squeeze } from '../names/rules.ts';

/** The rows under one heading, and what stands above it. */
export interface Section {
  readonly columns: Columns;
  readonly rows: readonly RosterRow[];
  /** Titles above the heading, nearest first, then the table's own name. */
  readonly titles: readonly string[];
}

export const cellOf = (row: RosterRow, column: number | undefined): string =>
  column === undefined ? '' : (row.cells[column] ?? '').trim();

/** People of one cell; what cannot be told apart becomes a question. */
export function readPeople(
  row: RosterRow,
  column: number | undefined,
  ask: RosterQuestion[],
): WrittenPerson[] {
  if (column === undefined) return [];
  const cell = row.ref(column);
  const { people, doubts } = readNames(cellOf(row, column));
  for (const { text, reason } of doubts)
    ask.push({
      kind: 'ambiguous-name',
      text: `“${text}”${reason}，没有导入。请在表里改清楚后重新导入（几个人之间用顿号分开）。`,
      cell,
    });
  return people.map((person) => ({ ...person, cell }));
}

interface GroupDraft {
  stage: Stage;
  subject: Subject;
  leads: WrittenPerson[];
  members: WrittenPerson[];
  teams: Map<string, { range: GradeRange; leads: WrittenPerson[]; members: WrittenPerson[]; cell: string }>;
  cell: string;
}

/** Appendix 1, both forms: with a grade column (primary) and without (junior). */
export function readCoreGroups(section: Section, ask: RosterQuestion[]): WrittenCoreGroup[] {
  const { columns, rows } = section;
  const [subjectColumn = 0] = columns.get('subject') ?? [];
  const gradeColumn = columns.get('grade')?.[0];
  const membersColumn = columns.get('members')?.[0];
  const { subjectLead, gradeLead } = leadColumns(section, subjectColumn, gradeColumn);
  const sectionStage = stageOfSection(section, subjectColumn, gradeColumn);
  const groups = new Map<string, GroupDraft>();
  let subject: Subject | null = null;
  let range: GradeRange | null = null;
  let stage: Stage | null = null;
  const leadsSeen = new Set<string>();

  for (const row of rows) {
    const written = cellOf(row, subjectColumn);
    if (written !== '') {
      const read = readSubject(written);
      if (read !== subject) range = null;
      subject = read;
      if (read === null)
        ask.push({
          kind: 'unknown-subject',
          text: `不认识学科“${written}”，这一行及其下属各行没有导入。请改成课程方案里的学科名称后重新导入。`,
          cell: row.ref(subjectColumn),
        });
    }
    stage = readStage(cellOf(row, columns.get('stage')?.[0])) ?? sectionStage ?? stage;
    if (subject === null) continue;
    if (stage === null) {
      ask.push({
        kind: 'unknown-stage',
        text: `看不出“${written}”是初中还是小学，没有导入。请在表的上方写明“初中”或“小学”，或加一列“学段”。`,
        cell: row.ref(subjectColumn),
      });
      continue;
    }
    const key = `${stage} ${subject}`;
    const group = groups.get(key) ?? {
      stage,
      subject,
      leads: [],
      members: [],
      teams: new Map(),
      cell: row.ref(subjectColumn),
    };
    groups.set(key, group);
    const leadCell = subjectLead === undefined ? '' : `${key} ${row.ref(subjectLead)}`;
    if (!leadsSeen.has(leadCell)) addPeople(group.leads, readPeople(row, subjectLead, ask));
    leadsSeen.add(leadCell);
    if (gradeColumn === undefined) {
      addPeople(group.members, readPeople(row, membersColumn, ask));
      continue;
    }
    const gradeText = cellOf(row, gradeColumn);
    if (gradeText !== '') range = readGrades(gradeText);
    const leads = readPeople(row, gradeLead, ask);
    const members = readPeople(row, membersColumn, ask);
    if (range === null) {
      if (gradeText !== '' || leads.length + members.length > 0)
        ask.push({
          kind: 'unknown-grade',
          text: `不认识年级“${gradeText}”，这一行没有导入。请写成“三年级”或“1-6 思维课”的形式。`,
          cell: row.ref(gradeColumn),
        });
      continue;
    }
    const teamKey = `${range.from} ${range.to} ${range.topic ?? ''}`;
    const team = group.teams.get(teamKey) ?? { range, leads: [], members: [], cell: row.ref(gradeColumn) };
    group.teams.set(teamKey, team);
    addPeople(team.leads, leads);
    addPeople(team.members, members);
  }
  return [...groups.values()].map((group) => ({
    ...group,
    teams: [...group.teams.values()].map(({ range: { from, to, topic }, ...team }) => ({
      ...team,
      gradeFrom: from,
      gradeTo: to,
      topic,
    })),
  }));
}

/** The same name at the same place twice in one list is one entry typed twice. */
function addPeople(list: WrittenPerson[], more: readonly WrittenPerson[]): void {
  for (const person of more)
    if (!list.some(({ name, schoolText }) => name === person.name && schoolText === person.schoolText))
      list.push(person);
}

/**
 * Of two columns headed 组长 the subject's has fewer different values than the grades'; where that does not
 * tell, the left one is the subject's, as in the notice.
 */
function leadColumns(
  { columns, rows }: Section,
  subjectColumn: number,
  gradeColumn: number | undefined,
): { subjectLead: number | undefined; gradeLead: number | undefined } {
  const named = columns.get('grade-lead')?.[0];
  const [first, second] = columns.get('lead') ?? [];
  if (gradeColumn === undefined) return { subjectLead: first, gradeLead: undefined };
  if (named !== undefined) return { subjectLead: first, gradeLead: named };
  if (first === undefined || second === undefined) {
    const byGrade = first !== undefined && countValues(rows, first) > countValues(rows, subjectColumn);
    return byGrade
      ? { subjectLead: undefined, gradeLead: first }
      : { subjectLead: first, gradeLead: undefined };
  }
  return countValues(rows, first) <= countValues(rows, second)
    ? { subjectLead: first, gradeLead: second }
    : { subjectLead: second, gradeLead: first };
}

const countValues = (rows: readonly RosterRow[], column: number): number =>
  new Set(rows.map((row) => squeeze(cellOf(row, column))).filter((value) => value !== '')).size;

function stageOfSection(
  { rows, titles }: Section,
  subjectColumn: number,
  gradeColumn: number | undefined,
): Stage | null {
  for (const title of titles) {
    const stage = readStage(title);
    if (stage !== null) return stage;
  }
  for (const row of rows) {
    const range = gradeColumn === undefined ? null : readGrades(cellOf(row, gradeColumn));
    if (range !== null) return stageOfGrade(range.from);
    const subject = readSubject(cellOf(row, subjectColumn));
    const stage = subject === null ? null : stageOfSubject(subject);
    if (stage !== null) return stage;
  }
  return null;
}
