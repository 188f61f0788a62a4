import type { Stage, Subject } from '../../contract.ts';
import type {
  RosterQuestion,
  RosterRow,
  WrittenConsortium,
  WrittenPerson,
  WrittenSchool,
  WrittenSubjectBase,
} from '../contract.ts';
import type { Section } from '../core-groups/rules.ts';
import { cellOf, readPeople } from '../core-groups/rules.ts';
import { readStage, readSubject, stageOfSubject } from '../headings/rules.ts';
import { readSchoolName, splitSchools } from '../schools/rules.ts';

/** Appendix 2: each row a base school, its member schools, and who answers for the consortium. */
export function readConsortia(section: Section, ask: RosterQuestion[]): WrittenConsortium[] {
  const { columns, rows, titles } = section;
  const stageColumn = columns.get('stage')?.[0];
  const [baseColumn = 0] = columns.get('base') ?? [];
  const [membersColumn = 0] = columns.get('member-schools') ?? [];
  const headColumn = columns.get('head')?.[0];
  const consortia = new Map<
    string,
    { stage: Stage; base: WrittenSchool; members: WrittenSchool[]; heads: WrittenPerson[] }
  >();
  let stage = firstStage(titles);
  let current: string | null = null;
  for (const row of rows) {
    const newStage = readStage(cellOf(row, stageColumn));
    if (newStage !== null && newStage !== stage) {
      stage = newStage;
      current = null;
    }
    const [base] = readSchools(row, baseColumn, ask);
    if (stage === null) {
      ask.push({
        kind: 'unknown-stage',
        text: `看不出“${cellOf(row, baseColumn)}”的联合体是初中还是小学，没有导入。请在“学段”一列写明。`,
        cell: row.ref(baseColumn),
      });
      continue;
    }
    if (base !== undefined) {
      current = `${stage} ${base.name}`;
      if (!consortia.has(current)) consortia.set(current, { stage, base, members: [], heads: [] });
    }
    const consortium = current === null ? undefined : consortia.get(current);
    if (consortium === undefined) {
      ask.push({
        kind: 'missing-value',
        text: '这一行没有研训基地校，没有导入。请补上基地校后重新导入。',
        cell: row.ref(baseColumn),
      });
      continue;
    }
    for (const school of readSchools(row, membersColumn, ask))
      if (!consortium.members.some(({ name }) => name === school.name)) consortium.members.push(school);
    for (const head of readPeople(row, headColumn, ask))
      if (!consortium.heads.some(({ name }) => name === head.name)) consortium.heads.push(head);
  }
  return [...consortia.values()];
}

/** Appendix 3: strong-subject base schools; what is not written is "not yet set", never a mistake. */
export function readSubjectBases(section: Section, ask: RosterQuestion[]): WrittenSubjectBase[] {
  const { columns, rows, titles } = section;
  const stageColumn = columns.get('stage')?.[0];
  const [subjectColumn = 0] = columns.get('subject') ?? [];
  const [baseColumn = 0] = columns.get('subject-base') ?? [];
  const bases: WrittenSubjectBase[] = [];
  let stage = firstStage(titles);
  let subject: Subject | null = null;
  for (const row of rows) {
    const written = cellOf(row, subjectColumn);
    if (written !== '') subject = readSubject(written);
    stage = readStage(cellOf(row, stageColumn)) ?? stage;
    const schools = readSchools(row, baseColumn, ask);
    if (schools.length === 0) continue;
    const place = stage ?? (subject === null ? null : stageOfSubject(subject));
    if (subject === null || place === null) {
      ask.push({
        kind: subject === null ? 'unknown-subject' : 'unknown-stage',
        text: `看不出“${cellOf(row, baseColumn)}”是哪个学段、哪个学科的优势学科基地校，没有导入。请写明学段和学科。`,
        cell: row.ref(baseColumn),
      });
      continue;
    }
    for (const school of schools)
      if (
        !bases.some(
          (one) => one.stage === place && one.subject === subject && one.school.name === school.name,
        )
      )
        bases.push({ stage: place, subject, school });
  }
  return bases;
}

const firstStage = (titles: readonly string[]): Stage | null =>
  titles.map(readStage).find((stage) => stage !== null) ?? null;

function readSchools(row: RosterRow, column: number, ask: RosterQuestion[]): WrittenSchool[] {
  const cell = row.ref(column);
  return splitSchools(cellOf(row, column)).map((written) => {
    const { name, restored } = readSchoolName(written);
    const known = ask.some((question) => question.cell === cell && question.restored === name);
    if (restored !== null && !known)
      ask.push({
        kind: 'lost-character',
        text: `“${written}”读作“${name}”：${restored}。请确认。`,
        cell,
        candidates: [name],
        restored: name,
      });
    return { name, cell };
  });
}
