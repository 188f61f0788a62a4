import { readConsortia, readSubjectBases } from './bases/rules.ts';
import type {
  RosterQuestion,
  RosterRow,
  WrittenConsortium,
  WrittenCoreGroup,
  WrittenLeadingGroup,
  WrittenRoster,
  WrittenSubjectBase,
  WrittenTeacher,
} from './contract.ts';
import type { Section } from './core-groups/rules.ts';
import { readCoreGroups } from './core-groups/rules.ts';
import type { Heading } from './headings/rules.ts';
import { readHeading, readSubject } from './headings/rules.ts';
import { readLeadingGroup, readSpokenPost } from './leading-group/rules.ts';
import { readTeacher } from './teacher-list/rules.ts';

/** Takes rows as they come, so that a long teacher list need not be held as a table. */
export interface RosterReader {
  row(row: RosterRow): void;
  finish(): WrittenRoster;
}

const title = /^附|名单|成员$|基地校$|联合体|说明|^注[:：]|领导小组/u;
const onlyNames = /^[\p{Script=Han}\s()（）·、，,]+$/u;

export function rosterReader(): RosterReader {
  const questions: RosterQuestion[] = [];
  const coreGroups: WrittenCoreGroup[] = [];
  const consortia: WrittenConsortium[] = [];
  const subjectBases: WrittenSubjectBase[] = [];
  const teachers: WrittenTeacher[] = [];
  let leadingGroup: WrittenLeadingGroup | null = null;
  const asked = new Set<string>();
  const unread = new Map<string, { rows: number; cell: string }>();
  const spokenPosts: RosterRow[] = [];
  let titles: string[] = [];
  let heading: Heading | null = null;
  let held: RosterRow[] = [];
  let last: RosterRow | null = null;

  const section = (columns: Section['columns']): Section => ({
    columns,
    rows: held,
    titles: [...titles, held[0]?.table ?? ''],
  });

  const close = () => {
    if (heading !== null && held.length > 0) {
      const { form, columns } = heading;
      if (form === 'core-groups') coreGroups.push(...readCoreGroups(section(columns), questions));
      else if (form === 'consortia') consortia.push(...readConsortia(section(columns), questions));
      else if (form === 'subject-bases') subjectBases.push(...readSubjectBases(section(columns), questions));
      else if (form === 'leading-group')
        leadingGroup = readLeadingGroup(section(columns), questions) ?? leadingGroup;
    }
    if (heading !== null) titles = [];
    heading = null;
    held = [];
  };

  return {
    row(row) {
      if (row.cells.every((cell) => cell.trim() === '')) return;
      const next = readHeading(row.cells);
      if (next !== null) {
        close();
        heading = next;
      } else if (isAlone(row)) {
        const text = row.cells[0] ?? '';
        const spoken = heading === null ? readSpokenPost(row, titles) : null;
        if (spoken !== null) spokenPosts.push(spoken);
        else if (heading !== null && last !== null && continues(row, last))
          held = [...held.slice(0, -1), join(last, row)];
        else if (heading === null || heading.form !== 'teachers' || title.test(text)) {
          close();
          titles = [text, ...titles].slice(0, 6);
        }
      } else if (heading !== null && (last === null || last.table === row.table || held.length === 0)) {
        if (heading.form !== 'teachers') held.push(row);
        else {
          const teacher = readTeacher(row, heading.columns, questions, asked);
          if (teacher !== null) teachers.push(teacher);
        }
      } else {
        close();
        const count = unread.get(row.table) ?? { rows: 0, cell: row.ref(0) };
        unread.set(row.table, { ...count, rows: count.rows + 1 });
      }
      last = heading === null ? null : (held.at(-1) ?? row);
    },
    finish() {
      close();
      if (spokenPosts.length > 0 && leadingGroup === null) {
        const columns = new Map([
          ['post', [0]],
          ['name', [1]],
        ] as const);
        leadingGroup = readLeadingGroup({ columns, rows: spokenPosts, titles: [] }, questions);
      }
      for (const [table, { rows, cell }] of unread)
        questions.push({
          kind: 'no-heading',
          text: `“${table}”里有 ${rows} 行上面没有认得的表头，没有读取。请补上表头（如：学科、组长、组员；姓名、学校）后重新导入。`,
          cell,
        });
      return { coreGroups, consortia, subjectBases, leadingGroup, teachers, questions };
    },
  };
}

const isAlone = ({ cells }: RosterRow): boolean =>
  (cells[0] ?? '').trim() !== '' && cells.every((cell, index) => index === 0 || cell.trim() === '');

/** A line that pasting broke off the last cell of the line before. */
const continues = (row: RosterRow, before: RosterRow): boolean => {
  const text = row.cells[0] ?? '';
  return (
    row.table === before.table &&
    row.row <= before.row + 1 &&
    row.cells.length === 1 &&
    before.cells.length > 1 &&
    onlyNames.test(text) &&
    !title.test(text) &&
    readSubject(text) === null
  );
};

function join(before: RosterRow, row: RosterRow): RosterRow {
  const cells = before.cells.map((cell, index) =>
    index === before.cells.length - 1 ? `${cell}\n${row.cells[0] ?? ''}` : cell,
  );
  return { ...before, row: row.row, cells, ref: (column) => before.ref(column) };
}

export function readRoster(rows: Iterable<RosterRow>): WrittenRoster {
  const reader = rosterReader();
  for (const row of rows) reader.row(row);
  return reader.finish();
}

/** Why a file is no roster at all, for the person who brought it; null when something was recognised. */
export function refusalOf(written: WrittenRoster): string | null {
  const { coreGroups, consortia, subjectBases, leadingGroup, teachers } = written;
  const found = coreGroups.length + consortia.length + subjectBases.length + teachers.length;
  return found > 0 || leadingGroup !== null
    ? null
    : '没有找到认得的名单。表头应有“学科、组长、组员”（附件1），“研训基地校、联合学校”（附件2），“学科、优势学科基地校”（附件3），或“姓名、学校”（教师名单）。请检查是否选错了文件。';
}
