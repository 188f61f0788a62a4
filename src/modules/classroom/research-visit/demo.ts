import type { Stage, Subject } from '#modules/organisation/contract.ts';
import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day, weekdayOf } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { listDistrictPeople } from '../finding/people/store.ts';
import type { VisitState } from './contract.ts';
import { listVisitPeople, listVisitPlaces } from './store.ts';

const focuses: readonly string[] = [
  '单元教学设计在课堂上的落实',
  '作业设计与批改，学生书写',
  '教研组活动怎样从通知转到研课',
  '教—学—评一致：目标、任务和评价对得上',
];
const seen: readonly string[] = [
  '听了四节常态课，参加一次教研组活动，看了三个班的作业。教师备课认真，单元目标写得清楚；课堂上学生动笔、动口的时间还可以再多一些。',
  '随堂看了六个班，和备课组一起议了下周的单元设计。学校把上学期的建议落到了校本设计里，评价任务还需要更具体。',
  '看了两节实验课和一次集体备课，查看了听课记录。学生分组有序，追问偏少，评课时“不足”写得不够实。',
];
const highlights: readonly string[] = [
  '同桌互说用得自然，后排学生也能说完整的话。',
  '备课组把学生的错题做成了单元前测，值得推广。',
  '',
];
const subjects: readonly (Subject | null)[] = [null, null, 'chinese', 'mathematics', 'english'];

/** An hour of a day in China. */
const instant = (day: Day, hour: number): string => `${day}T${String(hour - 8).padStart(2, '0')}:10:00Z`;

/** That many days away; a weekend moves to the Friday before it, or for days to come to the Monday after. */
const schoolDay = (today: Day, days: number): Day => {
  const day = addDays(today, days);
  const beyond = weekdayOf(day) - 5;
  if (beyond <= 0) return day;
  return addDays(day, days < 0 ? -beyond : 3 - beyond);
};

export interface SeededVisit {
  readonly id: string;
  readonly schoolId: string;
  readonly dayOn: Day;
  /** Who went and is of the research office. */
  readonly ledBy: string;
}

/**
 * About half of the units were visited in the last ten weeks, some visits are to come. The first principal by name,
 * who is the demonstration's, was visited and is to be visited again. Answers the visits carried out.
 */
export const seedResearchVisits = async (
  db: Queryable,
  random: SeededRandom,
  today: Day,
): Promise<readonly SeededVisit[]> => {
  const places = await listVisitPlaces(db, { from: today, to: today }, today);
  const officers = await listDistrictPeople(db, today);
  const people = await listVisitPeople(db, today);
  if (places.length === 0 || officers.length === 0) return [];
  const shownSchoolId = await schoolOfFirstPrincipal(db, today);
  const rows: ReturnType<typeof aVisit>[] = [];
  const add = (place: { schoolId: string; stage: Stage }, days: number, state: VisitState): void => {
    const ledBy = random.pick(officers).id;
    const others = random.shuffle(people.filter(({ id }) => id !== ledBy)).slice(0, random.integer(1, 2));
    rows.push(
      aVisit(random, place, {
        dayOn: schoolDay(today, days),
        state,
        team: [ledBy, ...others.map(({ id }) => id)],
        ledBy,
      }),
    );
  };
  for (const place of places) {
    if (place.schoolId === shownSchoolId) {
      add(place, -9, 'shared');
      add(place, 4, 'planned');
    } else if (random.chance(0.45)) {
      const ago = random.integer(3, 70);
      add(place, -ago, ago < 8 && random.chance(0.5) ? 'done' : 'shared');
    } else if (random.chance(0.2)) add(place, random.integer(1, 20), 'planned');
  }
  await insertRows(
    db,
    'classroom.researchVisit',
    rows.map(({ row }) => row),
  );
  await insertRows(
    db,
    'classroom.researchVisitVersion',
    rows.flatMap(({ row }) =>
      row.state === 'shared'
        ? [
            {
              visitId: row.id,
              number: row.version,
              seen: row.seen,
              highlights: row.highlights,
              savedBy: row.plannedBy,
              savedAt: row.savedAt,
            },
          ]
        : [],
    ),
  );
  return rows.flatMap(({ row }) =>
    row.state === 'planned'
      ? []
      : [{ id: row.id, schoolId: row.schoolId, dayOn: row.dayOn, ledBy: row.plannedBy }],
  );
};

const aVisit = (
  random: SeededRandom,
  { schoolId, stage }: { schoolId: string; stage: Stage },
  { dayOn, state, team, ledBy }: { dayOn: Day; state: VisitState; team: readonly string[]; ledBy: string },
) => {
  const visited = state !== 'planned';
  const plannedOn = addDays(dayOn, -7);
  return {
    row: {
      id: random.id(Date.parse(instant(plannedOn, 9))),
      schoolId,
      stage,
      dayOn,
      subject: random.pick(subjects),
      focus: random.pick(focuses),
      announced: true,
      team: [...team],
      state,
      seen: visited ? random.pick(seen) : '',
      highlights: visited ? random.pick(highlights) : '',
      plannedBy: ledBy,
      version: state === 'shared' ? 3 : visited ? 2 : 1,
      savedAt: instant(visited ? dayOn : plannedOn, 17),
      sharedAt: state === 'shared' ? instant(dayOn, 17) : null,
    },
  };
};

const schoolOfFirstPrincipal = async (db: Queryable, today: Day): Promise<string | null> => {
  const row = await db
    .selectFrom('organisation.appointment as held')
    .innerJoin('organisation.person as person', 'person.id', 'held.personId')
    .where('held.post', '=', 'principal')
    .where('held.bodyId', 'is', null)
    .where('held.activeFrom', '<=', today)
    .where((is) => is.or([is('held.activeTo', 'is', null), is('held.activeTo', '>', today)]))
    .select('held.schoolId')
    .orderBy('person.namePinyin')
    .orderBy('person.id')
    .limit(1)
    .executeTakeFirst();
  return row?.schoolId ?? null;
};
