import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, daysBetween, weekdayOf } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { type FindingAct, type FindingSource, type FindingType, findingTypes } from './contract.ts';
import { readFindingSettings } from './figures/store.ts';
import { listDistrictPeople, listPostHolders, listSchoolPeople, listUnits } from './people/store.ts';
import { answers, found, foundInside, measures, results, seenAgain, stillMissing } from './phrases/demo.ts';
import { sideOf } from './policy.ts';
import { after, type Recorded, type Standing, standingFrom } from './rules.ts';

interface Planned {
  readonly act: FindingAct;
  readonly personId: string;
  readonly role: string;
  readonly text?: string;
  /** Days after the act before. */
  readonly wait: number;
  readonly given?: Partial<Recorded>;
}

interface Subject {
  readonly kind: 'district' | 'school';
  readonly schoolId: string;
  readonly type: FindingType;
  readonly description: string;
  readonly advice: string;
  readonly source: FindingSource;
  readonly sourceId: string | null;
  readonly foundBy: string;
  readonly foundOn: Day;
  readonly repeatsId: string | null;
}

/** So many days before; a Friday instead of the weekend after it. */
const schoolDayBefore = (today: Day, days: number): Day => {
  const day = addDays(today, -days);
  return addDays(day, Math.min(0, 5 - weekdayOf(day)));
};

/** An hour of a day in China. */
const instant = (day: Day, hour: number): string => `${day}T${String(hour - 8).padStart(2, '0')}:20:00Z`;

/** The acts that had happened by `today`, and what follows from them. */
const play = (
  subject: Subject,
  acts: readonly Planned[],
  { random, today }: { random: SeededRandom; today: Day },
) => {
  const id = random.id(Date.parse(instant(subject.foundOn, 10)));
  const begun: Recorded = {
    act: 'find',
    personId: subject.foundBy,
    doneOn: subject.foundOn,
    dayOn: null,
    responsiblePost: null,
    responsibleId: null,
    checkerId: null,
    answerUntil: null,
  };
  let standing: Standing | null = standingFrom([begun]);
  const firstRole = acts[0]?.role ?? 'research-officer';
  const events = [{ ...begun, role: firstRole, text: '' }];
  let day = subject.foundOn;
  for (const { wait, text = '', role, given, ...act } of acts) {
    day = addDays(day, wait);
    if (day > today || standing === null) break;
    const event = { ...begun, ...act, ...given, doneOn: day };
    const next = after(standing, event);
    if (next === null) throw new Error(`${act.act} cannot follow ${standing.state}`);
    standing = next;
    events.push({ ...event, role, text });
  }
  if (standing === null) throw new Error('a finding begins with being found');
  const { workedBy: _, ...columns } = standing;
  return {
    row: { ...subject, id, ...columns, version: events.length },
    events: events.map((event, index) => ({
      ...event,
      findingId: id,
      number: index + 1,
      side: sideOf(subject.kind, event.act),
      at: instant(event.doneOn, 9 + Math.min(index, 9)),
    })),
  };
};

interface Hands {
  readonly officerId: string;
  readonly principalId: string;
}

/** How far a finding gets: the steps after handing over that are planned at all. */
const districtWay = (
  { officerId, principalId }: Hands,
  handOver: Partial<Recorded>,
  steps: number,
  random: SeededRandom,
): Planned[] => {
  const officer = { personId: officerId, role: 'research-officer' };
  const school = { personId: principalId, role: 'principal' };
  const sentBack = random.chance(0.2);
  const way: Planned[] = [
    { act: 'accept', ...school, wait: random.integer(1, 4) },
    { act: 'plan', ...school, text: random.pick(measures), wait: random.integer(1, 3) },
    { act: 'report-done', ...school, text: random.pick(results), wait: random.integer(5, 14) },
    {
      act: 'recheck',
      ...officer,
      text: sentBack ? '部分班级还没有落实。' : random.pick(seenAgain),
      wait: random.integer(2, 7),
    },
    ...(sentBack
      ? ([
          {
            act: 'send-back',
            ...officer,
            text: random.pick(stillMissing),
            wait: 0,
            given: { dayOn: addDays(handOver.dayOn ?? '2024-01-26', 21) },
          },
          { act: 'report-done', ...school, text: random.pick(results), wait: random.integer(5, 10) },
          { act: 'recheck', ...officer, text: random.pick(seenAgain), wait: random.integer(2, 6) },
        ] as const)
      : []),
    { act: 'close', ...officer, text: '同意销号。', wait: 0 },
  ];
  const begin: Planned[] = [
    { act: 'register', ...officer, wait: 0 },
    { act: 'hand-over', ...officer, wait: 0, given: handOver },
  ];
  return [...begin, ...(steps >= 4 ? way : way.slice(0, steps))];
};

interface VisitOfSchool {
  readonly id: string;
  readonly schoolId: string;
  readonly dayOn: Day;
  readonly ledBy: string;
}

/** Begun at most this many days ago; a term's findings are all younger. */
const span = 75;

/**
 * Findings of the running term: from the district to the units, those of research visits first, and inside each unit.
 * The first principal by name, who is the demonstration's, has one in every state.
 */
export const seedFindings = async (
  db: Queryable,
  random: SeededRandom,
  today: Day,
  visits: readonly VisitOfSchool[] = [],
): Promise<void> => {
  const units = await listUnits(db, today);
  const officers = await listDistrictPeople(db, today);
  if (units.length === 0 || officers.length === 0) return;
  const { answerDays, deadlineDays } = await readFindingSettings(db, today);
  const made: ReturnType<typeof play>[] = [];
  const heads = new Map<string, { id: string; name: string }>();
  for (const { schoolId } of units) {
    const [head] = await listPostHolders(db, schoolId, ['principal'], today);
    if (head !== undefined) heads.set(schoolId, head);
  }
  const shownHeadId = await firstByName(
    db,
    [...heads.values()].map(({ id }) => id),
  );
  const addDistrict = (schoolId: string, foundOn: Day, steps: number, visit?: VisitOfSchool): void => {
    const head = heads.get(schoolId);
    if (head === undefined) return;
    const officerId = visit?.ledBy ?? random.pick(officers).id;
    if (officerId === head.id) return;
    const type = random.chance(0.7)
      ? random.pick(findingTypes.slice(0, 3))
      : random.pick(findingTypes.slice(3));
    const [description, advice] = random.pick(found[type]);
    const earlier = made.find(
      ({ row }) => row.schoolId === schoolId && row.type === type && row.kind === 'district',
    );
    const handOver = {
      dayOn: addDays(foundOn, deadlineDays),
      responsiblePost: 'principal',
      checkerId: officerId,
      answerUntil: addDays(foundOn, answerDays),
    } as const;
    const acts = districtWay({ officerId, principalId: head.id }, handOver, steps, random);
    const [answer] = random.chance(0.12) ? [random.pick(answers)] : [];
    made.push(
      play(
        {
          kind: 'district',
          schoolId,
          type,
          description,
          advice,
          source: visit === undefined ? random.pick(['patrol', 'other', 'homework-check']) : 'research-visit',
          sourceId: visit?.id ?? null,
          foundBy: officerId,
          foundOn,
          repeatsId: earlier !== undefined && earlier.row.foundOn < foundOn ? earlier.row.id : null,
        },
        answer === undefined
          ? acts
          : acts.toSpliced(2, 0, {
              act: 'answer',
              personId: head.id,
              role: 'principal',
              text: answer,
              wait: 1,
            }),
        { random, today },
      ),
    );
  };
  for (const visit of visits)
    for (let count = random.integer(1, 2); count > 0; count -= 1)
      addDistrict(visit.schoolId, visit.dayOn, random.integer(0, 6), visit);
  for (const { schoolId } of units) {
    if (random.chance(0.6))
      addDistrict(schoolId, schoolDayBefore(today, random.integer(3, span)), random.integer(1, 6));
    if (heads.get(schoolId)?.id === shownHeadId)
      for (const [steps, ago] of [
        [0, 1],
        [1, 6],
        [2, 30],
        [3, 34],
        [4, 60],
      ] as const)
        addDistrict(schoolId, schoolDayBefore(today, ago), steps);
    await addInside(db, made, { schoolId, headId: heads.get(schoolId)?.id }, { random, today });
  }
  await insertRows(
    db,
    'classroom.finding',
    made.map(({ row }) => row).toSorted((a, b) => daysBetween(b.foundOn, a.foundOn)),
  );
  await insertRows(
    db,
    'classroom.findingEvent',
    made.flatMap(({ events }) => events),
  );
};

const firstByName = async (db: Queryable, personIds: readonly string[]): Promise<string | undefined> => {
  if (personIds.length === 0) return undefined;
  const person = await db
    .selectFrom('organisation.person')
    .where('id', 'in', [...personIds])
    .select('id')
    .orderBy('namePinyin')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return person?.id;
};

/** Two or three a school: found by the vice-principal, done by a teacher, looked at again by the principal. */
const addInside = async (
  db: Queryable,
  made: ReturnType<typeof play>[],
  { schoolId, headId }: { schoolId: string; headId: string | undefined },
  { random, today }: { random: SeededRandom; today: Day },
): Promise<void> => {
  const [vice] = await listPostHolders(db, schoolId, ['vice-principal'], today);
  const teachers = (await listSchoolPeople(db, schoolId, today)).filter(
    ({ id }) => id !== vice?.id && id !== headId,
  );
  if (vice === undefined || headId === undefined || teachers.length === 0) return;
  for (let count = random.integer(2, 3); count > 0; count -= 1) {
    const [type, description, advice] = random.pick(foundInside);
    const teacher = { personId: random.pick(teachers).id, role: 'teacher' };
    const leader = { personId: vice.id, role: 'vice-principal' };
    const principal = { personId: headId, role: 'principal' };
    const foundOn = schoolDayBefore(today, random.integer(1, span));
    const acts: Planned[] = [
      { act: 'register', ...leader, wait: 0 },
      {
        act: 'hand-over',
        ...leader,
        wait: 0,
        given: {
          dayOn: addDays(foundOn, 7),
          responsibleId: teacher.personId,
          checkerId: headId,
          answerUntil: addDays(foundOn, 5),
        },
      },
      { act: 'accept', ...teacher, wait: 1 },
      { act: 'plan', ...teacher, text: '照建议做，先改一周。', wait: 1 },
      { act: 'report-done', ...teacher, text: '已经改过，课后自己对照了两次。', wait: random.integer(3, 9) },
      { act: 'recheck', ...principal, text: '推门看了一节，已经改好。', wait: random.integer(1, 4) },
      { act: 'close', ...principal, wait: 0 },
    ];
    made.push(
      play(
        {
          kind: 'school',
          schoolId,
          type,
          description,
          advice,
          source: random.pick(['patrol', 'observation', 'homework-check']),
          sourceId: null,
          foundBy: vice.id,
          foundOn,
          repeatsId: null,
        },
        acts.slice(0, random.integer(3, 12)),
        { random, today },
      ),
    );
  }
};
