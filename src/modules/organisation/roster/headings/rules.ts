import type { Stage, Subject } from '../../contract.ts';
import { subjectByName } from '../../subject-words/rules.ts';
import { squeeze } from '../names/rules.ts';

const columnKinds = [
  'subject',
  'lead',
  'grade-lead',
  'grade',
  'members',
  'stage',
  'base',
  'member-schools',
  'head',
  'subject-base',
  'post',
  'school-post',
  'name',
  'staff-number',
  'school',
  'phone',
] as const;
type ColumnKind = (typeof columnKinds)[number];

const words: Readonly<Record<ColumnKind, readonly string[]>> = {
  subject: ['学科', '任教学科', '科目', '学科名称', '所教学科', '任课学科'],
  lead: ['组长', '学科组长'],
  'grade-lead': ['年级组长'],
  grade: ['年级', '任教年级', '所教年级', '任课年级'],
  members: ['组员', '成员', '组员名单'],
  stage: ['学段', '任教学段'],
  base: ['研训基地校', '区级研训基地校', '基地校'],
  'member-schools': ['联合学校', '联合校', '成员校', '联合体成员校', '联合体成员'],
  head: ['负责人', '联合体负责人'],
  'subject-base': ['优势学科基地校', '学科基地校'],
  post: ['职务'],
  'school-post': ['行政职务', '校内职务', '学校职务', '岗位'],
  name: ['姓名', '教师姓名', '教师', '教师名称', '老师姓名', '人员姓名'],
  'staff-number': [
    '工号',
    '教师编号',
    '人员编号',
    '教工号',
    '职工号',
    '教职工号',
    '编号',
    '人员编码',
    '教师工号',
  ],
  school: [
    '学校',
    '单位',
    '任教学校',
    '所在学校',
    '学校名称',
    '工作单位',
    '单位名称',
    '所属学校',
    '所在单位',
  ],
  phone: ['电话', '手机', '联系电话', '手机号', '手机号码', '电话号码', '联系方式', '移动电话'],
};

const kindOf = new Map(
  columnKinds.flatMap((kind) => words[kind].map((word): [string, ColumnKind] => [word, kind])),
);

type TableForm = 'core-groups' | 'consortia' | 'subject-bases' | 'leading-group' | 'teachers';

/** Columns of each kind, left to right. */
export type Columns = ReadonlyMap<ColumnKind, readonly number[]>;

export interface Heading {
  readonly form: TableForm;
  readonly columns: Columns;
}

/** The form of the table a row heads, whatever the order of its columns; null for a row of values. */
export function readHeading(cells: readonly string[]): Heading | null {
  const columns = new Map<ColumnKind, number[]>();
  cells.forEach((cell, index) => {
    if (cell.length > 20) return;
    const kind = kindOf.get(squeeze(cell).replace(/\([^)]*\)|[*:：]/gu, ''));
    if (kind !== undefined) columns.set(kind, [...(columns.get(kind) ?? []), index]);
  });
  const form = formOf(columns);
  return form === null ? null : { form, columns };
}

function formOf(columns: Columns): TableForm | null {
  const has = (...kinds: ColumnKind[]) => kinds.every((kind) => columns.has(kind));
  if (has('subject', 'members') && (has('lead') || has('grade-lead'))) return 'core-groups';
  if (has('base', 'member-schools')) return 'consortia';
  if (has('subject', 'subject-base')) return 'subject-bases';
  const ofTeacher: ColumnKind[] = ['school', 'staff-number', 'subject', 'grade'];
  if (has('name', 'post') && !ofTeacher.some((kind) => has(kind))) return 'leading-group';
  const facts: ColumnKind[] = ['school', 'staff-number', 'phone', 'subject', 'grade'];
  return has('name') && facts.some((kind) => has(kind)) ? 'teachers' : null;
}

export function readStage(text: string): Stage | null {
  const word = squeeze(text);
  if (word === '' || word.includes('中小学')) return null;
  const junior = /初中|中学/u.test(word);
  return junior === word.includes('小学') ? null : junior ? 'junior' : 'primary';
}

export const readSubject = (text: string): Subject | null => subjectByName.get(squeeze(text)) ?? null;

/** Subjects taught in one stage only, so that a list without a stage can be placed. */
const juniorOnly: readonly Subject[] = ['physics', 'chemistry', 'biology', 'history', 'geography'];
export const stageOfSubject = (subject: Subject): Stage | null =>
  juniorOnly.includes(subject) ? 'junior' : subject === 'science' ? 'primary' : null;

export const stageOfGrade = (grade: number): Stage => (grade <= 6 ? 'primary' : 'junior');

export interface GradeRange {
  readonly from: number;
  readonly to: number;
  readonly topic: string | null;
}

const numerals = '一二三四五六七八九';

/** 三年级, 3, 初一, 三(2)班; and ranges with what they are for: 1-6 思维课, 一至六年级. */
export function readGrades(text: string): GradeRange | null {
  const word = squeeze(text).replace(/[－—–~～至到]/gu, '-');
  const junior = /^初([一二三])(?:年级)?$/u.exec(word);
  if (junior?.[1] !== undefined) {
    const grade = numerals.indexOf(junior[1]) + 7;
    return { from: grade, to: grade, topic: null };
  }
  const found =
    /^([一二三四五六七八九1-9])(?:年级)?(?:-([一二三四五六七八九1-9]))?(?:年级|年|\(\d+\)班|级)?(.*)$/u.exec(
      word,
    );
  if (found?.[1] === undefined || /^[\d.]/u.test(found[3] ?? '')) return null;
  const from = gradeNumber(found[1]);
  const to = found[2] === undefined ? from : gradeNumber(found[2]);
  const topic = found[3] === undefined || found[3] === '' ? null : found[3];
  return from <= to ? { from, to, topic } : null;
}

const gradeNumber = (character: string): number =>
  numerals.includes(character) ? numerals.indexOf(character) + 1 : Number(character);
