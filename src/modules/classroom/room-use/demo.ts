import { isTeachingDay, taughtWeekday } from '#modules/organisation/calendar/rules.ts';
import type { Subject } from '#modules/organisation/contract.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, eachDay } from '#platform/dates.ts';
import { type SeededRandom, seededRandom } from '#platform/random.ts';
import { classLabel } from '../timetable/rules.ts';
import type { DemoLesson, World } from '../world/demo.ts';
import type { ExperimentMode, Purpose, RoomKind } from './vocabulary/contract.ts';

const ownSeed = 96;

/** Invented, in the manner of the lists that accompany textbooks. */
const required: readonly (readonly [Subject, grade: number, name: string, ExperimentMode])[] = [
  ['science', 3, '观察水的蒸发', 'group'],
  ['science', 3, '空气占据空间', 'demonstration'],
  ['science', 4, '声音的产生', 'group'],
  ['science', 4, '点亮小灯泡', 'group'],
  ['science', 5, '光的反射', 'group'],
  ['science', 5, '摆的快慢', 'group'],
  ['science', 6, '杠杆的平衡', 'group'],
  ['science', 6, '铁钉生锈的条件', 'demonstration'],
  ['biology', 7, '用显微镜观察洋葱表皮细胞', 'group'],
  ['biology', 7, '种子萌发的条件', 'demonstration'],
  ['biology', 8, '观察鸡卵的结构', 'group'],
  ['physics', 8, '测量物体的平均速度', 'group'],
  ['physics', 8, '探究平面镜成像的特点', 'group'],
  ['physics', 9, '探究电流与电压的关系', 'group'],
  ['physics', 9, '伏安法测电阻', 'group'],
  ['chemistry', 9, '氧气的实验室制取', 'group'],
  ['chemistry', 9, '二氧化碳的性质', 'demonstration'],
];

const roomNames: readonly (readonly [RoomKind, string])[] = [
  ['library', '图书室'],
  ['laboratory', '实验室'],
  ['music', '音乐室'],
  ['fine-art', '美术室'],
  ['computer', '计算机室'],
];

const roomOfSubject: Partial<Record<Subject, RoomKind>> = {
  science: 'laboratory',
  physics: 'laboratory',
  chemistry: 'laboratory',
  biology: 'laboratory',
  music: 'music',
  'fine-art': 'fine-art',
  'information-technology': 'computer',
  chinese: 'library',
};
const chanceOf: Readonly<Record<RoomKind, number>> = {
  laboratory: 0.1,
  music: 0.4,
  'fine-art': 0.4,
  computer: 0.4,
  library: 0.02,
  other: 0,
};

/** Rooms and bookings of the last weeks at every school that has leaders, up to the day after tomorrow. */
export const seedRoomUse = async (db: Queryable, world: World, today: Day): Promise<void> => {
  const random = seededRandom(ownSeed);
  const term = world.terms.at(-1);
  if (term === undefined) return;
  const year = world.terms.find(({ schoolYear }) => schoolYear === world.schoolYear) ?? term;
  const at = Date.parse(`${year.startsOn}T00:00:00Z`);
  const experiments = required.map(([subject, grade, name, mode]) => ({
    id: random.id(at),
    subject,
    grade,
    name,
    mode,
    version: 1,
    fromOn: year.startsOn,
    toOn: null,
  }));
  const leaderOf = new Map(
    world.observers.flatMap(({ schoolId, personId }) =>
      schoolId === null ? [] : [[schoolId, personId] as const],
    ),
  );
  const rooms = [...leaderOf.keys()].flatMap((schoolId) =>
    roomNames.map(([kind, name]) => ({
      id: random.id(at),
      schoolId,
      kind,
      name,
      version: 1,
      activeFrom: year.startsOn,
      activeTo: null,
    })),
  );
  const openings = rooms
    .filter(({ kind }) => kind === 'library')
    .filter(() => random.chance(0.8))
    .map((room) => ({
      id: random.id(at),
      roomId: room.id,
      fromOn: year.startsOn,
      minutesPerWeek: random.integer(10, 14) * 200,
      setBy: leaderOf.get(room.schoolId) ?? '',
      setAt: `${year.startsOn}T02:00:00Z`,
    }));
  const days = eachDay(addDays(today, -28), addDays(today, 2)).filter((day) => isTeachingDay(term, day));
  const uses = days.flatMap((day) =>
    [...leaderOf.keys()].flatMap((schoolId) => {
      const taken = new Set<string>();
      return world.lessonsAt(schoolId, taughtWeekday(term, day) ?? 0, null).flatMap((lesson) => {
        const kind = roomOfSubject[lesson.subject];
        if (kind === undefined || !random.chance(chanceOf[kind])) return [];
        const room = rooms.find((one) => one.schoolId === schoolId && one.kind === kind);
        if (room === undefined || taken.has(`${kind} ${lesson.slot}`)) return [];
        taken.add(`${kind} ${lesson.slot}`);
        const choices = experiments.filter(
          ({ subject, grade }) => subject === lesson.subject && grade === lesson.grade,
        );
        const experiment = kind === 'laboratory' && choices.length > 0 ? random.pick(choices) : null;
        return [write({ day, today, termId: term.id, roomId: room.id }, lesson, kind, experiment, random)];
      });
    }),
  );
  await insertRows(db, 'classroom.requiredExperiment', experiments);
  await insertRows(db, 'classroom.room', rooms);
  await insertRows(db, 'classroom.roomOpening', openings);
  await insertRows(
    db,
    'classroom.roomUse',
    uses.map(({ use }) => use),
  );
  await insertRows(
    db,
    'classroom.experimentOutcome',
    uses.flatMap(({ outcomes }) => outcomes),
  );
};

const purposeOf = (kind: RoomKind, isExperiment: boolean): Purpose =>
  isExperiment ? 'experiment' : kind === 'library' ? 'reading' : 'lesson';

const write = (
  facts: { day: Day; today: Day; termId: string; roomId: string },
  lesson: DemoLesson,
  kind: RoomKind,
  experiment: { id: string; name: string; mode: ExperimentMode } | null,
  random: SeededRandom,
) => {
  const bookedOn = addDays(facts.day > facts.today ? facts.today : facts.day, -1);
  const bookedAt = `${bookedOn}T0${random.integer(1, 8)}:${random.integer(10, 59)}:00.000Z`;
  const id = random.id(Date.parse(bookedAt));
  const cancelled = random.chance(0.03);
  const said = experiment !== null && !cancelled && facts.day < facts.today && random.chance(0.85);
  return {
    use: {
      id,
      schoolId: lesson.schoolId,
      roomId: facts.roomId,
      termId: facts.termId,
      dayOn: facts.day,
      slotFrom: lesson.slot,
      slotTo: lesson.slot,
      classId: lesson.classId,
      classLabel: classLabel(lesson.grade, lesson.classNumber),
      grade: lesson.grade,
      purpose: purposeOf(kind, experiment !== null),
      experimentId: experiment?.id ?? null,
      experimentName: experiment?.name ?? '',
      experimentMode: experiment?.mode ?? null,
      bookedBy: lesson.teacherId,
      bookedAt,
      cancelledAt: cancelled ? bookedAt : null,
      cancelledBy: cancelled ? lesson.teacherId : null,
      cancelledReason: cancelled ? '与其他活动冲突' : null,
    },
    outcomes: said
      ? [
          {
            useId: id,
            version: 1,
            held: random.chance(0.93),
            note: '',
            markedBy: lesson.teacherId,
            markedAt: `${facts.day}T09:00:00Z`,
          },
        ]
      : [],
  };
};
