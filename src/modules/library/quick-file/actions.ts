import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { findCurrentTerm } from '#modules/organisation/calendar/store.ts';
import type { Actor, Subject } from '#modules/organisation/contract.ts';
import { listTeachingOf } from '#modules/organisation/teaching/store.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { forbidden, invalid } from '#platform/refusal.ts';
import { attachmentActions } from '../attachment/actions.ts';
import { schoolYearOn, stageOfGrade } from '../edition-choice/rules.ts';
import { listVolumesInUse } from '../edition-choice/store.ts';
import { findItemAccess, startItem } from '../item/actions.ts';
import { ownPersonId, ownSchools } from '../item/policy.ts';
import { listSchools } from '../item/store.ts';
import { editionName, unitName, volumeName } from '../textbook/rules.ts';
import { findTextbookPath, listUnits } from '../textbook/store.ts';
import { volumeKinds } from '../vocabulary/contract.ts';
import type { quickFileContract } from './contract.ts';
import { ownerOfFile } from './policy.ts';
import { mostTaught } from './rules.ts';
import { findUnitTaughtLast } from './store.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof quickFileContract>;
type Outputs = InferContractRouterOutputs<typeof quickFileContract>;

interface Taught {
  readonly subject: Subject;
  readonly grade: number;
}

/** From where the person comes, else what the timetable says they teach, else what a post says. */
const findPlace = async (
  { db, actor }: Context,
  asked: Inputs['startingFile'],
  termId: string | undefined,
): Promise<Taught | undefined> => {
  const path = asked.unitId === undefined ? undefined : await findTextbookPath(db, asked.unitId);
  if (path?.volume != null) return { subject: path.subject, grade: path.volume.grade };
  const { personId, appointments } = actor;
  const taught = personId === null || termId === undefined ? [] : await listTeachingOf(db, personId, termId);
  const own = mostTaught(
    taught.filter(
      ({ subject, grade }) => subject === (asked.subject ?? subject) && grade === (asked.grade ?? grade),
    ),
  );
  const post = appointments.find(({ subject }) => subject !== null && subject === (asked.subject ?? subject));
  const subject = asked.subject ?? own?.subject ?? post?.subject;
  const grade = asked.grade ?? own?.grade ?? post?.gradeFrom ?? (post?.stage === 'junior' ? 7 : undefined);
  return subject == null ? undefined : { subject, grade: grade ?? 1 };
};

export const startingFile = async (
  context: Context,
  input: Inputs['startingFile'],
): Promise<Outputs['startingFile']> => {
  const { db, actor, today } = context;
  const current = await findCurrentTerm(db, today);
  const found = await findPlace(context, input, current?.id);
  if (found === undefined) return { place: null, owner: 'none' };
  const { subject, grade } = found;
  const stage = stageOfGrade(grade);
  const inUse = (
    await listVolumesInUse(db, {
      schoolYear: current?.schoolYear ?? schoolYearOn(today),
      term: current?.term ?? 1,
    })
  ).filter((volume) => volume.subject === subject && volume.grade === grade);
  const volumeIds = inUse.map(({ volumeId }) => volumeId);
  const units = await listUnits(db, volumeIds);
  const known = (unitId: string | undefined): string | undefined =>
    units.some(({ id }) => id === unitId) ? unitId : undefined;
  const unitId =
    known(input.unitId) ??
    known(
      await findUnitTaughtLast(db, {
        personId: ownPersonId(context),
        schoolIds: ownSchools(actor),
        volumeIds,
      }),
    );
  const owner = ownerOfFile(actor, { stage, subject });
  const [school] =
    owner === undefined || owner.schoolId === null ? [] : await listSchools(db, [owner.schoolId]);
  return {
    place: {
      stage,
      subject,
      grade,
      volumes: inUse.map((volume) => ({
        id: volume.volumeId,
        name: `${volumeName(volume)} ${editionName(volume)}`,
        units: units
          .filter((unit) => unit.volumeId === volume.volumeId)
          .map((unit) => ({ id: unit.id, name: unitName(unit) })),
      })),
      unitId: unitId ?? null,
    },
    owner: owner === undefined ? 'none' : { schoolName: school?.name ?? null },
  };
};

export const addFile = async (
  context: Context,
  { uploadId, title, kind, subject, grade, unitId }: Inputs['addFile'],
): Promise<Outputs['addFile']> => {
  const { db, actor } = context;
  const stage = stageOfGrade(grade);
  const owner = ownerOfFile(actor, { stage, subject });
  if (owner === undefined)
    throw forbidden('您不在本学科的研训中心组，也没有任教的学校，不能添加资源。请联系教研员。');
  const path = unitId === null ? undefined : await findTextbookPath(db, unitId);
  if (unitId !== null && path?.unit == null) throw invalid('没有找到所选的单元，请重新选择。');
  const { id } = await startItem(context, {
    kind,
    title,
    schoolId: owner.schoolId,
    shared: owner.schoolId === null,
    stage,
    subject,
    grade,
    volumeId: path?.volume?.id ?? null,
    unitId: volumeKinds.includes(kind) ? null : (path?.unit?.id ?? null),
    lessonId: null,
  });
  await attachmentActions(findItemAccess).attachFile(context, { itemId: id, uploadId });
  return { id };
};
