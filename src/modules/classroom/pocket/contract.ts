import { oc } from '@orpc/contract';
import { z } from 'zod';
import { day, stage } from '#modules/organisation/contract.ts';
import { instant, rubricCriterion, slot } from '../shapes/contract.ts';
import { namedSchool, peopleOfSchool, proposedLesson, settingsShown } from '../timetable/contract.ts';
import { capacities } from '../vocabulary/contract.ts';

const index = z.number().int().min(0);

const carriedDay = z.object({
  dayOn: day,
  week: z.number().nullable(),
  isTeachingDay: z.boolean(),
  capacities: z.array(z.enum(capacities)),
  ownSchoolIds: z.array(z.uuid()),
  /** Among `rubrics`: the edition in force. */
  rubric: index,
  settings: settingsShown,
});

const carriedSchool = z.object({
  id: z.uuid(),
  bells: z.array(z.object({ slot, stage, startsAt: z.string(), endsAt: z.string() })),
  /** Days of the same lessons share one list. */
  taught: z.array(z.array(proposedLesson)),
  /** For each of the pocket's days: among `taught`. */
  days: z.array(index),
  people: peopleOfSchool,
});

/** What an observer takes along for days without a network. */
const pocket = z.object({
  takenAt: instant,
  schools: z.array(namedSchool.extend({ activeFrom: day, activeTo: day.nullable() })),
  rubrics: z.array(z.object({ id: z.uuid(), criteria: z.array(rubricCriterion) })),
  days: z.array(carriedDay),
  /** Schools with their timetable: one's own, and those one observed in last. */
  carried: z.array(carriedSchool),
});
export type Pocket = z.infer<typeof pocket>;

export const pocketContract = {
  /** Around the day of the phone's own calendar. */
  takeAlong: oc.input(z.object({ dayOn: day.optional() })).output(pocket),
};
