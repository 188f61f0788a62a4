import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { gradeLabels, subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { useMe } from '#web/session.tsx';
import { todayHere } from '#web/today.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { Badge, Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { ObservationDetail } from '../contract.ts';
import { slotsLabel } from '../rules.ts';
import {
  capacityLabels,
  lessonTypeLabels,
  modeLabels,
  occasionLabels,
  stateLabels,
  stepLabels,
  stepTones,
} from '../vocabulary/contract.ts';
import { AgreedChange, GiveFeedback, Reply, Withdraw } from './parts/after-lesson.tsx';
import { classroom } from './parts/api.ts';
import { DebriefOfLesson } from './parts/debrief-of-lesson.tsx';
import { EarlierAgreed, FollowUpPanel } from './parts/follow-up.tsx';
import { LensPanel } from './parts/lens-panel.tsx';
import { NextLesson } from './parts/next-lesson.tsx';
import { PassOn } from './parts/pass-on.tsx';
import './classroom.css';

export const Page = (): ReactNode => {
  const me = useMe();
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    classroom.query.getObservation.queryOptions({ input: { id: params['observationId'] ?? '' } }),
  );
  const isMine = query.data?.observerId === me.personId;
  return (
    <Frame
      title="听课记录"
      width="narrow"
      back={
        query.data === undefined || isMine
          ? { to: '/observations/mine', label: '我的听课' }
          : query.data.may.reply
            ? { to: '/observations/feedback', label: '听课反馈' }
            : { to: '/observations/school', label: '本校与本学科听课' }
      }
    >
      <Loaded query={query}>{(detail) => <Observation detail={detail} isMine={isMine} />}</Loaded>
    </Frame>
  );
};

const momentOf = (instant: string): string => {
  const at = new Date(instant);
  return `${chineseDate(chinaDay(at))} ${chinaClock(at)}`;
};

const Observation = ({ detail, isMine }: { detail: ObservationDetail; isMine: boolean }): ReactNode => {
  const { content, may } = detail;
  return (
    <>
      {detail.withdrawn ? (
        <p className="notice notice-bad">已撤回，不再计入。原因：{detail.withdrawnReason}</p>
      ) : null}
      {may.edit && detail.state === 'finalised' ? <GiveFeedback detail={detail} /> : null}
      {isMine && may.edit && detail.dayOn === todayHere() ? <NextLesson content={content} /> : null}
      {may.edit ? <EarlierAgreed detail={detail} /> : null}
      <Panel
        title={`${detail.classLabel} ${detail.subject === null ? '' : subjectLabels[detail.subject]}${detail.topic === '' ? '' : `《${detail.topic}》`}`}
        actions={
          may.edit ? (
            <ButtonLink to={`/observations/${detail.id}/edit`}>
              {detail.state === 'draft' ? '继续填写' : '更正'}
            </ButtonLink>
          ) : undefined
        }
      >
        <Facts
          items={[
            ['授课教师', detail.teacherName],
            ['听课人', `${detail.observerName}（${capacityLabels[detail.capacity]}）`],
            ['时间', `${chineseDate(detail.dayOn)} ${slotsLabel(detail.slotFrom, detail.slotTo)}`],
            ['学校', `${detail.schoolName ?? ''}${detail.away ? '（外校）' : ''}`],
            ['年级', detail.grade === null ? '' : (gradeLabels[detail.grade] ?? '')],
            ['课型', detail.lessonType === null ? '' : lessonTypeLabels[detail.lessonType]],
            [
              '性质',
              `${occasionLabels[content.occasion]}，${content.announced ? '提前告知' : '推门听课'}，${modeLabels[detail.mode]}`,
            ],
            ['状态', `${stateLabels[detail.state]}${detail.late ? '，补记' : ''}`],
            ...(isMine ? [['送达', `已收到（回执号 ${detail.receipt}）`] as const] : []),
          ]}
        />
        {content.offDayReason === '' ? null : <p className="muted">非教学日听课：{content.offDayReason}</p>}
      </Panel>
      <Panel title="小结">
        <Said label="优点" text={content.strengths} />
        <Said label="不足" text={content.toImprove} />
        <Said label="建议" text={content.suggestion} />
        {detail.state === 'draft' ? null : (
          <PassOn source="observation" sourceId={detail.id} about="这节课的不足" />
        )}
      </Panel>
      <Criteria detail={detail} />
      <LensPanel detail={detail} isMine={isMine} />
      {detail.fedBackAt === null ? null : <AgreedChange detail={detail} />}
      {detail.agreedChange === '' ? null : <FollowUpPanel observationId={detail.id} />}
      {detail.replies.length === 0 && !may.reply ? null : (
        <Panel title="老师的回复">
          {detail.replies.map(({ id, personName, text, at }) => (
            <div key={id} className="said">
              <h3>
                {personName} <small className="muted">{momentOf(at)}</small>
              </h3>
              <p>{text}</p>
            </div>
          ))}
          {may.reply ? <Reply detail={detail} /> : null}
        </Panel>
      )}
      {detail.corrections.length === 0 ? null : (
        <Panel title="更正">
          <ul className="plain-list">
            {detail.corrections.map(({ number, reason, madeAt }) => (
              <li key={number}>
                {momentOf(madeAt)} {reason}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {isMine && may.edit && detail.state !== 'draft' ? <DebriefOfLesson observationId={detail.id} /> : null}
      {isMine && may.edit ? <Withdraw detail={detail} /> : null}
    </>
  );
};

const Said = ({ label, text }: { label: string; text: string }): ReactNode =>
  text.trim() === '' ? null : (
    <div className="said">
      <h3>{label}</h3>
      <p>{text}</p>
    </div>
  );

const Criteria = ({ detail }: { detail: ObservationDetail }): ReactNode => {
  const noted = detail.content.criteria.filter(({ step }) => step !== null);
  if (noted.length === 0) return null;
  return (
    <Panel title="观察">
      <ol className="criteria">
        {noted.map(({ code, step, evidence }) => {
          const criterion = detail.rubric.find((one) => one.code === code);
          return (
            <li key={code} className="criterion">
              <details className="criterion-wording">
                <summary>
                  <span className="criterion-number">{code.slice(1)}</span>
                  {criterion?.label}
                  {step === null ? null : <Badge tone={stepTones[step]}>{stepLabels[step]}</Badge>}
                </summary>
                <p>{criterion?.wording}</p>
              </details>
              {evidence === '' ? null : <p>{evidence}</p>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
};
