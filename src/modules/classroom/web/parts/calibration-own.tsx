import type { ReactNode } from 'react';
import { Badge, Panel } from '#web/ui/page.tsx';
import type { CalibrationDetail, Figures } from '../../calibration/contract.ts';
import { entryWithin, medianLabel } from '../../calibration/rules.ts';
import { leastRaters } from '../../calibration/vocabulary/contract.ts';
import { stepLabels, stepTones } from '../../vocabulary/contract.ts';
import { countsText, StepLegend, StepStrip } from './calibration-steps.tsx';

export const referenceLabels: Readonly<Record<Figures['reference'], string>> = {
  panel: '专家组的中位数',
  rater: '全体评课人的中位数',
};

/** One's own steps beside the reference and the counts; for oneself alone. */
export const CalibrationOwn = ({ session }: { session: CalibrationDetail }): ReactNode => {
  const { own, rating, rubric } = session;
  if (own === null || rating === null)
    return (
      <Panel title="我的对照">
        <p>这次您没有提交，所以没有对照。下次收到邀请，评一条也可以提交。</p>
      </Panel>
    );
  const { figures, share } = own;
  return (
    <Panel title="我的对照" lead="只有您自己看得到；不打分，不排名。">
      {figures === null ? (
        <p className="notice">人数不足{leastRaters}人，不显示。下面是您自己提交的内容。</p>
      ) : (
        <>
          {share === null ? null : (
            <p className="notice">
              您评的 {share.of} 条中，有 <strong>{share.within}</strong> 条与
              {referenceLabels[figures.reference]}
              在一步之内。
              {share.within === share.of
                ? '您看课的尺子和大家很接近。'
                : '看法不同的地方，往往最值得一起聊聊：也许您看到了别人没留意的。'}
            </p>
          )}
          <StepLegend />
        </>
      )}
      <ol className="criteria">
        {rubric.map(({ code, label }) => {
          const entry = rating.entries.find((one) => one.code === code);
          const one = figures?.criteria.find((criterion) => criterion.code === code);
          const within = entryWithin(entry, one?.median ?? null);
          return (
            <li key={code} className="criterion calibration-own">
              <h3 className="row">
                <span className="criterion-number">{code.slice(1)}</span>
                {label}
              </h3>
              <p className="row">
                我：
                {entry === undefined || entry.step === null ? (
                  <Badge>未填</Badge>
                ) : (
                  <Badge tone={stepTones[entry.step]}>{stepLabels[entry.step]}</Badge>
                )}
                {one === undefined || one.median === null ? null : `参照：${medianLabel(one.median)}`}
                {within === null ? null : (
                  <Badge tone={within ? 'good' : 'info'}>{within ? '一步之内' : '看法不同，可再议'}</Badge>
                )}
              </p>
              {entry === undefined || entry.evidence === '' ? null : (
                <p className="muted">{entry.evidence}</p>
              )}
              {one === undefined ? null : (
                <>
                  <StepStrip counts={one.counts} />
                  <p className="muted small">{countsText(one.counts)}</p>
                </>
              )}
            </li>
          );
        })}
      </ol>
      {figures === null ? null : (
        <p className="muted small">
          共 {figures.raters} 位评课人提交；条形是人数，没有姓名。“一步”是相邻的一档，如“做得好”与“部分做到”。
        </p>
      )}
    </Panel>
  );
};
