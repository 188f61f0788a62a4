import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { findingStateLabels, findingTypeLabels } from '#modules/classroom/finding/vocabulary/contract.ts';
import { isInLeadingGroup } from '#modules/organisation/rules.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { linkTo } from '#web/ui/button.tsx';
import { Badge, Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { Circular, Figures } from '../contract.ts';
import './parts/circulars.css';
import { circulars } from './parts/api.ts';
import { Paper } from './parts/paper.tsx';
import { Receipts } from './parts/receipts.tsx';
import { StateBadge } from './parts/state-badge.tsx';
import { StepButtons } from './parts/step-buttons.tsx';

const moment = (at: string): string => {
  const instant = new Date(at);
  return `${chineseDate(chinaDay(instant))} ${chinaClock(instant)}`;
};

export const Page = (): ReactNode => {
  const { circularId = '' } = useParams({ strict: false });
  const query = useQuery(circulars.query.getCircular.queryOptions({ input: { id: circularId } }));
  return (
    <Loaded query={query}>{(circular) => <CircularView key={circular.id} circular={circular} />}</Loaded>
  );
};

/** Opening an issued circular leaves the receipt, once. */
const useReceipt = ({ id, readByMe, state }: Circular): void => {
  const { mutate } = useAction(circulars.client.openCircular);
  const left = useRef(false);
  useEffect(() => {
    if (readByMe !== false || state !== 'issued' || left.current) return;
    left.current = true;
    mutate({ id });
  }, [id, readByMe, state, mutate]);
};

const FiguresLink = ({ query }: { query: Figures['query'] }): ReactNode => {
  const { measure, from, to, termId } = query;
  if (measure === 'writing.check')
    return <Link {...linkTo('/writing-checks/list', { from, to })}>打开书写检查记录，核对数字</Link>;
  if (measure === 'finding.summary')
    return (
      <Link {...linkTo('/findings', { kind: 'district', counted: 'true', from, to })}>
        打开计入统计的问题，核对数字
      </Link>
    );
  return (
    <Link {...linkTo('/progress/district', termId === null ? {} : { termId })}>
      打开区级听课进度，核对数字
    </Link>
  );
};

/** The findings a letter is about; the school answers there. */
const AboutFindings = ({
  findings,
  school,
}: {
  findings: Circular['findings'];
  school: boolean;
}): ReactNode => (
  <Panel title="对应的问题" lead={school ? '在每个问题里认领、写措施、报完成。' : undefined}>
    <ul className="circular-list">
      {findings.map(({ id, type, description, deadlineOn, state }) => (
        <li key={id}>
          <Link {...linkTo(`/findings/${id}`)}>
            {findingTypeLabels[type]}：{description}
          </Link>{' '}
          <Badge tone={state === 'closed' ? 'good' : 'info'}>{findingStateLabels[state]}</Badge>
          {deadlineOn === null ? null : <span className="muted"> 期限{chineseDate(deadlineOn)}</span>}
        </li>
      ))}
    </ul>
  </Panel>
);

const CircularView = ({ circular }: { circular: Circular }): ReactNode => {
  const me = useMe();
  useReceipt(circular);
  const { id, state, figures, edited, checked, signed, issued } = circular;
  const seesAll = isInLeadingGroup(me);
  return (
    <Frame
      title={circular.title}
      back={{ to: '/circulars', label: '通报与通知' }}
      actions={
        <>
          <a className="button button-plain button-normal" href={`/files/circulars/${id}/pdf`} download>
            下载 PDF
          </a>
          <a className="button button-plain button-normal" href={`/files/circulars/${id}/docx`} download>
            下载 Word
          </a>
        </>
      }
    >
      <div className="row no-print">
        <StateBadge state={state} />
        {circular.readByMe === true ? <span className="muted">您已阅读</span> : null}
      </div>
      {circular.returnedReason === null ? null : (
        <p className="notice notice-warn">退回修改：{circular.returnedReason}</p>
      )}
      {circular.voidReason === null ? null : (
        <p className="notice notice-bad">本件已作废：{circular.voidReason}。发文字号留存，不再使用。</p>
      )}
      {circular.namesInText.length === 0 ? null : (
        <p className="notice notice-warn no-print">
          整改通知书不写学校人员的姓名。正文里有{circular.namesInText.map((name) => `“${name}”`).join('、')}
          ，与这所学校人员的姓名相同，请改成职务。
        </p>
      )}
      <StepButtons circular={circular} />
      {circular.findings.length === 0 ? null : (
        <AboutFindings findings={circular.findings} school={!seesAll} />
      )}
      <Paper circular={circular} />
      {figures === null ? null : (
        <Panel title="数据来源">
          <p>
            {figures.query.stated}；数据截至{moment(figures.asOf)}。
          </p>
          <p className="muted small">{figures.rule}</p>
          {seesAll ? (
            <p>
              <FiguresLink query={figures.query} />
            </p>
          ) : null}
        </Panel>
      )}
      {seesAll ? (
        <Panel title="办理过程">
          <Facts
            items={[
              ['起草', `${circular.draftedByName}　${moment(circular.draftedAt)}`],
              ['最后修改', edited === null ? '—' : `${edited.name}　${moment(edited.at)}`],
              ['核稿', checked === null ? '—' : `${checked.name}　${moment(checked.at)}`],
              ['签发', signed === null ? '—' : `${signed.name}　${moment(signed.at)}`],
              ['印发', issued === null ? '—' : `${issued.name}　${moment(issued.at)}`],
            ]}
          />
        </Panel>
      ) : null}
      {seesAll && (state === 'issued' || (state === 'voided' && circular.documentNumber !== null)) ? (
        <Receipts circularId={id} />
      ) : null}
    </Frame>
  );
};
