import fc from 'fast-check';
import type { Noise } from '../testing.ts';
import { nameOf, rowsOf, madeUpSchools as schools, untidy } from '../testing.ts';

export interface MadeTeacher {
  name: string;
  number: string;
  school: string;
  grade: string;
  subject: string;
  phone: string;
  post: string;
}

/** Teachers at the three schools, some of the same name, each with a staff number and telephone of their own. */
export const madeTeachers: fc.Arbitrary<MadeTeacher[]> = fc
  .array(fc.tuple(fc.nat(5), fc.nat(2)), { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map(([person, school], index) => ({
      name: nameOf(person),
      number: `F${1000 + index}`,
      school: schools[school] ?? '',
      grade: school === 2 ? '八年级' : '三年级',
      subject: '语文',
      phone: `1390000${1000 + index}`,
      post: '',
    })),
  );

const headings = {
  name: ['姓名', '教师姓名', '姓 名'],
  number: ['工号', '教师编号', '人员编号'],
  school: ['学校', '单位', '任教学校'],
  grade: ['年级', '任教年级'],
  subject: ['学科', '任教学科'],
  phone: ['电话', '手机', '联系电话', '手机号码'],
  post: ['职务', '行政职务', '校内职务', '岗位', '职 务'],
};
export const teacherColumns = ['name', 'number', 'school', 'grade', 'subject', 'phone'] as const;
type TeacherColumn = (typeof teacherColumns)[number] | 'post';

/** The list as somebody types it, with the columns that are kept. */
export const teacherRows = (
  all: readonly MadeTeacher[],
  noisy: Noise,
  kept: readonly TeacherColumn[] = teacherColumns,
) => {
  const heading = kept.map((column) => noisy.pick(headings[column]));
  const rows = all.map((one) => kept.map((column) => noisy.pick([one[column], ` ${one[column]} `])));
  return rowsOf('教师', [['某区教师名单'], ...untidy([...heading, '备注'], rows, noisy)]);
};
