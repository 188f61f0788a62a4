import { isTeachingDay, taughtWeekday } from '#modules/organisation/calendar/rules.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, eachDay } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { seedBudgets } from './budget/demo.ts';
import type { ObservationContent, State } from './contract.ts';
import { seedDebriefs } from './debrief/demo.ts';
import { seedDiagnosisPlans } from './diagnosis-plan/demo.ts';
import { seedFollowUps } from './follow-up/demo.ts';
import { seedHomework } from './homework-check/demo.ts';
import { seedLedger } from './ledger/demo.ts';
import { seedLenses } from './lens/demo.ts';
import { writeNotes } from './notes/demo.ts';
import { seedPatrols } from './patrol/demo.ts';
import { agreedChanges, correctionReasons, replies, topicsOf, withdrawReasons } from './phrases/demo.ts';
import { seedRoomUse } from './room-use/demo.ts';
import { findRubric } from './rubric/store.ts';
import { isLate, stageOfGrade } from './rules.ts';
import { classLabel } from './timetable/rules.ts';
import { type DemoLesson, type DemoObserver, readWorld, type World } from './world/demo.ts';
import { seedWritingChecks } from './writing-check/demo.ts';

/** The notice's number for principals, and a habit of the district for everybody else. */
const lessonsATerm = { principal: 170, other: 14 } as const;
const lateAfterDays = 7;

/**
 * Observations by principals and others up to yesterday, with feedback and replies; today is left to whoever
 * tries it. Reads schools, posts, timetable and terms from the organisation; a finished term is seeded whole.
 */
export const seedClassroom = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  const world = await readWorld(db, today);
  const { id: rubricId } = await findRubric(db, { on: today });
  const records = world.terms.flatMap((term) => {
    const days = eachDay(term.startsOn, term.endsOn < today ? term.endsOn : addDays(today, -1)).filter(
      (day) => isTeachingDay(term, day),
    );
    const all = eachDay(term.startsOn, term.endsOn).filter((day) => isTeachingDay(term, day));
    return world.observers.flatMap((observer) =>
      planVisits(world, observer, term, days, days.length / Math.max(1, all.length), random).map((visit) =>
        writeRecord(
          visit,
          { rubricId, termId: term.id, gradeShift: world.schoolYear - term.schoolYear, today },
          random,
        ),
      ),
    );
  });
  await insertRows(
    db,
    'classroom.observation',
    records.map(({ row }) => row),
  );
  await insertRows(
    db,
    'classroom.observationCriterion',
    records.flatMap(({ criteria }) => criteria),
  );
  await insertRows(
    db,
    'classroom.observationVersion',
    records.flatMap(({ versions }) => versions),
  );
  await insertRows(
    db,
    'classroom.observationReply',
    records.flatMap(({ answers }) => answers),
  );
  await seedPatrols(db, world, today);
  await seedWritingChecks(db, world, today);
  await seedHomework(db, world, today);
  await seedRoomUse(db, world, today);
  await seedBudgets(db, world, today);
  await seedFollowUps(db, random, today);
  await seedDebriefs(db, random, today);
  await seedLedger(db, random, today);
  await seedDiagnosisPlans(db, world, random, today);
  await seedLenses(
    db,
    records.map(({ row }) => row),
  );
};

interface Visit {
  readonly observer: DemoObserver;
  readonly lesson: DemoLesson;
  readonly dayOn: Day;
  readonly slotTo: number;
  readonly away: boolean;
  readonly draft: boolean;
}

/** Some are well behind the pace, most near it, some ahead. */
const paceOf = (random: SeededRandom): number => {
  const kind = random.next();
  if (kind < 0.15) return 0.55 + random.next() * 0.2;
  return kind < 0.7 ? 0.95 + random.next() * 0.12 : 1.08 + random.next() * 0.2;
};

const planVisits = (
  world: World,
  observer: DemoObserver,
  term: World['terms'][number],
  days: readonly Day[],
  elapsed: number,
  random: SeededRandom,
): Visit[] => {
  const full = observer.capacity === 'principal' ? lessonsATerm.principal : lessonsATerm.other;
  const target = Math.round(full * elapsed * paceOf(random));
  const taken = new Set<string>();
  const visits: Visit[] = [];
  const plan = (dayOn: Day, draft: boolean): number => {
    const { schoolId, away } = chooseSchool(world, observer, random);
    const lessons = world.lessonsAt(schoolId, taughtWeekday(term, dayOn) ?? 0, observer.subject);
    if (lessons.length === 0) return 0;
    const lesson = random.pick(lessons);
    // In an earlier school year the class was a grade lower, or not yet in this stage.
    const grade = lesson.grade - (world.schoolYear - term.schoolYear);
    if (grade < 1 || stageOfGrade(grade) !== stageOfGrade(lesson.grade)) return 0;
    if (lesson.teacherId === observer.personId || taken.has(`${dayOn}/${lesson.slot}`)) return 0;
    if ([...taken].filter((slot) => slot.startsWith(dayOn)).length >= 5) return 0;
    taken.add(`${dayOn}/${lesson.slot}`);
    const next = `${dayOn}/${lesson.slot + 1}`;
    const double = lesson.continues && !draft && !taken.has(next);
    if (double) taken.add(next);
    visits.push({ observer, lesson, dayOn, slotTo: lesson.slot + (double ? 1 : 0), away, draft });
    return double ? 2 : 1;
  };
  if (days.length === 0) return [];
  let lessons = 0;
  for (let tries = 0; lessons < target && tries < target * 8; tries += 1)
    lessons += plan(random.pick(days), false);
  const isRunning = days.length > 0 && elapsed < 1;
  if (isRunning)
    for (let drafts = random.integer(0, 2); drafts > 0; drafts -= 1) plan(random.pick(days.slice(-4)), true);
  return visits;
};

const chooseSchool = (
  world: World,
  { schoolId }: DemoObserver,
  random: SeededRandom,
): { schoolId: string; away: boolean } => {
  if (schoolId === null) return { schoolId: random.pick(world.schoolIds), away: false };
  if (random.chance(0.05)) {
    const other = random.pick(world.schoolIds);
    return { schoolId: other, away: other !== schoolId && !world.campusesOf(schoolId).includes(other) };
  }
  return { schoolId: random.pick([schoolId, schoolId, ...world.campusesOf(schoolId)]), away: false };
};

/** An instant on a day in China, in working hours after the given one. */
const at = (dayOn: Day, hour: number, random: SeededRandom): string =>
  new Date(
    Date.parse(`${dayOn}T00:00:00Z`) + (hour - 8) * 3_600_000 + random.integer(0, 3_599_000),
  ).toISOString();

const writeRecord = (
  { observer, lesson, dayOn, slotTo, away, draft }: Visit,
  facts: { rubricId: string; termId: string; gradeShift: number; today: Day },
  random: SeededRandom,
) => {
  const createdAt = at(dayOn, 8 + lesson.slot, random);
  const id = random.id(Date.parse(createdAt));
  const enteredOn = laterButNotAfter(
    dayOn,
    random.chance(0.04) ? random.integer(8, 14) : random.integer(0, 1),
    facts.today,
  );
  const state = draft ? 'draft' : stateOf(daysLeft(enteredOn, facts.today), random);
  const notes = writeNotes(random, draft);
  const grade = lesson.grade - facts.gradeShift;
  const announced = random.chance(0.45);
  const content: ObservationContent = {
    capacity: observer.capacity,
    dayOn,
    slotFrom: lesson.slot,
    slotTo,
    schoolId: lesson.schoolId,
    classId: lesson.classId,
    classLabel: classLabel(grade, lesson.classNumber),
    grade,
    subject: lesson.subject,
    teacherId: lesson.teacherId,
    teacherName: lesson.teacherName,
    topic: draft && random.chance(0.5) ? '' : random.pick(topicsOf(lesson.subject, grade)),
    lessonType: random.chance(0.62) ? 'new-lesson' : random.pick(['revision', 'practice', 'review'] as const),
    occasion: random.chance(0.88)
      ? 'ordinary'
      : random.pick(['open-lesson', 'seminar-lesson', 'model-lesson'] as const),
    announced,
    mode: random.chance(0.01) ? 'video' : 'live',
    offDayReason: '',
    ...notes,
  };
  const { criteria, ...columns } = content;
  const finalisedAt = draft ? null : at(enteredOn, 17, random);
  const isFedBack = state === 'fed-back' || state === 'replied';
  const fedBackAt = isFedBack
    ? at(laterButNotAfter(enteredOn, random.integer(0, 2), facts.today), 19, random)
    : null;
  const withdrawn = state === 'finalised' && random.chance(0.02);
  const corrected = !draft && random.chance(0.02);
  const row = {
    id,
    observerId: observer.personId,
    observerSchoolId: observer.schoolId,
    rubricId: facts.rubricId,
    termId: facts.termId,
    ...columns,
    state,
    away,
    late: !draft && isLate(dayOn, enteredOn, lateAfterDays),
    agreedChange: state === 'replied' && random.chance(0.4) ? random.pick(agreedChanges) : '',
    version: draft ? 2 : 4,
    contentNumber: draft ? 0 : corrected ? 2 : 1,
    createdAt,
    savedAt: fedBackAt ?? finalisedAt ?? createdAt,
    finalisedAt,
    fedBackAt,
    withdrawnAt: withdrawn ? finalisedAt : null,
    withdrawnBy: withdrawn ? observer.personId : null,
    withdrawnReason: withdrawn ? random.pick(withdrawReasons) : null,
  };
  const version = (number: number, reason: string, text: ObservationContent) => ({
    observationId: id,
    number,
    content: JSON.stringify(text),
    reason,
    madeBy: observer.personId,
    madeAt: finalisedAt ?? createdAt,
  });
  return {
    row,
    criteria: criteria.map((one) => ({ observationId: id, ...one })),
    versions: draft
      ? []
      : [
          version(1, '完成', corrected ? { ...content, suggestion: '' } : content),
          ...(corrected ? [version(2, random.pick(correctionReasons), content)] : []),
        ],
    answers:
      state === 'replied' && fedBackAt !== null
        ? [
            {
              id: random.id(Date.parse(fedBackAt)),
              observationId: id,
              personId: lesson.teacherId,
              text: random.pick(replies),
              at: fedBackAt,
            },
          ]
        : [],
  };
};

const laterButNotAfter = (day: Day, by: number, today: Day): Day => {
  const later = addDays(day, by);
  return later > today ? today : later;
};

const daysLeft = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Four of five are fed back and half are answered; the last days are still under way. */
const stateOf = (daysSince: number, random: SeededRandom): State => {
  const kind = random.next() + (daysSince < 3 ? 0.35 : 0);
  if (kind < 0.52) return 'replied';
  return kind < 0.83 ? 'fed-back' : 'finalised';
};
