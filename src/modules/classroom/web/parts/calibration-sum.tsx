import type { ReactNode } from 'react';
import { DataTable } from '#web/ui/data-table.tsx';
import { Figure, Panel } from '#web/ui/page.tsx';
import type { Alpha, CalibrationDetail, CriterionFigures } from '../../calibration/contract.ts';
import { medianLabel } from '../../calibration/rules.ts';
import { counted, countedLabels, leastRaters } from '../../calibration/vocabulary/contract.ts';
import { referenceLabels } from './calibration-own.tsx';
import { StepLegend, StepStrip } from './calibration-steps.tsx';

const tooFew = `人数不足${leastRaters}人，不显示`;

type Sum = NonNullable<NonNullable<CalibrationDetail['organised']>['sum']>;

/** What the raters said in sum; nobody's name stands by a value. */
export const CalibrationSum = ({
  sum: { figures, alpha },
  rubric,
}: {
  sum: Sum;
  rubric: CalibrationDetail['rubric'];
}): ReactNode => {
  if (figures === null)
    return (
      <Panel title="汇总">
        <p className="notice">{tooFew}。</p>
      </Panel>
    );
  const labelOf = (code: string): string =>
    `${code.slice(1)} ${rubric.find((one) => one.code === code)?.label ?? ''}`;
  return (
    <>
      <Agreement alpha={alpha} />
      <Panel
        title="逐条汇总"
        lead={`${figures.raters} 位评课人；参照是${referenceLabels[figures.reference]}。只有人数，没有姓名。`}
      >
        <figure className="step-chart" aria-label="各条标准上评课人的选择，数字见下表">
          <StepLegend />
          <ol className="step-chart-rows">
            {figures.criteria.map(({ code, counts }) => (
              <li key={code}>
                <span>{labelOf(code)}</span>
                <StepStrip counts={counts} />
              </li>
            ))}
          </ol>
        </figure>
        <DataTable<CriterionFigures>
          caption="各条标准的人数、中位数和一步之内的比例"
          phone="scroll"
          rows={figures.criteria}
          rowKey={({ code }) => code}
          columns={[
            { title: '标准', lead: true, cell: ({ code }) => labelOf(code) },
            ...counted.map((one) => ({
              title: countedLabels[one],
              align: 'right' as const,
              cell: ({ counts }: CriterionFigures) => counts[one],
            })),
            { title: '参照中位数', cell: ({ median }) => (median === null ? '—' : medianLabel(median)) },
            { title: '一步之内', align: 'right', cell: ({ share }) => shareText(share) },
          ]}
        />
        <p className="muted small">
          “一步之内”：与参照中位数相同或相邻一档的人，占选了档的人。“—”：选了档的人不足，不计算；“不适用”和“未填”不参加计算。
        </p>
      </Panel>
    </>
  );
};

const shareText = (share: CriterionFigures['share']): string =>
  share === null ? '—' : `${Math.round((share.within / share.of) * 100)}%（${share.within}/${share.of}）`;

const why: Readonly<Record<Exclude<Alpha['kind'], 'figure'>, string>> = {
  'too-few': tooFew,
  'no-pairs': '没有两人评过同一条，系数无法计算',
  uniform: '全体一致，系数无法计算',
};

const meaning = (alpha: number): string => {
  if (alpha >= 0.8) return '看课的尺子已经比较一致。';
  return alpha >= 0.667 ? '大体一致，只宜作初步判断。' : '尺子还不一致，宜一起回看这节课，逐条说依据。';
};

const Agreement = ({ alpha }: { alpha: Alpha }): ReactNode => (
  <Panel title="一致程度">
    {alpha.kind === 'figure' ? (
      <>
        <Figure
          label="一致性系数 α"
          value={alpha.alpha.toFixed(2)}
          note={
            alpha.interval === null
              ? '95% 区间无法计算'
              : `95% 区间 ${alpha.interval.low.toFixed(2)} 至 ${alpha.interval.high.toFixed(2)}`
          }
        />
        <p>
          {meaning(alpha.alpha)}（{alpha.raters} 人、{alpha.criteria} 条标准）
        </p>
      </>
    ) : (
      <p className="notice">{why[alpha.kind]}。</p>
    )}
    <details>
      <summary>一致性系数是什么</summary>
      <p>
        一致性系数（Krippendorff’s α，等级数据）看大家对同一条的选择有多接近，并扣除碰巧相同的部分：1
        是完全一致，0 相当于随意填写，负数是系统性的分歧。“不适用”和“未填”按缺失处理，专家组不计在内。
      </p>
      <p>
        通常 0.8 以上认为一致、可靠，0.667 至 0.8 只可作初步结论（K. Krippendorff, Content
        Analysis）。它只说大家的尺子是否一致，不说谁对谁错，更不评价这节课和授课教师。
      </p>
      <p>
        区间由各条标准有放回地重抽 1000
        次得到：一节课只有十条，区间会比较宽。大家差不多都选同一档时系数会偏低，请同时看“一步之内”的比例。
      </p>
    </details>
  </Panel>
);
