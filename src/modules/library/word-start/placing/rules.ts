import type { Subject } from '#modules/organisation/contract.ts';
import { readGrades, readSubject } from '#modules/organisation/roster/headings/rules.ts';
import type { Unit } from '../../textbook/contract.ts';
import { unitName } from '../../textbook/rules.ts';
import type { WordHints } from '../../word-in/contract.ts';

/** Subject and grade as the head of a file names them; null where it does not, or not clearly. */
export const subjectAndGrade = ({
  subject,
  grade,
}: WordHints): { subject: Subject | null; grade: number | null } => {
  const range = grade === null ? null : readGrades(grade.replace(/[（(].*$|[上下]册.*$/u, ''));
  return {
    subject: subject === null ? null : readSubject(subject.replace(/^(?:小学|初中)/u, '')),
    grade: range !== null && range.from === range.to ? range.from : null,
  };
};

const bare = (text: string): string =>
  text.replaceAll(/第?[一二三四五六七八九十\d]+单元|unit\s*\d+|[\s·.。:：、《》“”"']/giu, '').toLowerCase();

/** The unit that a file names; none where it names none, or several fit. */
export const unitNamed = <One extends Pick<Unit, 'number' | 'title'>>(
  name: string,
  units: readonly One[],
): One | undefined => {
  const said = bare(name);
  const whole = name.replaceAll(/\s/gu, '');
  const fitting = units.filter(
    (unit) => unitName(unit).replaceAll(/\s/gu, '') === whole || (said !== '' && bare(unit.title) === said),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
};
