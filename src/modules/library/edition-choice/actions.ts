import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { listTerms } from '#modules/organisation/calendar/store.ts';
import type { Actor, Subject } from '#modules/organisation/contract.ts';
import { gradeLabels, subjectLabels } from '#modules/organisation/contract.ts';
import { listOffers } from '#modules/organisation/curriculum/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid } from '#platform/refusal.ts';
import { mayKeepCurriculum } from '../policy.ts';
import { editionName, subjectInStage } from '../textbook/rules.ts';
import type { editionChoiceContract } from './contract.ts';
import { choiceRows, schoolYearName, schoolYearOn, stageOfGrade } from './rules.ts';
import { type ChoiceFilter, insertChoice, listEditionsWithGrades, listNewestChoices } from './store.ts';

type Inputs = InferContractRouterInputs<typeof editionChoiceContract>;
type Outputs = InferContractRouterOutputs<typeof editionChoiceContract>;
type Context = ActionContext<Actor>;

const rowsOf = async ({ db, actor, today }: Context, schoolYear: number, filter: ChoiceFilter) => {
  const { stage, subject } = filter;
  const offers = (await listOffers(db, today)).filter(
    (one) =>
      (stage === undefined || stageOfGrade(one.grade) === stage) &&
      (subject === undefined || one.subject === subject),
  );
  return choiceRows({
    schoolYear,
    editions: await listEditionsWithGrades(db, filter),
    choices: await listNewestChoices(db, [schoolYear, schoolYear - 1], filter),
    offers,
  }).map((row) => ({ ...row, may: { edit: mayKeepCurriculum(actor, row) } }));
};

export const listEditionChoices = async (
  context: Context,
  { schoolYear, ...filter }: Inputs['listEditionChoices'],
): Promise<Outputs['listEditionChoices']> => {
  const { db, today } = context;
  const current = schoolYearOn(today);
  const shown = schoolYear ?? current;
  const known = (await listTerms(db)).map((term) => term.schoolYear);
  return {
    asOf: today,
    schoolYear: shown,
    schoolYears: [...new Set([current + 1, current, current - 1, shown, ...known])].toSorted((a, b) => b - a),
    rows: await rowsOf(context, shown, filter),
  };
};

interface Change {
  readonly schoolYear: number;
  readonly subject: Subject;
  readonly grade: number;
  readonly editionId: string | null;
  readonly version: number;
}

const place = ({ schoolYear, subject, grade }: Change): string =>
  `${schoolYearName(schoolYear)}${gradeLabels[grade] ?? ''}${subjectLabels[subject]}`;

const choose = async (context: Context, change: Change): Promise<number> => {
  const { db, actor, origin } = context;
  const { schoolYear, subject, grade, editionId, version } = change;
  const stage = stageOfGrade(grade);
  if (!mayKeepCurriculum(actor, { subject, stage }))
    throw forbidden(`${subjectInStage(stage, subject)}用哪个版本由该学科的教研员确定，请与教研室联系。`);
  const [row] = (await rowsOf(context, schoolYear, { stage, subject })).filter((one) => one.grade === grade);
  if ((row?.version ?? 0) !== version)
    throw conflict(`${place(change)}的教材版本刚刚被别人改过，请看过新内容后再选。`);
  const edition = row?.choices.find(({ id }) => id === editionId);
  if (editionId !== null && (edition === undefined || edition.withdrawnOn !== null))
    throw invalid(
      `${place(change)}不能选这个版本：它没有这个年级的册，或者已经停用。请另选，或先导入教材目录。`,
    );
  const next = { schoolYear, subject, grade, editionId, version: version + 1, chosenBy: origin.name };
  if (!(await insertChoice(db, next)))
    throw conflict(`${place(change)}的教材版本刚刚被别人改过，请看过新内容后再选。`);
  await recordAudit(db, origin, {
    action: 'library.edition-chosen',
    objectKind: 'edition-choice',
    objectId: `${schoolYear}/${grade}/${subject}`,
    before: row?.chosen == null ? null : { editionId: row.chosen.id, name: editionName(row.chosen) },
    after: edition === undefined ? null : { editionId, name: editionName(edition) },
  });
  return next.version;
};

export const chooseEdition = async (
  context: Context,
  input: Inputs['chooseEdition'],
): Promise<Outputs['chooseEdition']> => ({ version: await choose(context, input) });

export const confirmProposals = async (
  context: Context,
  { schoolYear, rows }: Inputs['confirmProposals'],
): Promise<Outputs['confirmProposals']> => {
  for (const row of rows) await choose(context, { schoolYear, ...row });
  return { confirmed: rows.length };
};
