import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { findCurrentTerm } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { findSchool } from '#modules/organisation/schools/store.ts';
import { listClasses } from '#modules/organisation/teaching/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid, notFound } from '#platform/refusal.ts';
import { mayLeadPatrolsOf } from '../policy.ts';
import type { corridorContract } from './contract.ts';
import { inCorridorOrder } from './rules.ts';
import { findCorridor, updateCorridor } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof corridorContract>;
type Outputs = InferContractRouterOutputs<typeof corridorContract>;

const classesNow = async ({ db, today }: Context, schoolId: string) => {
  const term = await findCurrentTerm(db, today);
  return term === undefined ? [] : listClasses(db, schoolId, term.schoolYear);
};

export const getCorridor = async (
  context: Context,
  { schoolId }: Inputs['getCorridor'],
): Promise<Outputs['getCorridor']> => {
  const { db, actor } = context;
  const school = mayLeadPatrolsOf(actor, schoolId) ? await findSchool(db, schoolId) : undefined;
  if (school === undefined) throw notFound();
  const { version, rooms } = await findCorridor(db, schoolId);
  const order = rooms.map(({ classId }) => classId);
  return {
    school: { id: school.id, name: school.name },
    version,
    rooms: inCorridorOrder(await classesNow(context, schoolId), order).map(({ id, label }) => ({
      building: '',
      floor: null,
      room: '',
      ...rooms.find(({ classId }) => classId === id),
      classId: id,
      classLabel: label,
    })),
  };
};

export const arrangeCorridor = async (
  context: Context,
  { schoolId, version, rooms }: Inputs['arrangeCorridor'],
): Promise<Outputs['arrangeCorridor']> => {
  const { db, actor, origin } = context;
  if (!mayLeadPatrolsOf(actor, schoolId)) throw notFound();
  const classes = await classesNow(context, schoolId);
  if (!rooms.every(({ classId }) => classes.some(({ id }) => id === classId)))
    throw invalid('路线中有一个班不在这所学校，请刷新页面后重新排列。');
  const now = await updateCorridor(db, schoolId, version, rooms);
  if (now === null) throw conflict('路线在别处改过了。您排的顺序仍保留在本页，请刷新后再保存。');
  await recordAudit(db, origin, {
    action: 'classroom.corridor-arranged',
    objectKind: 'school',
    objectId: schoolId,
    after: { version: now, rooms: rooms.length },
  });
  return { version: now };
};
