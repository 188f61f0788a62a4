import type { Stage, Subject } from '#modules/organisation/contract.ts';
import { editionName, lessonName, subjectInStage, unitName, volumeName } from '../textbook/rules.ts';
import {
  byNumber,
  byTitle,
  leaveOut,
  type PlannedEntry,
  type StandingTextbooks,
  type TextbookDecisions,
  type TextbookPlan,
  type TextbookQuestion,
  type WrittenTextbooks,
  type WrittenVolume,
} from './contract.ts';
import { type PlannedRow, planEntries } from './entries/rules.ts';
import { beginning } from './words/rules.ts';

interface PlanOptions {
  readonly decisions: TextbookDecisions;
  /** Whose textbooks the reader keeps; what is not theirs is left out. */
  readonly mayKeep: (place: { readonly subject: Subject; readonly stage: Stage }) => boolean;
}

type StandingEdition = StandingTextbooks['editions'][number];

/** The year of a volume's edition: the file's, else the only one there is, else the one decided on. */
const yearOf = (
  { subject, stage, publisher, revisionYear, cell }: WrittenVolume,
  editions: readonly StandingEdition[],
  decisions: TextbookDecisions,
): { readonly year: number } | { readonly question: TextbookQuestion | null } => {
  if (revisionYear !== null) return { year: revisionYear };
  const all = editions.filter(
    (one) => one.subject === subject && one.stage === stage && one.publisher === publisher,
  );
  const inUse = all.filter(({ withdrawnReason }) => withdrawnReason === null);
  const [only] = inUse;
  if (only !== undefined && inUse.length === 1) return { year: only.revisionYear };
  const key = `year:${subject}/${stage}/${publisher}`;
  const decided = decisions[key];
  if (decided === leaveOut) return { question: null };
  const chosen = all.find((one) => String(one.revisionYear) === decided);
  if (chosen !== undefined) return { year: chosen.revisionYear };
  const what = `${subjectInStage(stage, subject)}的${publisher}没有写修订年`;
  return {
    question: {
      key,
      kind: 'year',
      text:
        all.length === 0
          ? `${what}，目录里也还没有这个版本。请在文件里加一列“修订年”（例如2024）再上传，或者这些行不导入。`
          : `${what}，目录里有${all.length}个修订版。请选是哪一版，或者在文件里写上修订年。`,
      cell,
      choices: [
        ...all.map((one) => ({ value: String(one.revisionYear), label: editionName(one) })),
        { value: leaveOut, label: '这些行不导入' },
      ],
    },
  };
};

const orderChoices = (what: string) => [
  { value: byTitle, label: `名称一样的就是同一${what}，序号变了` },
  { value: byNumber, label: `序号一样的就是同一${what}，名称变了` },
];

/**
 * What importing a file would do to the curriculum tree. Only volumes that the file names are looked at; whatever is
 * in question is left as it stands, and nothing is withdrawn from a volume while a row of it could not be read.
 */
export const planTextbooks = (
  written: WrittenTextbooks,
  standing: StandingTextbooks,
  { decisions, mayKeep }: PlanOptions,
): TextbookPlan => {
  const rows: PlannedRow[] = [];
  const questions = new Map<string, TextbookQuestion>();
  const notices = new Set<string>();
  const volumeNames: string[] = [];
  const newEditions = new Map<string, TextbookPlan['newEditions'][number]>();
  const newVolumes = new Map<string, TextbookPlan['newVolumes'][number]>();
  const units: PlannedEntry[] = [];
  const lessons: PlannedEntry[] = [];
  const withdraw: { units: string[]; lessons: string[] } = { units: [], lessons: [] };
  const ask = (question: TextbookQuestion): void => void questions.set(question.key, question);

  const unitsOf = Map.groupBy(standing.units, ({ parentId }) => parentId);
  const lessonsOf = Map.groupBy(standing.lessons, ({ parentId }) => parentId);
  const incomplete = new Set<number | null>();
  for (const [index, { text, reason, cell, volume }] of written.unread.entries()) {
    const key = `unread:${index}:${beginning(text, 60)}`;
    if (decisions[key] === leaveOut) continue;
    const place = written.volumes[volume ?? -1];
    if (place !== undefined && !mayKeep(place)) continue;
    incomplete.add(volume);
    rows.push({ status: 'needs-decision', text, reason, cell });
    ask({
      key,
      kind: 'unread',
      text: `“${text}”：${reason}。请在文件里改好再上传，或者这一行不导入。`,
      cell,
      choices: [{ value: leaveOut, label: '这一行不导入' }],
    });
  }

  for (const [index, volume] of written.volumes.entries()) {
    const { subject, stage, grade, publisher, part, cell } = volume;
    if (!mayKeep(volume)) {
      notices.add(`${subjectInStage(stage, subject)}不归您维护，这部分没有导入，请交给该学科的教研员。`);
      continue;
    }
    const found = yearOf(volume, standing.editions, decisions);
    if ('question' in found) {
      if (found.question !== null) ask(found.question);
      const text = `${subjectInStage(stage, subject)} ${publisher} ${volumeName(volume)}`;
      rows.push({ status: 'needs-decision', text, reason: '没有写修订年', cell });
      continue;
    }
    const identity = { subject, stage, publisher, revisionYear: found.year };
    const edition = standing.editions.find(
      (one) =>
        one.subject === subject &&
        one.stage === stage &&
        one.publisher === publisher &&
        one.revisionYear === found.year,
    );
    const editionText = `${subjectInStage(stage, subject)} ${editionName(identity)}`;
    const editionRef = edition?.id ?? `${subject}/${stage}/${publisher}/${found.year}`;
    if (edition === undefined && !newEditions.has(editionRef)) {
      newEditions.set(editionRef, { ref: editionRef, ...identity });
      rows.push({ status: 'new', text: editionText, reason: '新的版本', cell });
    }
    if (edition?.withdrawnReason != null)
      notices.add(`${editionText}已经停用（${edition.withdrawnReason}）。导入只更新目录，不会恢复使用。`);
    const stands = standing.volumes.find(
      (one) => one.editionId === edition?.id && one.grade === grade && one.part === part,
    );
    const key = `${subject}/${grade}/${publisher}/${found.year}/${part}`;
    const volumeRef = stands?.id ?? key;
    const above = `${editionText} ${volumeName(volume)}`;
    // A file may give one volume in two pieces, with the year and without it.
    if (volumeNames.includes(above)) {
      rows.push({ status: 'needs-decision', text: above, reason: '同一册写了两处，请合在一起', cell });
      continue;
    }
    volumeNames.push(above);
    if (stands === undefined) {
      newVolumes.set(volumeRef, { ref: volumeRef, editionRef, grade, part });
      rows.push({ status: 'new', text: above, reason: '新的册', cell });
    }
    const complete = !incomplete.has(index) && !incomplete.has(null);
    const planned = planEntries({
      parentRef: volumeRef,
      wanted: volume.units,
      standing: unitsOf.get(stands?.id ?? '') ?? [],
      decision: decisions[`units:${key}`],
      complete,
      nameOf: unitName,
      what: '单元',
      above,
    });
    rows.push(...planned.rows);
    units.push(...planned.entries);
    withdraw.units.push(...planned.withdraw);
    if (planned.unclear)
      ask({
        key: `units:${key}`,
        kind: 'units',
        text: `${above}：有的单元序号和名称对不上现在的目录（例如中间加了一个单元，或者两个单元换了位置）。请选按哪个对应，已有的资源会跟着走。`,
        cell,
        choices: orderChoices('单元'),
      });
    for (const { wanted, ref, isNew } of planned.settled) {
      const ofUnit = `${above} › ${unitName(wanted)}`;
      const list = planEntries({
        parentRef: ref,
        wanted: wanted.lessons,
        standing: isNew ? [] : (lessonsOf.get(ref) ?? []),
        decision: decisions[`lessons:${ref}`],
        complete,
        nameOf: lessonName,
        what: '课',
        above: ofUnit,
      });
      rows.push(...list.rows);
      lessons.push(...list.entries);
      withdraw.lessons.push(...list.withdraw);
      if (list.unclear)
        ask({
          key: `lessons:${ref}`,
          kind: 'lessons',
          text: `${ofUnit}：有的课序号和名称对不上现在的目录。请选按哪个对应，已有的资源会跟着走。`,
          cell: wanted.cell,
          choices: orderChoices('课'),
        });
    }
  }
  const count = (status: PlannedRow['status']): number => rows.filter((row) => row.status === status).length;
  return {
    volumeNames,
    rows,
    questions: [...questions.values()],
    notices: [...notices],
    changes: {
      new: count('new'),
      changed: count('changed'),
      removed: count('removed'),
      unchanged: count('unchanged'),
    },
    newEditions: [...newEditions.values()],
    newVolumes: [...newVolumes.values()],
    units,
    lessons,
    withdraw,
  };
};
