import { oc } from '@orpc/contract';
import { z } from 'zod';
import { appointment } from '../appointments/contract.ts';
import { changed, dated, day, grade, id, line, made, subject, version } from '../shapes/contract.ts';
import { honourLevels } from '../vocabulary/contract.ts';

const personCore = z.object({
  id,
  name: z.string(),
  staffNumber: z.string().nullable(),
  /** Masked (138****0000) unless the viewer may see it. */
  phone: z.string().nullable(),
  schoolId: id.nullable(),
  schoolName: z.string().nullable(),
  subjects: z.array(subject),
});

export const personRow = personCore.extend({
  /** Today's posts in words, e.g. 小学语文区级研训中心组组长. */
  posts: z.array(z.string()),
});
export type PersonRow = z.infer<typeof personRow>;

export const honour = z.object({
  id,
  kind: z.string(),
  field: z.string().nullable(),
  issuer: z.string(),
  level: z.enum(honourLevels),
  ...dated,
});
export type Honour = z.infer<typeof honour>;

export const person = personCore.extend({
  namePinyin: z.string(),
  ...dated,
  version,
  appointments: z.array(appointment.extend({ mayEnd: z.boolean() })),
  honours: z.array(honour),
  teaching: z.array(
    z.object({
      id,
      termName: z.string(),
      schoolName: z.string(),
      grade,
      subject,
      classLabel: z.string().nullable(),
    }),
  ),
  /** What the viewer may do here, so that the page shows no button that would be refused. */
  may: z.object({ edit: z.boolean(), editSubjects: z.boolean(), appoint: z.boolean() }),
});
export type Person = z.infer<typeof person>;

export const personFields = z.object({
  name: line(40),
  staffNumber: line(40).nullable(),
  phone: z
    .string()
    .regex(/^1\d{10}$/)
    .nullable(),
  homeSchoolId: id.nullable(),
  subjects: z.array(subject).max(19),
});
export type PersonFields = z.infer<typeof personFields>;

export const peopleSearch = z.object({
  /** Part of a name, pinyin, initials or the beginning of a staff number. */
  text: z.string().trim().max(40).default(''),
  schoolId: id.optional(),
  subject: subject.optional(),
  cursor: z
    .string()
    .max(200)
    .regex(/\|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u, '列表的位置已失效，请从头查看')
    .optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type PeopleSearch = z.infer<typeof peopleSearch>;

export const peopleContract = {
  searchPeople: oc
    .input(peopleSearch)
    .output(
      z.object({ rows: z.array(personRow), nextCursor: z.string().nullable(), asOf: z.iso.datetime() }),
    ),
  getPerson: oc.input(z.object({ personId: id })).output(person),
  addPerson: oc.input(personFields.extend({ activeFrom: day })).output(made),
  editPerson: oc.input(personFields.extend({ personId: id, version })).output(changed),
  editPersonSubjects: oc
    .input(z.object({ personId: id, version, subjects: z.array(subject).max(19) }))
    .output(changed),
  /** Retired or moved away: every post ends with the day. */
  markPersonLeft: oc.input(z.object({ personId: id, version, activeTo: day })).output(changed),
  addHonour: oc
    .input(
      z.object({
        personId: id,
        kind: line(20),
        field: line(20).nullable(),
        issuer: line(60),
        level: z.enum(honourLevels),
        ...dated,
      }),
    )
    .output(made),
};
