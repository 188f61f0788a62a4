import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { findSamePost, insertAppointment } from '../appointments/store.ts';
import { listOffers } from '../curriculum/store.ts';
import { findPerson, type PersonRecord } from '../people/store.ts';
import { mayDecideNomination, mayNominate, nominationScope } from '../policy.ts';
import { findSchool } from '../schools/store.ts';
import { bySubject } from '../structure/rules.ts';
import { listConsortiumSchools } from '../structure/store.ts';
import { type Actor, subjectLabels, subjects } from '../vocabulary/contract.ts';
import type { coverageContract, NominationSearch } from './contract.ts';
import { backboneOf, cellsOf, countCovered, stageOfGrade } from './rules.ts';
import {
  ensureSubjectGroup,
  findNomination,
  findOpenNomination,
  insertNomination,
  listConsortia,
  listConsortiaOfPerson,
  listGroupMembers,
  listHonouredMembers,
  listNominations as listNominationRows,
  listRequestedCells,
  markNominationDecided,
  type NominationRecord,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof coverageContract>;
type Outputs = InferContractRouterOutputs<typeof coverageContract>;
type Context = ActionContext<Actor>;

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

export const listCoverage = async (
  { db, actor, today }: Context,
  { on = today }: Inputs['listCoverage'],
): Promise<Outputs['listCoverage']> => {
  const offers = await listOffers(db, on);
  const members = await listGroupMembers(db, on);
  const places = await listConsortiumSchools(db, on);
  const mine =
    actor.personId === null ? new Set<string>() : await listConsortiaOfPerson(db, actor.personId, on);
  const rows = (await listConsortia(db, on)).map(({ id, name, stage }) => {
    const schools = places.filter(({ consortiumId }) => consortiumId === id);
    const own = members.filter(({ consortiumId }) => consortiumId === id);
    const cells = schools.map(({ schoolId }) => cellsOf(schoolId, stage, offers, own));
    return {
      id,
      name,
      stage,
      schools: schools.length,
      cells: sum(cells.map((one) => one.length)),
      covered: sum(cells.map(countCovered)),
      mine: mine.has(id),
    };
  });
  return { asOf: on, rows };
};

export const getCoverage = async (
  { db, actor, today }: Context,
  { consortiumId, on = today }: Inputs['getCoverage'],
): Promise<Outputs['getCoverage']> => {
  const consortium = (await listConsortia(db, on)).find(({ id }) => id === consortiumId);
  if (consortium === undefined) throw notFound();
  const offers = (await listOffers(db, on)).sort(
    (one, other) => one.grade - other.grade || bySubject(one, other),
  );
  const members = await listGroupMembers(db, on, { consortiumId });
  const honoured = await listHonouredMembers(db, consortiumId, on);
  const requested = await listRequestedCells(db, consortiumId);
  const schools = (await listConsortiumSchools(db, on, consortiumId)).map(({ schoolId, name, role }) => {
    const cells = cellsOf(schoolId, consortium.stage, offers, members);
    return {
      id: schoolId,
      name,
      role,
      covered: countCovered(cells),
      mayNominate: mayNominate(actor, schoolId),
      cells: cells.map((cell) => ({
        ...cell,
        people: [...cell.people],
        requested: requested.some(
          (one) => one.schoolId === schoolId && one.grade === cell.grade && one.subject === cell.subject,
        ),
      })),
    };
  });
  return {
    asOf: on,
    consortium,
    schools,
    cells: sum(schools.map(({ cells }) => cells.length)),
    covered: sum(schools.map(({ covered }) => covered)),
    backbone: backboneOf(
      subjects.filter(
        (subject) =>
          offers.some((one) => one.subject === subject && stageOfGrade(one.grade) === consortium.stage) ||
          honoured.some((one) => one.subject === subject),
      ),
      honoured,
    ),
  };
};

const refuseLeft = ({ name, activeTo }: PersonRecord, today: Day): void => {
  if (activeTo !== null && activeTo <= today) throw conflict(`${name}已调离或退休，请推荐在岗的教师。`);
};

export const nominate = async (context: Context, input: Inputs['nominate']): Promise<Outputs['nominate']> => {
  const { db, actor, today } = context;
  const { consortiumId, schoolId, grade, subject, personId } = input;
  if (actor.personId === null || !mayNominate(actor, schoolId)) throw notFound();
  const places = await listConsortiumSchools(db, today, consortiumId);
  const consortium = (await listConsortia(db, today)).find(({ id }) => id === consortiumId);
  if (consortium === undefined || !places.some((place) => place.schoolId === schoolId)) throw notFound();
  const offers = await listOffers(db, today);
  if (
    stageOfGrade(grade) !== consortium.stage ||
    !offers.some((offer) => offer.grade === grade && offer.subject === subject)
  )
    throw invalid('这个年级没有开设该学科，不需要推荐成员。');
  const person = await findPerson(db, personId);
  const home =
    person === undefined || person.homeSchoolId === null
      ? undefined
      : await findSchool(db, person.homeSchoolId);
  if (person === undefined || home === undefined || ![home.id, home.parentId].includes(schoolId))
    throw notFound('只能推荐本校的教师，请在本校人员中选择。');
  refuseLeft(person, today);
  if ((await findOpenNomination(db, input)) !== undefined)
    throw conflict(`${person.name}已经推荐过，正在等待学科组长接受。`);
  const members = await listGroupMembers(db, today, { consortiumId });
  const cell = cellsOf(schoolId, consortium.stage, [{ grade, subject }], members)[0];
  if (cell?.people.some((one) => one.personId === personId) ?? false)
    throw conflict(`${person.name}已经是这个年级学科的成员，不需要再推荐。`);
  const id = await insertNomination(db, { ...input, requestedBy: actor.personId });
  await recordAudit(db, context.origin, {
    action: 'organisation.nominated',
    objectKind: 'nomination',
    objectId: id,
    after: input,
  });
  return { id };
};

export const listNominations = async (
  { db, actor, now }: Context,
  { state, cursor, limit }: NominationSearch,
): Promise<Outputs['listNominations']> => {
  const found = await listNominationRows(db, nominationScope(actor), { state, cursor, limit });
  const rows = found.slice(0, limit).map(({ consortiumId, schoolId, ...row }) => ({
    ...row,
    mayDecide: row.state === 'requested' && mayDecideNomination(actor, { consortiumId, ...row }),
    mayWithdraw: row.state === 'requested' && mayNominate(actor, schoolId),
  }));
  return {
    rows,
    nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
    asOf: now.toISOString(),
  };
};

const nominationToDecide = async (
  { db, actor }: Context,
  nominationId: string,
  mayDecide: (nomination: NominationRecord) => boolean,
): Promise<NominationRecord> => {
  const nomination = await findNomination(db, nominationScope(actor), nominationId);
  if (nomination === undefined) throw notFound();
  if (!mayDecide(nomination)) throw forbidden('这项推荐由联合体学科组长或联合体负责人接受。');
  return nomination;
};

const decide = async (
  context: Context,
  nomination: NominationRecord,
  version: number,
  decision: { readonly state: 'accepted' | 'declined' | 'withdrawn'; readonly reason?: string },
): Promise<void> => {
  const marked = await markNominationDecided(context.db, nomination.id, version, {
    ...decision,
    decidedBy: context.actor.personId,
    decidedAt: context.now,
  });
  if (!marked) throw conflict('这项推荐刚刚有了结果，请刷新后查看。');
  await recordAudit(context.db, context.origin, {
    action: `organisation.nomination-${decision.state}`,
    objectKind: 'nomination',
    objectId: nomination.id,
    before: { state: nomination.state },
    after: decision,
  });
};

export const acceptNomination = async (
  context: Context,
  { nominationId, version }: Inputs['acceptNomination'],
): Promise<Outputs['acceptNomination']> => {
  const { db, actor, today } = context;
  const nomination = await nominationToDecide(context, nominationId, (one) =>
    mayDecideNomination(actor, one),
  );
  const { consortiumId, consortiumName, stage, subject, grade, schoolId, personId } = nomination;
  const person = await findPerson(db, personId);
  if (person !== undefined) refuseLeft(person, today);
  const places = await listConsortiumSchools(db, today, consortiumId);
  if (!places.some((place) => place.schoolId === schoolId))
    throw conflict('这所学校已不在这个联合体，请填写原因，不接受这项推荐。');
  await decide(context, nomination, version, { state: 'accepted' });
  const bodyId = await ensureSubjectGroup(
    db,
    { consortiumId, stage, subject, name: `${consortiumName}${subjectLabels[subject]}学科组` },
    today,
  );
  const fields = {
    personId,
    post: 'member',
    bodyId,
    schoolId,
    stage: null,
    subject: null,
    gradeFrom: grade,
    gradeTo: grade,
    activeFrom: today,
    activeTo: null,
  } as const;
  if ((await findSamePost(db, fields)) === undefined) {
    const appointmentId = await insertAppointment(db, fields, '联合体学科组推荐');
    await recordAudit(db, context.origin, {
      action: 'organisation.appointed',
      objectKind: 'appointment',
      objectId: appointmentId,
      after: fields,
    });
  }
  return {};
};

export const declineNomination = async (
  context: Context,
  { nominationId, version, reason }: Inputs['declineNomination'],
): Promise<Outputs['declineNomination']> => {
  const nomination = await nominationToDecide(context, nominationId, (one) =>
    mayDecideNomination(context.actor, one),
  );
  await decide(context, nomination, version, { state: 'declined', reason });
  return {};
};

export const withdrawNomination = async (
  context: Context,
  { nominationId, version }: Inputs['withdrawNomination'],
): Promise<Outputs['withdrawNomination']> => {
  const nomination = await nominationToDecide(context, nominationId, (one) =>
    mayNominate(context.actor, one.schoolId),
  );
  await decide(context, nomination, version, { state: 'withdrawn' });
  return {};
};
