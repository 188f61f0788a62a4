import type { ReactNode } from 'react';
import { shareText } from '#modules/classroom/writing-check/rules.ts';
import { aspectLabels, aspects } from '#modules/classroom/writing-check/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Figure } from '#web/ui/page.tsx';
import type { SchoolEvaluation } from '../../contract.ts';
import { AsOf } from './as-of.tsx';
import { ObserversTable } from './observers-table.tsx';

interface EvidenceProps {
  readonly data: SchoolEvaluation;
}

const Until = ({ data, rule }: EvidenceProps & { rule: string }): ReactNode => {
  const moment = new Date(data.asOf);
  return (
    <p className="notice small">
      {chineseDate(data.period.from)}至{chineseDate(data.period.to)}，截至{chineseDate(chinaDay(moment))}
      {chinaClock(moment)}。{rule}
    </p>
  );
};

/** E4: who leads the school, and the lessons they observed. */
const Observing = ({ data }: EvidenceProps): ReactNode => (
  <>
    <ObserversTable observers={data.observers} term={data.term} />
    <AsOf term={data.term} asOf={data.asOf} rule={data.rule} />
  </>
);

/** E10: checks and their four counts. */
const Writing = ({ data }: EvidenceProps): ReactNode => {
  const { writing, school, period } = data;
  const rows = { to: '/writing-checks/list', search: { schoolId: school.id, ...period } };
  return (
    <>
      <div className="figures">
        <Figure
          label="书写检查"
          value={writing.checks}
          unit="次"
          note={`其中入校巡查 ${writing.byDistrict} 次`}
          {...rows}
        />
        {aspects.map((aspect) => (
          <Figure
            key={aspect}
            label={aspectLabels[aspect]}
            value={writing[aspect]}
            unit="人"
            note={shareText(writing[aspect], writing.sample)}
            {...rows}
          />
        ))}
      </div>
      <Until data={data} rule="合格人数占抽查人数；不足10人只列人数。不含已撤回的检查。" />
    </>
  );
};

/** E1 d): the day's written homework of a class against the limit. */
const Homework = ({ data }: EvidenceProps): ReactNode => {
  const { homework, school, period } = data;
  const rows = (more: Record<string, string>) => ({
    to: '/homework/list',
    search: { schoolId: school.id, ...period, ...more },
  });
  return (
    <>
      <div className="figures">
        <Figure label="作业公示" value={homework.posted} unit="班·天" {...rows({ kind: 'posted' })} />
        <Figure
          label="公示超上限"
          value={homework.postedOver}
          unit="班·天"
          {...rows({ kind: 'posted', over: 'true' })}
        />
        <Figure label="作业抽查" value={homework.spot} unit="班·天" {...rows({ kind: 'spot' })} />
        <Figure
          label="抽查超上限"
          value={homework.spotOver}
          unit="班·天"
          {...rows({ kind: 'spot', over: 'true' })}
        />
      </div>
      <Until data={data} rule="一个班的一天计一次，按各科书面作业合计与当天的上限比较。" />
    </>
  );
};

const evidenceOf: Readonly<Record<string, (props: EvidenceProps) => ReactNode>> = {
  E1: Homework,
  E4: Observing,
  E10: Writing,
};

/** The numbers of an item, each opening its rows. */
export const ItemEvidence = ({ code, data }: EvidenceProps & { code: string }): ReactNode => {
  const Evidence = evidenceOf[code];
  return Evidence === undefined ? null : <Evidence data={data} />;
};
