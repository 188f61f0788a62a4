import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { findTermOn } from '#modules/organisation/calendar/store.ts';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, invalid, notFound } from '#platform/refusal.ts';
import type { roomUseContract } from '../room-use/contract.ts';
import { mayKeepRooms } from '../room-use/policy.ts';
import * as store from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof roomUseContract>;
type Outputs = InferContractRouterOutputs<typeof roomUseContract>;

const audit = (context: Context, what: string, id: string, before: unknown, after: unknown) =>
  recordAudit(context.db, context.origin, {
    action: `classroom.room-${what}`,
    objectKind: 'room',
    objectId: id,
    before,
    after,
  });

const nameTaken = '本校已有同名的场所，请换一个名称。';

export const addRoom = async (context: Context, input: Inputs['addRoom']): Promise<Outputs['addRoom']> => {
  if (!mayKeepRooms(context.actor, input.schoolId)) throw notFound();
  // The room stood there before it was entered: the term's uses so far can be written down too.
  const term = await findTermOn(context.db, context.today);
  const id = await store.insertRoom(context.db, { ...input, activeFrom: term?.startsOn ?? context.today });
  if (id === null) throw conflict(nameTaken);
  await audit(context, 'added', id, undefined, input);
  return { id };
};

const openRoom = async (context: Context, id: string) => {
  const room = await store.findRoom(context.db, id);
  if (room === undefined || room.activeTo !== null || !mayKeepRooms(context.actor, room.schoolId))
    throw notFound();
  return room;
};

const openForEdit = async (context: Context, { id, version }: { id: string; version: number }) => {
  const room = await openRoom(context, id);
  if (room.version !== version) throw conflict('这个场所刚刚被别人改过，请看过最新内容后再保存。');
  return room;
};

export const editRoom = async (context: Context, input: Inputs['editRoom']): Promise<Outputs['editRoom']> => {
  const { id, kind, name } = input;
  const before = await openForEdit(context, input);
  if (await store.hasRoomNamed(context.db, { schoolId: before.schoolId, name, exceptId: id }))
    throw conflict(nameTaken);
  const version = await store.updateRoom(context.db, id, { kind, name });
  await audit(context, 'edited', id, { kind: before.kind, name: before.name }, { kind, name, version });
  return { version };
};

/** What was used there stays on record. */
export const closeRoom = async (
  context: Context,
  input: Inputs['closeRoom'],
): Promise<Outputs['closeRoom']> => {
  const before = await openForEdit(context, input);
  const version = await store.updateRoom(context.db, input.id, { activeTo: context.today });
  await audit(context, 'closed', input.id, { name: before.name }, { activeTo: context.today, version });
  return { version };
};

export const setLibraryOpening = async (
  context: Context,
  { id, fromOn, minutesPerWeek }: Inputs['setLibraryOpening'],
): Promise<Outputs['setLibraryOpening']> => {
  const room = await openRoom(context, id);
  if (room.kind !== 'library') throw invalid('只有图书室登记开放时间。');
  const { personId } = context.actor;
  if (personId === null) throw forbidden('请用本人的账号登记，不要用管理员账号。');
  const set = { fromOn, minutesPerWeek };
  const made = await store.insertOpening(context.db, { roomId: id, ...set, setBy: personId });
  await audit(context, 'opening-set', id, undefined, set);
  return { id: made };
};
