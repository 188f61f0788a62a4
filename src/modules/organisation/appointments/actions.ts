import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { cellsOf, emptiedCells } from '../coverage/rules.ts';
import { listConsortia, listGroupMembers } from '../coverage/store.ts';
import { listOffers } from '../curriculum/store.ts';
import { findPerson } from '../people/store.ts';
import { type AppointmentTarget, mayAppoint } from '../policy.ts';
import { isClosedOn } from '../schools/rules.ts';
import { findSchool } from '../schools/store.ts';
import { listActiveAppointments } from '../store.ts';
import { listBodies as listBodyRows, listConsortiumSchools } from '../structure/store.ts';
import type { Actor } from '../vocabulary/contract.ts';
import type { appointmentsContract, EndEffect, NewAppointment } from './contract.ts';
import { leadingPosts, permissionsLost, postsOf } from './rules.ts';
import {
  type AppointmentRecord,
  countOthersIn,
  findAppointment,
  findBody,
  findSamePost,
  insertAppointment,
  listAppointmentsOf,
  markAppointmentEnded,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof appointmentsContract>;
type Outputs = InferContractRouterOutputs<typeof appointmentsContract>;
type Context = ActionContext<Actor>;

const refuseUnlessMayAppoint = ({ actor }: Context, target: AppointmentTarget): void => {
  if (!mayAppoint(actor, target))
    throw forbidden('这项任职由系统管理员办理；教研室可以调整研训中心组组员、年级组和联合体的任职。');
};

export const appoint = async (context: Context, input: NewAppointment): Promise<Outputs['appoint']> => {
  const { db } = context;
  const body = input.bodyId === null ? null : await findBody(db, input.bodyId);
  if (body === undefined) throw notFound();
  refuseUnlessMayAppoint(context, { bodyKind: body?.kind ?? null, post: input.post });
  if (!postsOf[body?.kind ?? 'school'].includes(input.post))
    throw invalid('这个机构没有这个职务，请重新选择。');
  const person = await findPerson(db, input.personId);
  if (person === undefined) throw notFound();
  if (person.activeTo !== null && person.activeTo <= input.activeFrom)
    throw invalid(`${person.name}已调离或退休，不能再任命。请核对人员或起始日期。`);
  const school = input.schoolId === null ? null : await findSchool(db, input.schoolId);
  if (school === undefined) throw notFound();
  if (school !== null && isClosedOn(school, input.activeFrom))
    throw conflict(`${school.name}到这一天已撤并，请另选学校。`);
  if ((await findSamePost(db, input)) !== undefined)
    throw conflict('这个人在这段时间已有相同的任职，请核对起止日期。');
  const id = await insertAppointment(db, input, '手工录入');
  await recordAudit(db, context.origin, {
    action: 'organisation.appointed',
    objectKind: 'appointment',
    objectId: id,
    after: input,
  });
  return { id };
};

const appointmentToEnd = async (
  context: Context,
  appointmentId: string,
  activeTo: string,
): Promise<AppointmentRecord> => {
  const appointment = await findAppointment(context.db, appointmentId);
  if (appointment === undefined) throw notFound();
  refuseUnlessMayAppoint(context, appointment);
  if (activeTo <= appointment.activeFrom) throw invalid('结束日期应在任职开始日期之后。');
  if (appointment.activeTo !== null && appointment.activeTo <= activeTo)
    throw conflict(`这项任职已在${appointment.activeTo}结束。`);
  return appointment;
};

const placeOf = ({ bodyName, schoolName }: AppointmentRecord): string => bodyName ?? schoolName ?? '';

export const previewEndOfAppointment = async (
  context: Context,
  { appointmentId, activeTo }: Inputs['previewEndOfAppointment'],
): Promise<EndEffect> => {
  const { db } = context;
  const ending = await appointmentToEnd(context, appointmentId, activeTo);
  const stillHeld = await listActiveAppointments(db, ending.personId, activeTo);
  const stillHeldIds = new Set(stillHeld.map(({ id }) => id));
  const remaining = (await listAppointmentsOf(db, ending.personId))
    .filter(({ id }) => id !== appointmentId && stillHeldIds.has(id))
    .map((held) => ({ ...held, place: placeOf(held) }));
  const leads = leadingPosts.includes(ending.post);
  const others = leads ? await countOthersIn(db, ending, leadingPosts, appointmentId, activeTo) : 1;
  return {
    permissionsLost: permissionsLost({ ...ending, place: placeOf(ending) }, remaining),
    cellsEmptied: ending.bodyKind === 'subject-group' ? await cellsEmptiedBy(context, ending, activeTo) : [],
    leftWithoutLead: others === 0 ? [placeOf(ending)] : [],
  };
};

const cellsEmptiedBy = async (
  { db }: Context,
  ending: AppointmentRecord,
  on: string,
): Promise<EndEffect['cellsEmptied']> => {
  const consortiumId = ending.parentBodyId;
  const consortium = (await listConsortia(db, on)).find(({ id }) => id === consortiumId);
  if (consortium === undefined) return [];
  const offers = await listOffers(db, on);
  const before = await listGroupMembers(db, on, { consortiumId: consortium.id });
  const after = await listGroupMembers(db, on, {
    consortiumId: consortium.id,
    exceptAppointmentIds: [ending.id],
  });
  return (await listConsortiumSchools(db, on, consortium.id)).flatMap(({ schoolId, name }) =>
    emptiedCells(
      cellsOf(schoolId, consortium.stage, offers, before),
      cellsOf(schoolId, consortium.stage, offers, after),
    ).map((cell) => ({ schoolName: name, ...cell })),
  );
};

export const endAppointment = async (
  context: Context,
  { appointmentId, version, activeTo }: Inputs['endAppointment'],
): Promise<Outputs['endAppointment']> => {
  const before = await appointmentToEnd(context, appointmentId, activeTo);
  if (!(await markAppointmentEnded(context.db, appointmentId, version, activeTo)))
    throw conflict('这项任职刚刚被别人改过，请看过新内容后再保存。', { newer: before });
  await recordAudit(context.db, context.origin, {
    action: 'organisation.appointment-ended',
    objectKind: 'appointment',
    objectId: appointmentId,
    before: { activeTo: before.activeTo },
    after: { activeTo },
  });
  return { version: version + 1 };
};

export const listBodies = async ({ db, today }: Context): Promise<Outputs['listBodies']> => ({
  rows: (await listBodyRows(db, today)).map(({ id, kind, name, stage, subject }) => ({
    id,
    kind,
    name,
    stage,
    subject,
  })),
});
