import { insertRows } from '#platform/database/bulk-insert.ts';
import type { Queryable } from '#platform/database/database.ts';
import { addDays, type Day } from '#platform/dates.ts';
import type { SeededRandom } from '#platform/random.ts';
import { listDistrictPeople } from '../finding/people/store.ts';
import { findRubric } from '../rubric/store.ts';
import type { CriterionEntry } from '../shapes/contract.ts';
import type { Step } from '../vocabulary/contract.ts';
import { listInvited, listLeaders } from './store.ts';

const evidence: Readonly<Record<string, string>> = {
  K2: '板书随学生的发言一点点长出来。',
  K4: '三次追问“你是怎么想的”。',
  K6: '小组汇报时教师走到学生中间。',
  K8: '后排两名学生一节课没有动笔。',
  K9: '答错的学生又得到一次机会。',
};
const ladder: readonly Step[] = ['not-seen', 'partly', 'seen-well'];

/** An hour of a day in China. */
const instant = (day: Day, hour: number): string => `${day}T${String(hour - 8).padStart(2, '0')}:20:00Z`;

/** What the lesson showed, and how sharply one person saw it so. */
const entriesOf = (
  random: SeededRandom,
  truth: ReadonlyMap<string, Step>,
  sharpness: number,
): CriterionEntry[] =>
  [...truth].flatMap(([code, step]) => {
    const kind = random.next() * (1 - sharpness);
    if (kind > 0.3) return [];
    if (kind > 0.27) return [{ code, step: 'not-applicable', evidence: '' }];
    return [
      {
        code,
        step: random.chance(sharpness) ? step : random.pick(ladder),
        evidence: random.chance(0.4) ? (evidence[code] ?? '') : '',
      },
    ];
  });

/**
 * One session that is over, with a panel, and one that runs, without. The first principal by name, who is the
 * demonstration's, took part in the first and is invited to the second.
 */
export const seedCalibrations = async (db: Queryable, random: SeededRandom, today: Day): Promise<void> => {
  const leaders = await listLeaders(db, today);
  const principals = leaders.filter(({ post }) => post === 'principal').map(({ personId }) => personId);
  // By name, as the demonstration's principal is chosen.
  const byName = (await listInvited(db, principals)).map(({ id }) => id);
  const officers = (await listDistrictPeople(db, today)).map(({ id }) => id);
  const [shown, organisedBy] = [byName[0], officers[0]];
  if (shown === undefined || organisedBy === undefined) return;
  const { id: rubricId, criteria } = await findRubric(db, { on: today });
  const others = random.shuffle(byName.slice(1));

  const closed = aSession(random, {
    title: '上月听课评课校准',
    subject: 'mathematics',
    grade: 4,
    topic: '三角形的内角和',
    note: '录像在教研室资料柜，各联合体集中观看后当天提交。',
    raters: [shown, ...others.slice(0, 13)],
    panel: random.shuffle(officers.slice(1)).slice(0, 5),
    organisedBy,
    rubricId,
    openedOn: addDays(today, -30),
    deadlineOn: addDays(today, -16),
    isClosed: true,
  });
  const open = aSession(random, {
    title: '本月听课评课校准',
    subject: 'chinese',
    grade: 3,
    topic: '铺满金色巴掌的水泥道',
    note: '录像在教研室资料柜；请独立评，先不交流。',
    raters: [shown, ...others.slice(0, 20)],
    panel: [],
    organisedBy,
    rubricId,
    openedOn: addDays(today, -4),
    deadlineOn: addDays(today, 10),
    isClosed: false,
  });
  const truthOf = (): ReadonlyMap<string, Step> =>
    new Map(criteria.map(({ code }) => [code, random.pick([...ladder, ...ladder.slice(1)])]));
  const ratingsOf = (
    session: typeof closed,
    people: readonly string[],
    truth: ReadonlyMap<string, Step>,
    sharpness: number,
  ) =>
    people.map((personId) => ({
      calibrationId: session.row.id,
      personId,
      number: 1,
      entries: entriesOf(random, truth, sharpness),
      savedAt: instant(addDays(session.openedOn, random.integer(1, 3)), random.integer(9, 20)),
    }));
  const [truth, other] = [truthOf(), truthOf()];
  const ratings = [
    ...ratingsOf(closed, closed.row.raters.slice(0, 12), truth, 0.66),
    ...ratingsOf(closed, closed.row.panel, truth, 0.92),
    ...ratingsOf(open, open.row.raters.slice(1, 8), other, 0.7),
  ];
  await insertRows(db, 'classroom.calibration', [closed.row, open.row]);
  await insertRows(db, 'classroom.calibrationRating', ratings);
};

interface SeededSession {
  readonly title: string;
  readonly subject: string;
  readonly grade: number;
  readonly topic: string;
  readonly note: string;
  readonly raters: string[];
  readonly panel: string[];
  readonly organisedBy: string;
  readonly rubricId: string;
  readonly deadlineOn: Day;
}

/** A session about a film. */
const aSession = (
  random: SeededRandom,
  { openedOn, isClosed, ...plan }: SeededSession & { openedOn: Day; isClosed: boolean },
) => ({
  openedOn,
  row: {
    id: random.id(Date.parse(instant(openedOn, 9))),
    ...plan,
    mode: 'video',
    state: isClosed ? 'closed' : 'open',
    version: isClosed ? 3 : 2,
    openedAt: instant(openedOn, 10),
    closedAt: isClosed ? instant(plan.deadlineOn, 17) : null,
    savedAt: instant(isClosed ? plan.deadlineOn : openedOn, 17),
  },
});
