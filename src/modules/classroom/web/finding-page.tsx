import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { RecordParts } from '#web/record-parts.tsx';
import { useMe } from '#web/session.tsx';
import { Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { FindingDetail, FindingEvent } from '../finding/contract.ts';
import {
  type FindingSource,
  findingActLabels,
  findingRoleLabels,
  findingSourceLabels,
  findingTypeLabels,
} from '../finding/vocabulary/contract.ts';
import { readsFindingFigures } from './nav.tsx';
import { classroom } from './parts/api.ts';
import { FindingBadges, whereOf } from './parts/finding-list.tsx';
import { FindingSteps } from './parts/finding-steps.tsx';
import './classroom.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    classroom.query.getFinding.queryOptions({ input: { id: params['findingId'] ?? '' } }),
  );
  return (
    <Frame title="问题整改" width="narrow" back={{ to: '/findings', label: '问题整改' }}>
      <Loaded query={query}>{(finding) => <Finding finding={finding} />}</Loaded>
    </Frame>
  );
};

const dayOr = (day: string | null): string => (day === null ? '—' : chineseDate(day));

const responsibleOf = ({ responsiblePost, responsibleName }: FindingDetail): string =>
  responsibleName ?? (responsiblePost === null ? '—' : findingRoleLabels[responsiblePost]);

const Finding = ({ finding }: { finding: FindingDetail }): ReactNode => (
  <>
    <Panel title={`${finding.schoolName}：${findingTypeLabels[finding.type]}`}>
      <FindingBadges row={finding} />
      <div className="said">
        <p>{finding.description}</p>
      </div>
      {finding.advice === '' ? null : (
        <div className="said">
          <h3>建议</h3>
          <p>{finding.advice}</p>
        </div>
      )}
      <Facts
        items={[
          ['来源', `${findingSourceLabels[finding.source]}，${chineseDate(finding.foundOn)}`],
          ...(whereOf(finding) === '' ? [] : [['年级、学科、地点', whereOf(finding)] as const]),
          ['责任', responsibleOf(finding)],
          ['整改期限', dayOr(finding.deadlineOn)],
          ['回头看', finding.checkerName ?? '—'],
          ...(finding.closedOn === null ? [] : [['销号', dayOr(finding.closedOn)] as const]),
        ]}
      />
      {finding.repeats === null ? null : (
        <p>
          重复发生：
          <Link to="/findings/$findingId" params={{ findingId: finding.repeats.id }}>
            {chineseDate(finding.repeats.foundOn)} {finding.repeats.description}
          </Link>
        </p>
      )}
      <SourceLink finding={finding} />
      <CountNote finding={finding} />
      <FindingSteps finding={finding} />
    </Panel>
    {finding.kind === 'district' && finding.handedOverOn !== null ? (
      <RecordParts record="finding" id={finding.id} />
    ) : null}
    <Panel title="经过">
      <ol className="finding-history">
        {finding.events.map((event) => (
          <Happened key={event.number} event={event} schoolName={finding.schoolName} />
        ))}
      </ol>
    </Panel>
  </>
);

const sourcePages: Partial<Readonly<Record<FindingSource, { path: string; label: string }>>> = {
  'research-visit': { path: '/research-visits/', label: '看这次巡研' },
  patrol: { path: '/patrols/', label: '看这次巡课' },
  observation: { path: '/observations/', label: '看这节课的记录' },
  'handwriting-check': { path: '/writing-checks/', label: '看这次书写检查' },
};

/** Whoever leads the school or works for the district may open where it comes from; others see the finding alone. */
const SourceLink = ({ finding: { source, sourceId } }: { finding: FindingDetail }): ReactNode => {
  const me = useMe();
  const page = sourcePages[source];
  if (page === undefined || sourceId === null || !readsFindingFigures(me)) return null;
  return (
    <p>
      <Link to={`${page.path}${sourceId}`}>{page.label}</Link>
    </p>
  );
};

const CountNote = ({ finding }: { finding: FindingDetail }): ReactNode =>
  finding.kind === 'district' &&
  finding.answerUntil !== null &&
  !finding.counted &&
  finding.state !== 'cancelled' ? (
    <p className="notice">
      学校在{chineseDate(finding.answerUntil)}以前可以说明；学校认领或期满以后才计入区级统计。
    </p>
  ) : null;

const momentOf = (instant: string): string => {
  const at = new Date(instant);
  return `${chineseDate(chinaDay(at))} ${chinaClock(at)}`;
};

const dayText = ({ act, dayOn }: FindingEvent): string => {
  if (dayOn === null) return '';
  return act === 'ask-extension' ? `希望延到${chineseDate(dayOn)}` : `期限${chineseDate(dayOn)}`;
};

const Happened = ({ event, schoolName }: { event: FindingEvent; schoolName: string }): ReactNode => (
  <li className="said">
    <h3>
      {findingActLabels[event.act]}{' '}
      <small className="muted">
        {momentOf(event.at)} · {event.personName ?? schoolName}（{findingRoleLabels[event.role]}）
      </small>
    </h3>
    {event.text === '' ? null : <p>{event.text}</p>}
    {event.dayOn === null ? null : <p className="muted">{dayText(event)}</p>}
  </li>
);
