import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { yuanText } from '#modules/classroom/budget/rules.ts';
import { openingSentence, rateOf } from '#modules/classroom/room-use/rules.ts';
import { roomKindLabels } from '#modules/classroom/room-use/vocabulary/contract.ts';
import { shareText } from '#modules/classroom/writing-check/rules.ts';
import { aspectLabels, aspects } from '#modules/classroom/writing-check/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { linkTo } from '#web/ui/button.tsx';
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
    <p>
      课堂诊断计划：{data.diagnosisPlans.leaders} 位负责人中 {data.diagnosisPlans.confirmed}{' '}
      位已确定本学期的计划。
      <Link {...linkTo('/diagnosis-plans', { schoolId: data.school.id, termId: data.term.id })}>
        查看计划一览
      </Link>
    </p>
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

/** E3: rooms, their use, the library's hours, experiments, money. */
const Conditions = ({ data }: EvidenceProps): ReactNode => {
  const { conditions, school, period } = data;
  const list = (more: Record<string, string>) => ({
    to: '/rooms/list',
    search: { schoolId: school.id, ...period, ...more },
  });
  const { experimentsRequired, experimentsHeld, plannedFen, spentFen } = conditions;
  const rate = rateOf(experimentsHeld, experimentsRequired);
  return (
    <>
      <div className="figures">
        {conditions.rooms
          .filter(({ rooms, uses }) => rooms > 0 || uses > 0)
          .map(({ kind, rooms, uses }) => (
            <Figure
              key={kind}
              label={roomKindLabels[kind]}
              value={uses}
              unit="次"
              note={`${rooms} 间，本学期使用`}
              {...list({ kind })}
            />
          ))}
        <Figure
          label="实验已开出"
          value={experimentsHeld}
          unit="项"
          note={rate === null ? '应开实验表还是空的' : `应开 ${experimentsRequired} 项，开出率 ${rate}%`}
          {...list({ from: conditions.yearFrom, purpose: 'experiment', held: 'true', required: 'true' })}
        />
        <Figure
          label="研训经费支出"
          value={yuanText(spentFen)}
          unit="元"
          note={plannedFen === null ? '未登记预算' : `预算 ${yuanText(plannedFen)} 元`}
          to="/training-budget"
          search={{ schoolId: school.id, schoolYear: String(conditions.schoolYear) }}
        />
      </div>
      <p>图书室：{openingSentence(conditions.libraryMinutes, conditions.libraryHoursWanted)}。</p>
      <Until
        data={data}
        rule="一次预约计一次使用，已取消的不计；实验和经费按学年。开出率是应开实验中至少有一个班开出的项数所占的比例。"
      />
    </>
  );
};

const evidenceOf: Readonly<Record<string, (props: EvidenceProps) => ReactNode>> = {
  E1: Homework,
  E3: Conditions,
  E4: Observing,
  E10: Writing,
};

/** The numbers of an item, each opening its rows. */
export const ItemEvidence = ({ code, data }: EvidenceProps & { code: string }): ReactNode => {
  const Evidence = evidenceOf[code];
  return Evidence === undefined ? null : <Evidence data={data} />;
};
