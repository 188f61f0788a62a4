import {
  findingFiguresBySchool,
  findingFiguresByType,
  findingFiguresOf,
  noFindings,
  readFindingSettings,
} from '#modules/classroom/finding/figures/store.ts';
import { listUnitsWith } from '#modules/classroom/finding/people/store.ts';
import { findingTypes } from '#modules/classroom/finding/vocabulary/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { invalid } from '#platform/refusal.ts';
import type { Period } from '../bulletin/actions.ts';
import type { Block, Figures } from '../contract.ts';
import { countLetters } from '../store.ts';
import { composeFindingSummary, summaryRule } from './rules.ts';

/** Text and figures of a period's bulletin on findings as the records stand now; the period may be a month or a term. */
export const writeFindingSummary = async (
  db: Queryable,
  period: Period,
  now: Date,
): Promise<{ body: Block[]; figures: Figures }> => {
  const today = chinaDay(now);
  const { from } = period;
  if (from > today) throw invalid('这个月还没有到，请选择本月或以前的月份。');
  const to = period.to < today ? period.to : today;
  const filter = { from, to, today };
  const all = await findingFiguresOf(db, filter);
  const byType = await findingFiguresByType(db, filter);
  const bySchool = await findingFiguresBySchool(db, filter);
  const units = await listUnitsWith(db, [...bySchool.keys()], today);
  const { answerDays } = await readFindingSettings(db, today);
  const letters = await countLetters(db, { from, to });
  return {
    body: composeFindingSummary({
      from,
      to,
      all,
      types: findingTypes.map((type) => ({ type, ...(byType.get(type) ?? noFindings) })),
      schools: units.map(({ schoolId, schoolName }) => ({
        schoolName,
        ...(bySchool.get(schoolId) ?? noFindings),
      })),
      letters,
      answerDays,
      asOf: `${chineseDate(today)}${chinaClock(now)}`,
    }),
    figures: {
      asOf: now.toISOString(),
      rule: summaryRule(answerDays),
      query: {
        measure: 'finding.summary',
        termId: null,
        from,
        to,
        stated: `${chineseDate(from)}至${chineseDate(to)}发现、已计入区级统计的问题`,
      },
      values: {
        total: all.total,
        open: all.open,
        overdue: all.overdue,
        closed: all.closed,
        rechecked: all.rechecked,
        sentBack: all.sentBack,
        repeated: all.repeated,
        ...(all.medianDays === null ? {} : { medianDays: all.medianDays }),
        letters,
      },
    },
  };
};
