import { writingFigures } from '#modules/classroom/writing-check/store.ts';
import { stages as allStages } from '#modules/organisation/contract.ts';
import type { Queryable } from '#platform/database/database.ts';
import { chineseDate } from '#platform/dates.ts';
import { openMonth, type Period } from '../bulletin/actions.ts';
import type { Block, Figures } from '../contract.ts';
import { composeWritingBulletin, writingRule } from './rules.ts';

/** Text and figures of a month's bulletin on handwriting as the records stand now. */
export const writeWritingBulletin = async (
  db: Queryable,
  month: Period,
  now: Date,
): Promise<{ body: Block[]; figures: Figures }> => {
  const { term, from, to, asOf } = await openMonth(db, month, now);
  const { stages, ...figures } = await writingFigures(db, { from, to });
  const { total } = figures;
  return {
    body: composeWritingBulletin({
      ...figures,
      from,
      to,
      asOf,
      stages: allStages.flatMap((stage) => {
        const found = stages.find(({ key }) => key === stage);
        return found === undefined ? [] : [{ ...found, stage }];
      }),
    }),
    figures: {
      asOf: now.toISOString(),
      rule: writingRule,
      query: {
        measure: 'writing.check',
        termId: term.id,
        from,
        to,
        stated: `${chineseDate(from)}至${chineseDate(to)}，各校书写检查`,
      },
      values: { schools: figures.schools, byDistrict: figures.byDistrict, ...total },
    },
  };
};
