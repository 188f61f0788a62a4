import { type Subject, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { numberIn } from '../content/cell-number/rules.ts';
import type { Content } from '../content/contract.ts';
import { rowsOf } from '../content/rules.ts';

export interface SubjectHours {
  readonly subject: Subject;
  /** 课时 of this subject that the theme takes. */
  readonly hours: number;
}

/** The lead subject's hours and those of the linked ones; rows that name no subject are left out. */
export const subjectHours = (
  themeCase: Content,
): { readonly lead: readonly SubjectHours[]; readonly linked: readonly SubjectHours[] } => {
  const rows = rowsOf(themeCase, 'subjects').flatMap(({ cells }) => {
    const subject = subjects.find((one) => one === cells['subject']);
    const hours = numberIn(cells['hours']);
    return subject === undefined ? [] : [{ subject, hours, part: cells['part'] }];
  });
  const of = (part: string): SubjectHours[] =>
    rows.filter((row) => row.part === part).map(({ subject, hours }) => ({ subject, hours }));
  return { lead: of('lead'), linked: of('linked') };
};

/** What a case must say before its school is asked to approve it (notice 五(一)5; domain.md 1.9). */
export const themeCaseProblems = (
  { subject }: { readonly subject: Subject },
  themeCase: Content,
): string[] => {
  const { lead, linked } = subjectHours(themeCase);
  const own = subjectLabels[subject];
  return [
    ...(lead.length === 1 && lead[0]?.subject === subject
      ? []
      : [`“学科与课时”中要有且只有一行主导学科，并且是${own}。`]),
    ...(linked.some((one) => one.subject !== subject) ? [] : ['请至少写一个关联学科。']),
    ...([...lead, ...linked].every(({ hours }) => hours > 0) ? [] : ['请写明每个学科用了几课时。']),
  ];
};

/** Of a lead subject's lessons in a term, the part that theme cases took; null where the timetable does not say. */
export const shareOfHours = (themeHours: number, planned: number | null): number | null =>
  planned === null || planned <= 0 ? null : themeHours / planned;
