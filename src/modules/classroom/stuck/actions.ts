import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { listActiveAppointments } from '#modules/organisation/store.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid } from '#platform/refusal.ts';
import { derive, derivedColumns, rubricFor } from '../content/actions.ts';
import { capacitiesFrom } from '../rules.ts';
import { findOwn, insertDraft } from '../store.ts';
import { findHomeSchool, findNamedPlaces, listSchools } from '../timetable/store.ts';
import type { stuckContract } from './contract.ts';
import { fitToRoster, readExported } from './rules.ts';
import { findObserver } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof stuckContract>;
type Outputs = InferContractRouterOutputs<typeof stuckContract>;

/** The record in the file, whose it is, and how it fits the roster; refuses with one sentence. */
const read = async ({ db }: Context, text: string) => {
  const file = readExported(text);
  if (typeof file === 'string') throw invalid(file);
  const { record, personId } = file;
  const observer = await findObserver(db, personId);
  if (observer === undefined)
    throw invalid(`文件属于“${file.name}”，本区名册中没有这个人。请核对文件是不是从本区的系统导出的。`);
  const rubric = await rubricFor(db, record.content.dayOn, record.rubricId ?? undefined);
  const places = await findNamedPlaces(db, record.content);
  const held = capacitiesFrom(
    await listActiveAppointments(db, personId, record.content.dayOn),
    await findHomeSchool(db, personId),
  );
  const fitted = fitToRoster(record.content, {
    school: places.school === true,
    class: places.class === true,
    teacher: places.teacher === true,
    capacities: held.map(({ capacity }) => capacity),
    observerId: personId,
    rubricCodes: rubric.criteria.map(({ code }) => code),
  });
  const stands = await findOwn(db, record.id, personId);
  return { file, record, observer, rubric, fitted, stands };
};

export const lookAtStuckRecord = async (
  context: Context,
  { text }: Inputs['lookAtStuckRecord'],
): Promise<Outputs['lookAtStuckRecord']> => {
  const { file, observer, fitted, stands } = await read(context, text);
  const { dayOn, slotFrom, slotTo, schoolId, classLabel, subject, teacherName } = fitted.content;
  const schools = await listSchools(context.db, dayOn);
  return {
    observerName: observer.name,
    exportedAt: file.exportedAt,
    dayOn,
    slotFrom,
    slotTo,
    schoolName: schools.find(({ id }) => id === schoolId)?.name ?? null,
    classLabel,
    subject,
    teacherName,
    finish: file.record.finish,
    setAside: fitted.setAside,
    receipt: stands?.row.receipt ?? null,
  };
};

export const bringInStuckRecord = async (
  context: Context,
  { text }: Inputs['bringInStuckRecord'],
): Promise<Outputs['bringInStuckRecord']> => {
  const { db } = context;
  const { file, record, observer, rubric, fitted, stands } = await read(context, text);
  if (stands !== undefined)
    throw conflict(
      `${observer.name}的这份记录已经收到（回执号 ${stands.row.receipt}），不必再导入。文件中后来改过的文字，请本人打开那一份对照补上。`,
    );
  const derived = await derive(
    db,
    observer.id,
    fitted.content,
    rubric.criteria.map(({ code }) => code),
  );
  const made = await insertDraft(db, {
    id: record.id,
    observerId: observer.id,
    rubricId: rubric.id,
    content: fitted.content,
    ...derivedColumns(derived),
  });
  if (made === undefined) throw conflict('这份记录的编号已被另一个人的记录占用，请核对文件。');
  await recordAudit(db, context.origin, {
    action: 'classroom.observation-brought-in',
    objectKind: 'observation',
    objectId: record.id,
    after: { observerId: observer.id, exportedAt: file.exportedAt, receipt: made.receipt },
  });
  return { receipt: made.receipt, observerName: observer.name };
};
