import type { Stage, Subject } from '../../contract.ts';
import type { RosterQuestion, RosterRow, WrittenPost, WrittenTeacher } from '../contract.ts';
import type { Columns } from '../headings/rules.ts';
import { readGrades, readStage, readSubject, stageOfGrade, stageOfSubject } from '../headings/rules.ts';
import { readNames, squeeze } from '../names/rules.ts';
import { readPost, splitPosts } from '../posts/rules.ts';

/** Wrong words already asked about, so that one misspelt subject is one question and not a thousand. */
export type AskedWords = Set<string>;

const listed = /[、，,;；/]/u;

/** One row of a plain teacher list; null (with a question) when it names nobody for certain. */
export function readTeacher(
  row: RosterRow,
  columns: Columns,
  ask: RosterQuestion[],
  asked: AskedWords,
): WrittenTeacher | null {
  const column = (kind: Parameters<Columns['get']>[0]) => columns.get(kind)?.[0];
  const value = (kind: Parameters<Columns['get']>[0]) => {
    const at = column(kind);
    return at === undefined ? '' : (row.cells[at] ?? '').trim();
  };
  const nameColumn = column('name') ?? 0;
  const cell = row.ref(nameColumn);
  const { people, doubts } = readNames(value('name'));
  const [person] = people;
  if (person === undefined || people.length > 1 || doubts.length > 0) {
    const written = value('name');
    ask.push({
      kind: written === '' ? 'missing-value' : 'ambiguous-name',
      text:
        written === ''
          ? '这一行没有姓名，没有导入。请补上姓名后重新导入。'
          : `“${written}”不是一个清楚的姓名，这一行没有导入。请一行写一个人。`,
      cell,
    });
    return null;
  }
  const askOnce = (kind: RosterQuestion['kind'], word: string, text: string, at: number | undefined) => {
    if (asked.has(`${kind} ${word}`)) return;
    asked.add(`${kind} ${word}`);
    ask.push({ kind, text, cell: row.ref(at ?? nameColumn) });
  };
  const grades = new Set<number>();
  for (const word of value('grade').split(listed)) {
    if (word.trim() === '') continue;
    const range = readGrades(word);
    if (range === null)
      askOnce(
        'unknown-grade',
        word,
        `不认识年级“${word}”，按没有写年级导入。请写成“三年级”的形式。`,
        column('grade'),
      );
    else for (let grade = range.from; grade <= range.to; grade += 1) grades.add(grade);
  }
  const subjects = new Set<Subject>();
  for (const word of value('subject').split(listed)) {
    if (word.trim() === '') continue;
    const subject = readSubject(word);
    if (subject === null)
      askOnce(
        'unknown-subject',
        word,
        `不认识学科“${word}”，按没有写学科导入。请改成课程方案里的学科名称。`,
        column('subject'),
      );
    else subjects.add(subject);
  }
  const schoolText = squeeze(value('school'));
  const [firstGrade] = grades;
  const [firstSubject] = subjects;
  const posts: WrittenPost[] = [];
  for (const at of [...(columns.get('post') ?? []), ...(columns.get('school-post') ?? [])])
    for (const word of splitPosts(row.cells[at] ?? '')) {
      const read = readPost(word, schoolText);
      if (read.as === 'unknown') askOnce('unknown-post', word, unknownPost(word), at);
      if (read.as !== 'post') continue;
      const { post } = read;
      const led = post !== 'subject-lead' ? [null] : read.subject === null ? [...subjects] : [read.subject];
      for (const subject of led) {
        const stage =
          subject === null
            ? null
            : (read.stage ?? readStage(value('stage')) ?? stageLed([...grades], subject));
        posts.push({ post, stage, subject, cell: row.ref(at) });
      }
      if (led.length === 0 && value('subject') === '')
        ask.push({
          kind: 'missing-value',
          text: `${person.name}的职务是“${word}”，没有写学科，没有登记这个职务。请补上学科后重新导入。`,
          cell: row.ref(at),
        });
    }
  return {
    name: person.name,
    schoolText: schoolText === '' ? person.schoolText : schoolText,
    cell,
    staffNumber: squeeze(value('staff-number')) || null,
    phone: readPhone(value('phone'), row, column('phone'), ask),
    stage:
      readStage(value('stage')) ??
      (firstGrade === undefined
        ? firstSubject === undefined
          ? null
          : stageOfSubject(firstSubject)
        : stageOfGrade(firstGrade)),
    grades: [...grades],
    subjects: [...subjects],
    posts,
  };
}

/** The stage of a subject lead who teaches in one; null where the row names grades of both, or none. */
function stageLed(grades: readonly number[], subject: Subject): Stage | null {
  const [stage, ...others] = new Set(grades.map(stageOfGrade));
  return stage === undefined ? stageOfSubject(subject) : others.length > 0 ? null : stage;
}

const unknownPost = (word: string): string =>
  word === '副校长'
    ? '“副校长”没有写明是不是分管教学，没有登记这个职务，其余照常导入。分管教学的请写成“教学副校长”后重新导入，或在人员页面增加任职。'
    : `不认识职务“${word}”，没有登记这个职务，其余照常导入。请改成校长、教学副校长、教务主任或学科长后重新导入，或在人员页面增加任职；都不是的，不用处理。`;

function readPhone(
  text: string,
  row: RosterRow,
  column: number | undefined,
  ask: RosterQuestion[],
): string | null {
  const digits = squeeze(text.normalize('NFKC')).replace(/^\+?86(?=1\d{10}$)|-/gu, '');
  if (digits === '') return null;
  if (/^\d{7,12}$/u.test(digits)) return digits;
  ask.push({
    kind: 'unreadable-value',
    text: '电话写得不完整，按没有电话导入。请核对后重新导入。',
    cell: row.ref(column ?? 0),
  });
  return null;
}
