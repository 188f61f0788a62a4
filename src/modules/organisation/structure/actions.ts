import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import type { Queryable } from '#platform/database/database.ts';
import { isStillVersion, versionOfRows } from '#platform/database/row-set.ts';
import type { Day } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { mayKeepDirectory, mayShapeBodies } from '../policy.ts';
import { isClosedOn } from '../schools/rules.ts';
import { findSchool, listSchools } from '../schools/store.ts';
import type { Actor } from '../vocabulary/contract.ts';
import type { DistrictPicture, structureContract } from './contract.ts';
import { composeStructure } from './rules.ts';
import {
  findBaseSchool,
  listBodies,
  listBodyHolders,
  listConsortiumSchools,
  listDistrictSubjects,
  listSubjectBases,
  placesOfSchool,
  replaceConsortiumPlace,
  replaceSubjectBase,
  subjectBaseTable,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof structureContract>;
type Outputs = InferContractRouterOutputs<typeof structureContract>;
type Context = ActionContext<Actor>;

/** The district as it stood on a day. */
export const structureOn = async (db: Queryable, on: Day): Promise<DistrictPicture> =>
  composeStructure(on, {
    bodies: await listBodies(db, on),
    holders: await listBodyHolders(db, on),
    places: await listConsortiumSchools(db, on),
    bases: await listSubjectBases(db, on),
    slots: await listDistrictSubjects(db, on),
    schools: await listSchools(db, on),
  });

export const getStructure = async (
  context: Context,
  { on = context.today }: Inputs['getStructure'],
): Promise<Outputs['getStructure']> => ({
  ...(await structureOn(context.db, on)),
  subjectBasesVersion: await versionOfRows(context.db, subjectBaseTable),
  may: { shape: mayShapeBodies(context.actor), keep: mayKeepDirectory(context.actor) },
});

export const setSubjectBase = async (
  context: Context,
  { stage, subject, schoolId, from, version }: Inputs['setSubjectBase'],
): Promise<Outputs['setSubjectBase']> => {
  const slots = await listDistrictSubjects(context.db, from);
  if (!slots.some((slot) => slot.stage === stage && slot.subject === subject))
    throw invalid('这个学段没有开设该学科，请先在“开设学科表”中开设。');
  if (schoolId !== null) {
    const school = await findSchool(context.db, schoolId);
    if (school === undefined) throw notFound();
    if (!school.stages.includes(stage)) throw invalid(`${school.name}没有这个学段，请另选学校。`);
    if (isClosedOn(school, from)) throw conflict(`${school.name}到这一天已撤并，请另选学校。`);
  }
  if (!(await isStillVersion(context.db, subjectBaseTable, version)))
    throw conflict('优势学科基地校刚刚被别人改过，请看过新内容后再保存。');
  const before = await replaceSubjectBase(context.db, { stage, subject }, schoolId, from);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.subject-base-set',
    objectKind: 'subject-base',
    objectId: `${stage}/${subject}`,
    before: { schoolId: before },
    after: { schoolId, from },
  });
  return {};
};

export const moveSchool = async (
  context: Context,
  { schoolId, stage, consortiumId, role, from, version }: Inputs['moveSchool'],
): Promise<Outputs['moveSchool']> => {
  const school = await findSchool(context.db, schoolId);
  if (school === undefined) throw notFound();
  if (!school.stages.includes(stage)) throw invalid(`${school.name}没有这个学段，请另选学段。`);
  if (consortiumId !== null) {
    if (isClosedOn(school, from)) throw conflict(`${school.name}到这一天已撤并，不能编入联合体。`);
    const bodies = await listBodies(context.db, from);
    const consortium = bodies.find(({ id, kind }) => id === consortiumId && kind === 'consortium');
    if (consortium === undefined) throw notFound();
    if (consortium.stage !== stage) throw invalid('联合体与学校的学段不一致，请选同一学段的联合体。');
    const base = await findBaseSchool(context.db, consortiumId, from);
    if (role === 'base' && base !== undefined && base.schoolId !== schoolId)
      throw conflict('这个联合体已有研训基地校。请先把原基地校改为联合学校，再设新的基地校。');
  }
  if (!(await isStillVersion(context.db, placesOfSchool(schoolId), version)))
    throw conflict(`${school.name}所在的联合体刚刚被别人改过，请看过新内容后再保存。`);
  const before = await replaceConsortiumPlace(
    context.db,
    { schoolId, stage },
    consortiumId === null ? null : { consortiumId, role },
    from,
  );
  await recordAudit(context.db, context.origin, {
    action: 'organisation.school-moved',
    objectKind: 'school',
    objectId: schoolId,
    before: { stage, ...before },
    after: { stage, consortiumId, role, from },
  });
  return {};
};
