import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { recordAudit } from '#platform/audit/audit.ts';
import { versionOfRows } from '#platform/database/row-set.ts';
import { chineseDate } from '#platform/dates.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { findPostAtSchoolFrom, listPostsAtSchool, markPostsAtSchoolEnded } from '../appointments/store.ts';
import { mayKeepDirectory } from '../policy.ts';
import { markPlacesEnded, placesOfSchool } from '../structure/store.ts';
import type { Actor, Post } from '../vocabulary/contract.ts';
import type { CloseEffect, SchoolFields, schoolsContract } from './contract.ts';
import {
  countPeople,
  findAlias,
  findSchool,
  findSchoolLike,
  insertSchool,
  listAliases,
  listChildSchools,
  listConsortiaOf,
  listLeaders,
  listProposedAliases as listProposedAliasRows,
  listSchools as listSchoolRows,
  listSubjectBasesAt,
  markAliasConfirmed,
  removeAlias,
  type SchoolRecord,
  updateSchool,
} from './store.ts';

type Inputs = InferContractRouterInputs<typeof schoolsContract>;
type Outputs = InferContractRouterOutputs<typeof schoolsContract>;
type Context = ActionContext<Actor>;

export const listSchools = async (
  { db, today }: Context,
  { on = today }: Inputs['listSchools'],
): Promise<Outputs['listSchools']> => ({ asOf: on, rows: await listSchoolRows(db, on) });

export const getSchool = async (
  { db, today, actor }: Context,
  { schoolId }: Inputs['getSchool'],
): Promise<Outputs['getSchool']> => {
  const school = await findSchool(db, schoolId);
  if (school === undefined) throw notFound();
  const { parentId, ...fields } = school;
  const parent = parentId === null ? undefined : await findSchool(db, parentId);
  return {
    ...fields,
    parent: parent === undefined ? null : { id: parent.id, name: parent.name },
    children: await listChildSchools(db, schoolId, today),
    aliases: await listAliases(db, schoolId),
    consortia: await listConsortiaOf(db, schoolId, today),
    placesVersion: await versionOfRows(db, placesOfSchool(schoolId)),
    subjectBases: await listSubjectBasesAt(db, schoolId, today),
    leaders: await listLeaders(db, schoolId, today),
    peopleCount: await countPeople(db, schoolId, today),
    may: { edit: mayKeepDirectory(actor) },
  };
};

const refuseImpossibleSchool = async (
  { db }: Context,
  fields: SchoolFields,
  schoolId: string | null,
): Promise<void> => {
  const twin = await findSchoolLike(db, fields, schoolId);
  if (twin !== undefined) throw conflict(`已有同名或同标识码的学校：${twin.name}。请核对后再保存。`);
  if (fields.parentId === null) return;
  const parent = await findSchool(db, fields.parentId);
  if (parent === undefined) throw notFound();
  if (parent.id === schoolId || parent.parentId !== null)
    throw invalid('上级单位应是一所中心校或学校本部，不能是它自己或另一个校区。');
};

export const addSchool = async (
  context: Context,
  { activeFrom, ...fields }: Inputs['addSchool'],
): Promise<Outputs['addSchool']> => {
  await refuseImpossibleSchool(context, fields, null);
  const id = await insertSchool(context.db, fields, activeFrom);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.school-added',
    objectKind: 'school',
    objectId: id,
    after: { ...fields, activeFrom },
  });
  return { id };
};

export const editSchool = async (
  context: Context,
  { schoolId, version, ...fields }: Inputs['editSchool'],
): Promise<Outputs['editSchool']> => {
  const before = await findSchool(context.db, schoolId);
  if (before === undefined) throw notFound();
  await refuseImpossibleSchool(context, fields, schoolId);
  if (!(await updateSchool(context.db, schoolId, version, fields)))
    throw conflict('这所学校刚刚被别人改过，请看过新内容后再保存。', { newer: before });
  await recordAudit(context.db, context.origin, {
    action: 'organisation.school-edited',
    objectKind: 'school',
    objectId: schoolId,
    before,
    after: fields,
  });
  return { version: version + 1 };
};

const schoolToClose = async ({ db }: Context, schoolId: string, activeTo: string): Promise<SchoolRecord> => {
  const school = await findSchool(db, schoolId);
  if (school === undefined) throw notFound();
  if (activeTo <= school.activeFrom) throw invalid('撤并日期应在启用日期之后。');
  if (school.activeTo !== null)
    throw conflict(`${school.name}已登记从${chineseDate(school.activeTo)}起撤并。`);
  const children = await listChildSchools(db, schoolId, activeTo);
  if (children.length > 0)
    throw conflict(
      `${children.map(({ name }) => name).join('、')}还属于${school.name}，请先撤并，或改到别的上级单位。`,
    );
  const later = await findPostAtSchoolFrom(db, schoolId, activeTo);
  if (later !== undefined)
    throw invalid(`${later.name}在本校的任职从${chineseDate(later.activeFrom)}开始，撤并日期应在这之后。`);
  return school;
};

const leaderPosts: readonly Post[] = ['principal', 'vice-principal', 'dean'];

export const previewCloseOfSchool = async (
  context: Context,
  { schoolId, activeTo }: Inputs['previewCloseOfSchool'],
): Promise<CloseEffect> => {
  const { db } = context;
  await schoolToClose(context, schoolId, activeTo);
  const held = await listPostsAtSchool(db, schoolId, activeTo);
  const peopleIn = (posts: typeof held): number => new Set(posts.map(({ personId }) => personId)).size;
  const ofSchool = held.filter(({ bodyId }) => bodyId === null);
  return {
    leaders: leaderPosts.flatMap((post) =>
      ofSchool.filter((one) => one.post === post).map(({ personId, name }) => ({ personId, name, post })),
    ),
    otherStaff: peopleIn(ofSchool.filter(({ post }) => !leaderPosts.includes(post))),
    groupMembers: peopleIn(held.filter(({ bodyId }) => bodyId !== null)),
    consortia: await listConsortiaOf(db, schoolId, activeTo),
    subjectBases: await listSubjectBasesAt(db, schoolId, activeTo),
    peopleLeft: await countPeople(db, schoolId, activeTo),
  };
};

export const closeSchool = async (
  context: Context,
  { schoolId, version, activeTo }: Inputs['closeSchool'],
): Promise<Outputs['closeSchool']> => {
  const before = await schoolToClose(context, schoolId, activeTo);
  if (!(await updateSchool(context.db, schoolId, version, { activeTo })))
    throw conflict('这所学校刚刚被别人改过，请看过新内容后再保存。', { newer: before });
  const consortia = await listConsortiaOf(context.db, schoolId, activeTo);
  const subjectBases = await listSubjectBasesAt(context.db, schoolId, activeTo);
  await markPlacesEnded(context.db, schoolId, activeTo);
  await recordAudit(context.db, context.origin, {
    action: 'organisation.school-closed',
    objectKind: 'school',
    objectId: schoolId,
    before: { activeTo: before.activeTo, consortia, subjectBases },
    after: { activeTo },
  });
  for (const appointmentId of await markPostsAtSchoolEnded(context.db, schoolId, activeTo))
    await recordAudit(context.db, context.origin, {
      action: 'organisation.appointment-ended',
      objectKind: 'appointment',
      objectId: appointmentId,
      after: { activeTo, because: 'school-closed' },
    });
  return { version: version + 1 };
};

export const listProposedAliases = async ({ db }: Context): Promise<Outputs['listProposedAliases']> => ({
  rows: await listProposedAliasRows(db),
});

export const confirmAlias = (context: Context, input: Inputs['confirmAlias']) =>
  decideAlias(context, input.aliasId, 'confirmed');

export const declineAlias = (context: Context, input: Inputs['declineAlias']) =>
  decideAlias(context, input.aliasId, 'declined');

const decideAlias = async (
  { db, origin }: Context,
  aliasId: string,
  decision: 'confirmed' | 'declined',
): Promise<Outputs['confirmAlias']> => {
  const alias = await findAlias(db, aliasId);
  if (alias === undefined) throw notFound();
  if (alias.status === 'confirmed') throw conflict('这个简称已经确认过了。');
  await (decision === 'confirmed' ? markAliasConfirmed(db, aliasId) : removeAlias(db, aliasId));
  await recordAudit(db, origin, {
    action: `organisation.alias-${decision}`,
    objectKind: 'school-alias',
    objectId: aliasId,
    before: alias,
  });
  return {};
};
