import { type Subject, subjectLabels, subjects } from '../vocabulary/contract.ts';

/**
 * What else a subject is called: short, in the standards' wording, or formerly. One list for reading and finding;
 * what says a subject only inside a timetable (语, 综合, 校本) stands there.
 */
const synonyms: Readonly<Record<Subject, readonly string[]>> = {
  chinese: [],
  mathematics: [],
  english: ['外语'],
  physics: [],
  chemistry: [],
  'ethics-and-law': ['道法', '政治', '思想品德', '品德', '思品', '道德与法制', '品德与社会', '品德与生活'],
  history: [],
  geography: [],
  biology: ['生物学'],
  science: ['自然'],
  'information-technology': ['信息技术', '信息', '微机', '计算机'],
  'physical-education': ['体育', '体健'],
  arts: [],
  music: [],
  'fine-art': [],
  labour: ['劳技', '劳动教育', '劳动技术'],
  'integrated-practice': ['综合实践'],
  'local-course': [],
  'school-course': [],
};

/** Every name of a subject, the one shown to people first: 生物 and 生物学 find the same. */
export const subjectNames = (subject: Subject): readonly string[] => [
  subjectLabels[subject],
  ...synonyms[subject],
];

/** A name without white space, as it stands in a list or table → the subject. */
export const subjectByName: ReadonlyMap<string, Subject> = new Map(
  subjects.flatMap((subject) => subjectNames(subject).map((name): [string, Subject] => [name, subject])),
);
