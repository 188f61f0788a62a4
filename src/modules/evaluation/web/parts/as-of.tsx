import type { ReactNode } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import type { TermOfFigures } from '../../contract.ts';

interface AsOfProps {
  readonly term: TermOfFigures;
  readonly asOf: string;
  readonly rule: string;
}

/** How a page's numbers were counted, over which period and up to when. */
export const AsOf = ({ term, asOf, rule }: AsOfProps): ReactNode => {
  const moment = new Date(asOf);
  return (
    <div className="notice small">
      <p>
        统计期：{term.name}（{chineseDate(term.startsOn)}至{chineseDate(term.endsOn)}），已过教学日{' '}
        {term.elapsedTeachingDays}／{term.totalTeachingDays} 天；数据截至{chineseDate(chinaDay(moment))}
        {chinaClock(moment)}。
      </p>
      <p>统计口径：{rule}</p>
    </div>
  );
};
