import { sql } from 'kysely';
import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import type { FindingFigures, FindingFlag, FindingType } from '../contract.ts';
import { defaultFindingSettings, findingSettingKeys } from '../rules.ts';
import { flagged, isCountedOn } from '../store.ts';

/** The numbers in force on a day. */
export const readFindingSettings = async (
  db: Queryable,
  on: Day,
): Promise<{ answerDays: number; deadlineDays: number }> => ({
  answerDays: await readSetting<number>(
    db,
    findingSettingKeys.answerDays,
    on,
    defaultFindingSettings.answerDays,
  ),
  deadlineDays: await readSetting<number>(
    db,
    findingSettingKeys.deadlineDays,
    on,
    defaultFindingSettings.deadlineDays,
  ),
});

export interface FiguresFilter {
  /** First and last day of finding, both inclusive. */
  readonly from: Day;
  readonly to: Day;
  /** The China day as of which open and overdue are meant. */
  readonly today: Day;
  /** Left out: all schools. */
  readonly schoolIds?: readonly string[] | undefined;
}

const counted = (db: Queryable, { from, to, today, schoolIds }: FiguresFilter) => {
  const countOf = (flag: FindingFlag) => sql<number>`count(*) filter (where ${flagged(flag, today)})`;
  return db
    .selectFrom('classroom.finding as f')
    .where(isCountedOn(today))
    .where('f.foundOn', '>=', from)
    .where('f.foundOn', '<=', to)
    .$if(schoolIds !== undefined, (query) => query.where('f.schoolId', 'in', [...(schoolIds ?? [])]))
    .select([
      sql<number>`count(*)`.as('total'),
      countOf('open').as('open'),
      countOf('overdue').as('overdue'),
      countOf('closed').as('closed'),
      countOf('rechecked').as('rechecked'),
      countOf('sent-back').as('sentBack'),
      countOf('repeated').as('repeated'),
      sql<number | null>`percentile_cont(0.5) within group (order by f.closed_on - f.handed_over_on)
        filter (where ${flagged('closed', today)})`.as('medianDays'),
    ]);
};

const isEmpty = ({ schoolIds }: FiguresFilter): boolean => schoolIds?.length === 0;
/** The figures where there is nothing. */
export const noFindings: FindingFigures = {
  total: 0,
  open: 0,
  overdue: 0,
  closed: 0,
  rechecked: 0,
  sentBack: 0,
  repeated: 0,
  medianDays: null,
};

/** Figures over all schools asked for: only findings from the district, and only those that count. */
export const findingFiguresOf = async (db: Queryable, filter: FiguresFilter): Promise<FindingFigures> =>
  isEmpty(filter) ? noFindings : counted(db, filter).executeTakeFirstOrThrow();

/** The same by school; a school without any is left out. */
export const findingFiguresBySchool = async (
  db: Queryable,
  filter: FiguresFilter,
): Promise<ReadonlyMap<string, FindingFigures>> => {
  if (isEmpty(filter)) return new Map();
  const rows = await counted(db, filter).groupBy('f.schoolId').select('f.schoolId').execute();
  return new Map(rows.map(({ schoolId, ...figures }) => [schoolId, figures]));
};

export const findingFiguresByType = async (
  db: Queryable,
  filter: FiguresFilter,
): Promise<ReadonlyMap<FindingType, FindingFigures>> => {
  if (isEmpty(filter)) return new Map();
  const rows = await counted(db, filter)
    .groupBy('f.type')
    .select(sql<FindingType>`f.type`.as('type'))
    .execute();
  return new Map(rows.map(({ type, ...figures }) => [type, figures]));
};
