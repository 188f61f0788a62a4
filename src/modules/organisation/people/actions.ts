import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import { listAppointmentsOf, markAppointmentsEnded } from '../appointments/store.ts';
import { termName } from '../calendar/rules.ts';
import { findCurrentTerm } from '../calendar/store.ts';
import {
  mayAppoint,
  mayKeepDirectory,
  mayKeepTeaching,
  maySeePhone,
  mayShapeBodies,
  phoneScope,
} from '../policy.ts';
import { findSchool } from '../schools/store.ts';
import { listTeachingOf } from '../teaching/store.ts';
import type { Actor } from '../vocabulary/contract.ts';
import type { PeopleSearch, PersonFields, peopleContract } from './contract.ts';
import { distinctSubjects, maskPhone, toCursor } from './rules.ts';
import {
  findPerson,
  findStaffNumber,
  insertHonour,
  insertPerson,
  listHonours,
  listPostLabels,
  type PersonRecord,
  searchPeople as searchPersonRecords,
  updatePerson,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof peopleContract>;
type Outputs = InferContractRouterOutputs<typeof peopleContract>;
type Context = ActionContext<Actor>;

const phoneFor = (actor: Actor, { phone, homeSchoolId }: PersonRecord): string | null =>
  phone === null || maySeePhone(phoneScope(actor), homeSchoolId) ? phone : maskPhone(phone);

export const searchPeople = async (
  { db, actor, today, now }: Context,
  input: PeopleSearch,
): Promise<Outputs['searchPeople']> => {
  const found = await searchPersonRecords(db, input, today);
  const page = found.slice(0, input.limit);
  const labels = await listPostLabels(
    db,
    page.map(({ id }) => id),
    today,
  );
  const last = page.at(-1);
  return {
    rows: page.map((record) => ({
      id: record.id,
      name: record.name,
      staffNumber: record.staffNumber,
      phone: phoneFor(actor, record),
      schoolId: record.homeSchoolId,
      schoolName: record.schoolName,
      subjects: record.subjects,
      posts: labels.get(record.id) ?? [],
    })),
    nextCursor: found.length > input.limit && last !== undefined ? toCursor(last) : null,
    asOf: now.toISOString(),
  };
};

export const getPerson = async (
  { db, actor, today }: Context,
  { personId }: Inputs['getPerson'],
): Promise<Outputs['getPerson']> => {
  const record = await findPerson(db, personId);
  if (record === undefined) throw notFound();
  const term = await findCurrentTerm(db, today);
  const teaching = term === undefined ? [] : await listTeachingOf(db, personId, term.id);
  const { homeSchoolId, ...fields } = record;
  return {
    ...fields,
    phone: phoneFor(actor, record),
    schoolId: homeSchoolId,
    appointments: (await listAppointmentsOf(db, personId)).map((held) => ({
      ...held,
      mayEnd: mayAppoint(actor, held),
    })),
    honours: await listHonours(db, personId),
    teaching: teaching.map((one) => ({
      ...one,
      termName: term === undefined ? '' : termName(term.schoolYear, term.term),
    })),
    may: {
      edit: mayKeepDirectory(actor),
      editSubjects: mayKeepTeaching(actor, homeSchoolId),
      appoint: mayShapeBodies(actor),
    },
  };
};

const refuseImpossiblePerson = async (
  { db }: Context,
  fields: PersonFields,
  personId: string | null,
): Promise<void> => {
  if (fields.staffNumber !== null) {
    const twin = await findStaffNumber(db, fields.staffNumber, personId);
    if (twin !== undefined) throw conflict(`工号${fields.staffNumber}已是${twin.name}的，请核对后再保存。`);
  }
  if (fields.homeSchoolId !== null && (await findSchool(db, fields.homeSchoolId)) === undefined)
    throw notFound();
};

/** The audit log says that a number changed, not what it is. */
const withoutPhone = (fields: PersonFields) => ({
  ...fields,
  phone: fields.phone === null ? null : maskPhone(fields.phone),
});

export const addPerson = async (
  context: Context,
  { activeFrom, ...fields }: Inputs['addPerson'],
): Promise<Outputs['addPerson']> => {
  await refuseImpossiblePerson(context, fields, null);
  const id = await insertPerson(context.db, fields, activeFrom);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.person-added',
    objectKind: 'person',
    objectId: id,
    after: { ...withoutPhone(fields), activeFrom },
  });
  return { id };
};

const editRecord = async (
  context: Context,
  personId: string,
  version: number,
  fields: Partial<PersonFields> & { activeTo?: string },
  what: string,
): Promise<{ version: number }> => {
  const before = await findPerson(context.db, personId);
  if (before === undefined) throw notFound();
  if (!(await updatePerson(context.db, personId, version, fields)))
    throw conflict('这个人的资料刚刚被别人改过，请看过新内容后再保存。', {
      newer: { ...before, phone: phoneFor(context.actor, before) },
    });
  await recordAudit(context.db, context.origin, {
    action: `organisation.${what}`,
    objectKind: 'person',
    objectId: personId,
    before: withoutPhone(before),
    after: { ...fields, ...(fields.phone ? { phone: maskPhone(fields.phone) } : {}) },
  });
  return { version: version + 1 };
};

export const editPerson = async (
  context: Context,
  { personId, version, ...fields }: Inputs['editPerson'],
): Promise<Outputs['editPerson']> => {
  await refuseImpossiblePerson(context, fields, personId);
  const edit = { ...fields, subjects: distinctSubjects(fields.subjects) };
  return editRecord(context, personId, version, edit, 'person-edited');
};

export const editPersonSubjects = async (
  context: Context,
  { personId, version, subjects }: Inputs['editPersonSubjects'],
): Promise<Outputs['editPersonSubjects']> => {
  const person = await findPerson(context.db, personId);
  if (person === undefined) throw notFound();
  if (!mayKeepTeaching(context.actor, person.homeSchoolId))
    throw forbidden('教师的任教学科由所在学校的校长、教学副校长、教务主任或系统管理员维护。');
  const edit = { subjects: distinctSubjects(subjects) };
  return editRecord(context, personId, version, edit, 'person-subjects-edited');
};

export const markPersonLeft = async (
  context: Context,
  { personId, version, activeTo }: Inputs['markPersonLeft'],
): Promise<Outputs['markPersonLeft']> => {
  const person = await findPerson(context.db, personId);
  if (person === undefined) throw notFound();
  if (activeTo <= person.activeFrom) throw invalid('离任日期应在任职开始之后。');
  const changed = await editRecord(context, personId, version, { activeTo }, 'person-left');
  const ended = await markAppointmentsEnded(context.db, personId, activeTo);
  for (const appointmentId of ended)
    await recordAudit(context.db, context.origin, {
      action: 'organisation.appointment-ended',
      objectKind: 'appointment',
      objectId: appointmentId,
      after: { activeTo, because: 'person-left' },
    });
  return changed;
};

export const addHonour = async (
  context: Context,
  input: Inputs['addHonour'],
): Promise<Outputs['addHonour']> => {
  if ((await findPerson(context.db, input.personId)) === undefined) throw notFound();
  if (input.activeTo !== null && input.activeTo <= input.activeFrom)
    throw invalid('荣誉的截止日期应在授予日期之后。');
  const id = await insertHonour(context.db, input);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.honour-added',
    objectKind: 'honour',
    objectId: id,
    after: input,
  });
  return { id };
};
