import { isOverdue } from '#modules/classroom/finding/rules.ts';
import { limitOfGrade } from '#modules/classroom/homework-check/rules.ts';
import { readLimits } from '#modules/classroom/homework-check/store.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import type { Block } from '../contract.ts';
import { composeLetter, type FindingOfLetter, problemOfLetter } from './rules.ts';
import { findStandingLetter, listForLetter, listNamesIn, type StoredForLetter } from './store.ts';

/** Homework is measured by the dated limits too. */
const ruleGroundOf = async (db: Queryable, finding: StoredForLetter): Promise<string | null> => {
  if (finding.type !== 'homework' || finding.grade === null) return null;
  return limitOfGrade(await readLimits(db, finding.foundOn), finding.grade)?.ground ?? null;
};

const toLetter = async (db: Queryable, finding: StoredForLetter, today: Day): Promise<FindingOfLetter> => {
  const { deadlineOn, responsiblePost, answerUntil, acceptedOn } = finding;
  if (deadlineOn === null || responsiblePost === null)
    throw new Error(`finding ${finding.id} was handed over without deadline or post`);
  return {
    ...finding,
    deadlineOn,
    overdue: isOverdue(finding, today),
    responsiblePost,
    answerUntil: acceptedOn === null ? answerUntil : null,
    ruleGround: await ruleGroundOf(db, finding),
  };
};

/** The findings of a letter, all of one school; throws where none may be written about them. */
const openFindings = async (
  db: Queryable,
  ids: readonly string[],
): Promise<{ found: StoredForLetter[]; school: { id: string; name: string } }> => {
  const found = await listForLetter(db, ids);
  const [first] = found;
  if (first === undefined || found.length !== ids.length)
    throw notFound('没有找到所选的问题，请刷新页面后重选。');
  const problem = problemOfLetter(found);
  if (problem !== null) throw invalid(problem);
  return { found, school: { id: first.schoolId, name: first.schoolName } };
};

/** Text and school of a letter as the findings stand now. */
export const writeLetter = async (
  db: Queryable,
  findingIds: readonly string[],
  today: Day,
): Promise<{ body: Block[]; school: { id: string; name: string } }> => {
  const { found, school } = await openFindings(db, findingIds);
  const findings: FindingOfLetter[] = [];
  for (const one of found) findings.push(await toLetter(db, one, today));
  return { body: composeLetter(findings), school };
};

/** One letter stands for a finding at a time; another leads to it. */
export const refuseSecondLetter = async (db: Queryable, findingIds: readonly string[]): Promise<never> => {
  const standing = await findStandingLetter(db, findingIds);
  throw conflict('所选的问题里有已经拟了整改通知书的，请在原来的那一份上继续，或重新选择。', {
    existingId: standing?.circularId ?? null,
  });
};

/** What a letter is about may be settled before it is sent. */
export const refuseSettled = async (db: Queryable, findingIds: readonly string[]): Promise<void> => {
  const problem = problemOfLetter(await listForLetter(db, findingIds));
  if (problem !== null) throw conflict('这份整改通知书里有问题已经办结或撤销，请退回修改，或作废后另拟。');
};

const textOf = (title: string, body: readonly Block[]): string =>
  [
    title,
    ...body.flatMap((block) => {
      if (block.kind === 'paragraph') return [block.text];
      return block.kind === 'heading' ? [block.title, block.text] : [block.heading, ...block.rows.flat()];
    }),
  ].join('\n');

/** Names of the school's people that stand in a letter, where posts should. */
export const namesIn = (
  db: Queryable,
  schoolId: string,
  { title, body }: { readonly title: string; readonly body: readonly Block[] },
): Promise<string[]> => listNamesIn(db, schoolId, textOf(title, body));
