import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, forbidden, notFound } from '#platform/refusal.ts';
import { limitOfGrade } from '../../homework-check/rules.ts';
import { listHomeworkDays, readLimits } from '../../homework-check/store.ts';
import { mayPassOn, patrolScope } from '../../patrol/policy.ts';
import { findPatrol, listStops, markPassedOn } from '../../patrol/store.ts';
import { observationScope } from '../../policy.ts';
import { schoolScope } from '../../school-scope/policy.ts';
import { findReadable } from '../../store.ts';
import { findCheck } from '../../writing-check/store.ts';
import { registerFinding } from '../actions.ts';
import { findingScope, mayFindAt, mayManage } from '../policy.ts';
import type { FindingKind, PassableSource } from '../vocabulary/contract.ts';
import type { passOnContract } from './contract.ts';
import { fromHomework, fromObservation, fromStop, fromWritingCheck, type Prefilled } from './rules.ts';
import { listPassedOn as listPassedOnRows, lockSource } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof passOnContract>;
type Outputs = InferContractRouterOutputs<typeof passOnContract>;

/** One part of a source that the caller may read. */
interface Passable {
  readonly sourceId: string;
  /** The source itself where it has no parts. */
  readonly part: string;
  /** What is the school's own stays inside the school. */
  readonly kind: FindingKind;
  readonly schoolId: string;
  /** Why this person does not pass it on; null: may. */
  readonly refusal: string | null;
  /** Null: nothing to put right. */
  readonly prefilled: Prefilled | null;
}

type Reader = (context: Context, ids: readonly string[]) => Promise<Passable[]>;

const readStops: Reader = async ({ db, actor }, ids) => {
  const passables: Passable[] = [];
  for (const id of ids) {
    const patrol = await findPatrol(db, id, patrolScope(actor));
    if (patrol === undefined) continue;
    const { schoolId, dayOn, slot, halfDay } = patrol;
    const withdrawn = patrol.withdrawnReason !== null;
    const refusal = withdrawn
      ? '这次巡课已经撤回，不能再转入问题整改。'
      : '转入问题整改由本校校长、教学副校长或教务主任决定。';
    for (const stop of await listStops(db, id))
      passables.push({
        sourceId: id,
        part: stop.classId,
        kind: 'school',
        schoolId,
        refusal: mayPassOn(actor, { schoolId, withdrawn }) ? null : refusal,
        prefilled: fromStop({ ...stop, dayOn, slot, halfDay }),
      });
  }
  return passables;
};

const managers: Readonly<Record<FindingKind, string>> = {
  district: '入校检查发现的问题，由教研室或领导小组转入问题整改。',
  school: '学校自己的检查和公示，由本校校长、教学副校长或教务主任转入校内的问题整改。',
};

const readWritingChecks: Reader = async ({ db, actor }, ids) => {
  const passables: Passable[] = [];
  for (const id of ids) {
    const check = await findCheck(db, schoolScope(actor), id);
    if (check === undefined) continue;
    const { schoolId, madeAs: kind } = check;
    passables.push({
      sourceId: id,
      part: id,
      kind,
      schoolId,
      refusal: mayManage(actor, kind, schoolId) ? null : managers[kind],
      prefilled: fromWritingCheck(check, kind),
    });
  }
  return passables;
};

const readHomework: Reader = async ({ db, actor }, ids) => {
  const days = await listHomeworkDays(db, schoolScope(actor), ids);
  const passables: Passable[] = [];
  for (const day of days) {
    const kind: FindingKind = day.kind === 'spot' ? 'district' : 'school';
    const limit = limitOfGrade(await readLimits(db, day.dayOn), day.grade);
    passables.push({
      sourceId: day.id,
      part: day.id,
      kind,
      schoolId: day.schoolId,
      refusal: mayManage(actor, kind, day.schoolId) ? null : managers[kind],
      prefilled: fromHomework(day, kind, limit),
    });
  }
  return passables;
};

const readObservations: Reader = async ({ db, actor }, ids) => {
  const passables: Passable[] = [];
  for (const id of ids) {
    const found = await findReadable(db, id, observationScope(actor));
    if (found === undefined) continue;
    const { row, content } = found;
    if (row.schoolId === null || row.state === 'draft' || row.withdrawn) continue;
    passables.push({
      sourceId: id,
      part: id,
      kind: 'school',
      schoolId: row.schoolId,
      refusal:
        mayFindAt(actor, 'school', row.schoolId) && actor.personId !== row.teacherId
          ? null
          : '听课中看到的问题，由本校校长、教学副校长、教务主任或学科长转入校内的问题整改。',
      prefilled: fromObservation({ ...row, ...content }),
    });
  }
  return passables;
};

const readers: Readonly<Record<PassableSource, Reader>> = {
  patrol: readStops,
  'handwriting-check': readWritingChecks,
  'homework-check': readHomework,
  observation: readObservations,
};

const partOf = (sourceId: string, part: string): string | null => (part === sourceId ? null : part);

export const listPassedOn = async (
  context: Context,
  { source, sourceIds }: Inputs['listPassedOn'],
): Promise<Outputs['listPassedOn']> => {
  const passables = await readers[source](context, sourceIds);
  const known = [...new Set(passables.map(({ sourceId }) => sourceId))];
  // What lies outside the caller's scope is neither passed on nor open.
  if (known.length === 0) return { rows: [], open: [] };
  const passed = await listPassedOnRows(context.db, findingScope(context.actor), {
    source,
    sourceIds: known,
  });
  return {
    rows: passed
      .filter(({ visible }) => visible)
      .map(({ findingId, sourceId, part, state }) => ({
        findingId,
        sourceId,
        partId: partOf(sourceId, part),
        state,
      })),
    open: passables
      .filter(
        ({ sourceId, part, refusal, prefilled }) =>
          refusal === null &&
          prefilled !== null &&
          !passed.some((one) => one.sourceId === sourceId && one.part === part),
      )
      .map(({ sourceId, part }) => ({ sourceId, partId: partOf(sourceId, part) })),
  };
};

/** Registers a finding filled in from its source; whoever manages findings there hands it over next. */
export const passOn = async (
  context: Context,
  { source, sourceId, partId = null }: Inputs['passOn'],
): Promise<Outputs['passOn']> => {
  const { db, actor } = context;
  const part = partId ?? sourceId;
  const passable = (await readers[source](context, [sourceId])).find((one) => one.part === part);
  if (passable === undefined) throw notFound();
  if (passable.refusal !== null) throw forbidden(passable.refusal);
  await lockSource(db, source, sourceId, part);
  const [passed] = (
    await listPassedOnRows(db, findingScope(actor), { source, sourceIds: [sourceId] })
  ).filter((one) => one.part === part);
  if (passed !== undefined) {
    if (!passed.visible) throw conflict('这个问题已经有人转入问题整改了。');
    return { findingId: passed.findingId, state: passed.state };
  }
  const { kind, schoolId, prefilled } = passable;
  if (prefilled === null) throw conflict('这里没有记下需要整改的问题。');
  const made = await registerFinding(
    context,
    { ...prefilled, kind, source, sourceId, schoolId, repeatsId: null, handOver: null },
    part,
  );
  if (source === 'patrol')
    await markPassedOn(db, { patrolId: sourceId, classId: part, passedOnBy: actor.personId ?? '' });
  return { findingId: made.id, state: made.state };
};
