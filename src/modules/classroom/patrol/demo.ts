import { isTeachingDay, taughtWeekday } from '#modules/organisation/calendar/rules.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, eachDay } from '#platform/dates.ts';
import { type SeededRandom, seededRandom } from '#platform/random.ts';
import { classLabel } from '../timetable/rules.ts';
import type { DemoLesson, World } from '../world/demo.ts';
import type { StopFinding } from './contract.ts';
import { summaryLine } from './rules.ts';
import type { FindingKind, HalfDay, Handling } from './vocabulary/contract.ts';

const ownSeed = 84;
/** Enough for this week, the last one, and a look further back. */
const daysBack = 24;

interface Seen {
  readonly kind: FindingKind;
  readonly count?: number;
  readonly note: string;
  readonly handling: Handling | null;
}

/** What such a glance finds, the commonest several times. */
const sights: readonly Seen[] = [
  { kind: 'teacher-late', note: '上课铃后 2 分钟进教室。', handling: 'on-the-spot' },
  { kind: 'teacher-late', note: '从另一栋楼赶来，晚到 1 分钟。', handling: 'after-class' },
  { kind: 'inattentive', count: 3, note: '后排在做别的作业。', handling: 'on-the-spot' },
  { kind: 'inattentive', count: 2, note: '', handling: null },
  { kind: 'disorder', count: 6, note: '小组活动时离开座位。', handling: 'on-the-spot' },
  { kind: 'sleeping', count: 1, note: '已请班主任了解情况。', handling: 'on-the-spot' },
  { kind: 'sitting', note: '批改作业时坐着，讲解时站起。', handling: 'after-class' },
  { kind: 'phone', note: '用手机放音频，教室音箱坏了。', handling: 'after-class' },
  { kind: 'board', note: '板书只有课题。', handling: 'after-class' },
  { kind: 'mandarin', note: '', handling: null },
  { kind: 'lesson-swapped', note: '教师外出培训，与明天的课调换。', handling: null },
  { kind: 'empty-room', note: '全班在操场，教室门未锁。', handling: 'on-the-spot' },
  { kind: 'teacher-left-early', note: '下课前 3 分钟离开。', handling: 'after-class' },
  { kind: 'highlight', note: '学生轮流上台讲思路，全班都在听。', handling: null },
  { kind: 'highlight', note: '同桌互查，教师走到后排。', handling: null },
  { kind: 'highlight', note: '实验分工清楚，人人动手。', handling: null },
];
/** Subjects whose hours are taken most easily; what opening of courses looks at. */
const easilyTaken: readonly string[] = [
  'fine-art',
  'music',
  'information-technology',
  'physical-education',
  'labour',
  'local-course',
  'integrated-practice',
];

const halfDayOfSlot = (slot: number): HalfDay => (slot <= 4 ? 'morning' : 'afternoon');
const bellOfSlot = (slot: number): number =>
  slot <= 4 ? 8 * 60 + (slot - 1) * 50 : 14 * 60 + (slot - 5) * 50;

/** Rota and patrols of the last weeks at every school that has leaders and a timetable, up to yesterday. */
export const seedPatrols = async (db: Queryable, world: World, today: Day): Promise<void> => {
  const random = seededRandom(ownSeed);
  const term = world.terms.at(-1);
  const leaders = Map.groupBy(
    world.observers.flatMap(({ schoolId, personId }) => (schoolId === null ? [] : [{ schoolId, personId }])),
    ({ schoolId }) => schoolId,
  );
  if (term === undefined) return;
  const days = eachDay(addDays(today, -daysBack), addDays(today, -1)).filter((day) =>
    isTeachingDay(term, day),
  );
  const made = world.schoolIds.flatMap((schoolId) => {
    const walkers = (leaders.get(schoolId) ?? []).map(({ personId }) => personId);
    if (walkers.length === 0) return [];
    const weekday = (day: Day): number => taughtWeekday(term, day) ?? 0;
    return days
      .filter(() => random.chance(0.6))
      .flatMap((dayOn) => {
        const slot = random.integer(1, 7);
        const lessons = world.lessonsAt(schoolId, weekday(dayOn), null).filter((one) => one.slot === slot);
        return lessons.length === 0
          ? []
          : [{ schoolId, dayOn, slot, lessons, patrollerId: random.pick(walkers) }];
      })
      .map((walk, index) => writePatrol({ ...walk, termId: term.id, receiptNumber: index + 1 }, random));
  });
  await insertRows(
    db,
    'classroom.patrol',
    made.map(({ patrol }) => patrol),
  );
  await insertRows(
    db,
    'classroom.patrolMark',
    made.flatMap(({ marks }) => marks),
  );
  await insertRows(
    db,
    'classroom.patrolFinding',
    made.flatMap(({ findings }) => findings),
  );
  await insertRows(
    db,
    'classroom.patrolDuty',
    [...leaders].flatMap(([schoolId, people]) =>
      [1, 2, 3, 4, 5].flatMap((weekday) =>
        (['morning', 'afternoon'] as const).map((halfDay, half) => ({
          id: random.id(Date.parse(term.startsOn)),
          schoolId,
          personId: people[(weekday * 2 + half) % people.length]?.personId ?? '',
          weekday,
          halfDay,
          activeFrom: term.startsOn,
        })),
      ),
    ),
  );
};

interface Walk {
  readonly schoolId: string;
  readonly termId: string;
  readonly patrollerId: string;
  readonly dayOn: Day;
  readonly slot: number;
  readonly lessons: readonly DemoLesson[];
  readonly receiptNumber: number;
}

const writePatrol = (walk: Walk, random: SeededRandom) => {
  const { schoolId, termId, patrollerId, dayOn, slot, receiptNumber } = walk;
  const began = Date.parse(`${dayOn}T00:00:00Z`) + (bellOfSlot(slot) - 8 * 60 + 5) * 60_000;
  const id = random.id(began);
  const inOrder = walk.lessons.toSorted((a, b) => a.grade - b.grade || a.classNumber - b.classNumber);
  const stops = inOrder.map((lesson, index) => {
    const at = began + (index + 1) * random.integer(6, 10) * 1000;
    const seen = glance(lesson, random);
    const findings: StopFinding[] =
      seen === null ? [] : [{ kind: seen.kind, count: seen.count === undefined ? null : seen.count }];
    return {
      findings,
      mark: {
        patrolId: id,
        id: random.id(at),
        classId: lesson.classId,
        sequence: index + 1,
        at: new Date(at).toISOString(),
        result: seen === null ? ('in-order' as const) : ('noted' as const),
        note: seen?.note ?? '',
        handling: seen?.handling ?? null,
        taughtSubject: seen?.kind === 'lesson-occupied' ? random.pick(['chinese', 'mathematics']) : null,
        classLabel: classLabel(lesson.grade, lesson.classNumber),
        grade: lesson.grade,
        subject: lesson.subject,
        teacherId: lesson.teacherId,
        teacherName: lesson.teacherName,
        receivedAt: new Date(at + 3000).toISOString(),
      },
    };
  });
  const ended = new Date(began + (stops.length + 2) * 10_000).toISOString();
  return {
    patrol: {
      id,
      schoolId,
      termId,
      patrollerId,
      dayOn,
      slot,
      receiptNumber,
      halfDay: halfDayOfSlot(slot),
      offDayReason: '',
      startedAt: new Date(began).toISOString(),
      sentAt: new Date(began + 10_000).toISOString(),
      receivedAt: new Date(began + 10_400).toISOString(),
      finishedAt: ended,
      finishedSequence: stops.length + 1,
      summary: summaryLine(
        stops.map(({ mark, findings }) => ({ result: mark.result, note: mark.note, findings })),
      ),
    },
    marks: stops.map(({ mark }) => mark),
    findings: stops.flatMap(({ mark, findings }) =>
      findings.map((finding) => ({ patrolId: id, markId: mark.id, ...finding })),
    ),
  };
};

/** Nine rooms of ten are in order. */
const glance = (lesson: DemoLesson, random: SeededRandom): Seen | null => {
  if (easilyTaken.includes(lesson.subject) && random.chance(0.06))
    return { kind: 'lesson-occupied', note: '', handling: 'after-class' };
  return random.chance(0.09) ? random.pick(sights) : null;
};
