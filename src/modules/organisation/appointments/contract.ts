import { oc } from '@orpc/contract';
import { z } from 'zod';
import { changed, dated, day, grade, id, made, stage, subject, version } from '../shapes/contract.ts';
import { bodyKinds, posts } from '../vocabulary/contract.ts';

export const appointment = z.object({
  id,
  post: z.enum(posts),
  bodyId: id.nullable(),
  bodyKind: z.enum(bodyKinds).nullable(),
  bodyName: z.string().nullable(),
  schoolId: id.nullable(),
  schoolName: z.string().nullable(),
  stage: stage.nullable(),
  subject: subject.nullable(),
  gradeFrom: grade.nullable(),
  gradeTo: grade.nullable(),
  ...dated,
  version,
});
export type Appointment = z.infer<typeof appointment>;

export const newAppointment = z
  .object({
    personId: id,
    post: z.enum(posts),
    bodyId: id.nullable(),
    schoolId: id.nullable(),
    stage: stage.nullable(),
    subject: subject.nullable(),
    gradeFrom: grade.nullable(),
    gradeTo: grade.nullable(),
    ...dated,
  })
  .refine((one) => one.bodyId !== null || one.schoolId !== null)
  .refine((one) => one.activeTo === null || one.activeTo > one.activeFrom);
export type NewAppointment = z.infer<typeof newAppointment>;

export const endEffect = z.object({
  /** In words: what the person may no longer do from that day on. */
  permissionsLost: z.array(z.string()),
  /** Coverage cells nobody fills any more. */
  cellsEmptied: z.array(z.object({ schoolName: z.string(), grade, subject })),
  /** Bodies and schools left without a lead, head or principal. */
  leftWithoutLead: z.array(z.string()),
});
export type EndEffect = z.infer<typeof endEffect>;

export const appointmentsContract = {
  appoint: oc.input(newAppointment).output(made),
  previewEndOfAppointment: oc.input(z.object({ appointmentId: id, activeTo: day })).output(endEffect),
  endAppointment: oc.input(z.object({ appointmentId: id, version, activeTo: day })).output(changed),
  /** Bodies a post can be held in, for the form. */
  listBodies: oc.input(z.object({})).output(
    z.object({
      rows: z.array(
        z.object({
          id,
          kind: z.enum(bodyKinds),
          name: z.string(),
          stage: stage.nullable(),
          subject: subject.nullable(),
        }),
      ),
    }),
  ),
};
