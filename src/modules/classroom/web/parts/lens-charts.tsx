import { type ReactNode, useId } from 'react';
import { chinaClock, chinaDay, chineseDate } from '#platform/dates.ts';
import { Bars } from '#web/ui/bars.tsx';
import { Facts } from '#web/ui/page.tsx';
import type { LensContent, LensDetail, Phases, Question } from '../../lens/contract.ts';
import { durationLabel, phaseSpans, shareLabel, tallyQuestions } from '../../lens/rules.ts';
import {
  followUpKindLabels,
  followUpKinds,
  phaseKindLabels,
  questionTypeHints,
  questionTypeLabels,
  questionTypes,
} from '../../lens/vocabulary/contract.ts';
import { CodingCharts } from './lens-coding-charts.tsx';
import { StCharts } from './lens-st-charts.tsx';
import './lens-charts.css';

interface LensChartsProps {
  readonly content: LensContent;
  readonly corrections: LensDetail['corrections'];
}

export const LensCharts = ({ content, corrections }: LensChartsProps): ReactNode => {
  const { phases, questions, talk, st, coding } = content;
  const hasTalk = talk.iMessages + talk.youMessages > 0 || talk.quotation !== '';
  return (
    <div className="lens-charts">
      {phases === null ? null : <PhaseChart phases={phases} />}
      {questions.length === 0 ? null : <QuestionCharts questions={questions} />}
      {hasTalk ? <TalkFigures talk={talk} /> : null}
      {st === null ? null : <StCharts st={st} />}
      {coding === null ? null : <CodingCharts coding={coding} />}
      {corrections.map(({ number, reason, madeAt }) => (
        <p key={number} className="muted small">
          {chineseDate(chinaDay(new Date(madeAt)))} {chinaClock(new Date(madeAt))} 更正：{reason}
        </p>
      ))}
    </div>
  );
};

const PhaseChart = ({ phases }: { phases: Phases }): ReactNode => {
  const spans = phaseSpans(phases);
  const title = useId();
  const total = spans.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  const described = spans
    .map(
      ({ kind, seconds }) =>
        `${phaseKindLabels[kind]}${seconds === null ? '' : ` ${durationLabel(seconds)}`}`,
    )
    .join('，');
  return (
    <section aria-labelledby={title} className="lens-chart">
      <h3 id={title}>教学环节</h3>
      {total === 0 ? null : (
        <svg
          viewBox={`0 0 ${total} 10`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`教学环节：${described}`}
          className="lens-strip"
        >
          {spans.map(({ from, seconds }, index) => (
            <rect
              key={index}
              x={from}
              y="0"
              width={seconds ?? 0}
              height="10"
              className={index % 2 === 0 ? 'lens-fill' : 'lens-fill-light'}
            />
          ))}
        </svg>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">环节</th>
            <th scope="col">开始</th>
            <th scope="col">用时</th>
          </tr>
        </thead>
        <tbody>
          {spans.map(({ kind, label, from, seconds }, index) => (
            <tr key={index}>
              <td>
                {phaseKindLabels[kind]}
                {label === '' ? '' : `（${label}）`}
              </td>
              <td>{from === 0 ? '开始' : `第 ${durationLabel(from)}`}</td>
              <td>{seconds === null ? '–' : durationLabel(seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const QuestionCharts = ({ questions }: { questions: readonly Question[] }): ReactNode => {
  const tally = tallyQuestions(questions);
  const title = useId();
  const kinds = followUpKinds
    .filter((kind) => tally.followUpCounts[kind] > 0)
    .map((kind) => `${followUpKindLabels[kind]} ${tally.followUpCounts[kind]} 次`);
  return (
    <section aria-labelledby={title} className="lens-chart">
      <h3 id={title}>老师的提问（四何）</h3>
      <Bars
        caption={`共 ${tally.total} 问：${questionTypes
          .map(
            (type) =>
              `${questionTypeLabels[type]} ${tally.counts[type]}（${shareLabel(tally.shares[type])}）`,
          )
          .join('，')}`}
        labelTitle="问题"
        valueTitle="次数"
        rows={questionTypes.map((type) => ({
          label: `${questionTypeLabels[type]}（${questionTypeHints[type]}）`,
          value: tally.counts[type],
        }))}
      />
      <Facts
        items={[
          ['有追问的', `${tally.followedUp} 问，占 ${shareLabel(tally.followedUpShare)}`],
          ['追问', `共 ${tally.followUps} 次${kinds.length === 0 ? '' : `：${kinds.join('，')}`}`],
          ['最长的一串', `${tally.longestChain} 问相连`],
        ]}
      />
    </section>
  );
};

const TalkFigures = ({ talk }: { talk: LensContent['talk'] }): ReactNode => {
  const title = useId();
  return (
    <section aria-labelledby={title} className="lens-chart">
      <h3 id={title}>我向语言与你向语言</h3>
      <Facts
        items={[
          ['我向语言', `${talk.iMessages} 次`],
          ['你向语言', `${talk.youMessages} 次`],
        ]}
      />
      {talk.quotation === '' ? null : <blockquote className="lens-quotation">“{talk.quotation}”</blockquote>}
    </section>
  );
};
