import { type ReactNode, useId, useState } from 'react';
import { Segments } from '#web/ui/field.tsx';
import type { StRecord } from '../../lens/contract.ts';
import { durationLabel } from '../../lens/rules.ts';
import {
  endOf,
  type StRatios,
  samplesOf,
  secondsOf,
  stCountsOf,
  stCurve,
  stRatios,
  stStretches,
} from '../../lens/st/rules.ts';
import {
  type StInterval,
  stIntervals,
  stRegionLabels,
  stVariantLabels,
} from '../../lens/vocabulary/contract.ts';

const decimal = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

export const StCharts = ({ st }: { st: StRecord }): ReactNode => {
  const title = useId();
  const [interval, setInterval] = useState<StInterval>(st.interval);
  const samples = samplesOf(st, interval);
  const counts = stCountsOf(st, interval);
  const ratios = stRatios(counts);
  return (
    <section aria-labelledby={title} className="lens-chart">
      <h3 id={title}>S–T 分析</h3>
      <p className="muted small">
        {stVariantLabels[st.variant]}；{st.source === 'taps' ? '按换人的时刻记录' : '由别的工具采样后录入'}
        ，记录时定为每 {st.interval} 秒一个样本。
        {st.source === 'taps' && st.endAt === null ? '没有点“结束”，最后一段未计。' : ''}
      </p>
      {st.source === 'taps' ? (
        <>
          <div className="no-print">
            <Segments
              label="换一个间隔看"
              value={String(interval)}
              choices={stIntervals.map((one) => ({ value: String(one), label: `${one} 秒` }))}
              onValue={(value) =>
                setInterval(stIntervals.find((one) => String(one) === value) ?? st.interval)
              }
            />
          </div>
          <p>{spentLine(st)}</p>
        </>
      ) : null}
      {samples === null || samples === '' ? null : <Curve samples={samples} interval={interval} />}
      <Triangle ratios={ratios} isBounded={st.variant === 't-s'}>
        <table>
          <caption className="lens-caption">每 {interval} 秒一个样本</caption>
          <tbody>
            {[
              ['样本 N', counts.n],
              ['教师样本 Nt', counts.nt],
              ['学生样本 Ns', counts.ns],
              ...(st.variant === 't-s-d' ? [['互动样本 Nd', counts.nd]] : []),
              ['教师行为占有率 Rt', decimal(ratios.rt)],
              ['连数 g', counts.g],
              ['师生行为转换率 Ch =（g−1）÷N', decimal(ratios.ch)],
              ['看起来', ratios.region === null ? '–' : stRegionLabels[ratios.region]],
            ].map(([label, value]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Triangle>
      <p className="muted small">
        分界（Ch 0.4，Rt 0.3、0.7）只是通行的约定，有过争议；小学课堂按 30 秒采样，Ch 很少到
        0.4。类型没有好坏之分。
      </p>
    </section>
  );
};

const spentLine = (st: Extract<StRecord, { source: 'taps' }>): string => {
  const { T, S, D } = secondsOf(st.changes, endOf(st));
  return `按时刻算：教师 ${durationLabel(T)}，学生 ${durationLabel(S)}${st.variant === 't-s' ? '' : `，互动 ${durationLabel(D)}`}。`;
};

const size = 180;
const left = 34;
const top = 12;
const box = `0 0 ${left + size + 14} ${top + size + 36}`;

const Curve = ({ samples, interval }: { samples: string; interval: StInterval }): ReactNode => {
  const points = stCurve(samples);
  const { t, s } = points.at(-1) ?? { t: 0, s: 0 };
  const longest = Math.max(1, t, s);
  const place = (point: { t: number; s: number }): string =>
    `${left + (point.t / longest) * size},${top + size - (point.s / longest) * size}`;
  const stretches = stStretches(samples, interval, 5);
  const hasD = samples.includes('D');
  return (
    <figure className="lens-figure">
      <svg
        viewBox={box}
        role="img"
        aria-label={`S–T 曲线：从原点起，教师样本向右、学生样本向上，各一步；共 ${samples.length} 个样本，终点教师 ${t}、学生 ${s}。`}
      >
        <path d={`M${left},${top}V${top + size}H${left + size}`} className="lens-axis" />
        <path d={`M${left},${top + size}L${left + size},${top}`} className="lens-guide" />
        <polyline points={points.map(place).join(' ')} className="lens-line" />
        <text x={left + size} y={top + size + 26} textAnchor="end">
          教师 T →
        </text>
        <text x={left + 6} y={top + 8}>
          ↑ 学生 S
        </text>
        <text x={left + size} y={top + size + 13} textAnchor="end">
          {longest}
        </text>
        <text x={left - 4} y={top + 8} textAnchor="end">
          {longest}
        </text>
        <text x={left - 4} y={top + size + 4} textAnchor="end">
          0
        </text>
      </svg>
      <div>
        <figcaption>S–T 曲线。虚线：教师与学生一样多。</figcaption>
        <table>
          <thead>
            <tr>
              <th scope="col">时段</th>
              <th scope="col">T</th>
              <th scope="col">S</th>
              {hasD ? <th scope="col">D</th> : null}
            </tr>
          </thead>
          <tbody>
            {stretches.map(({ from, to, nt, ns, nd }) => (
              <tr key={from}>
                <td>
                  {from / 60}—{Number((to / 60).toFixed(1))} 分
                </td>
                <td>{nt}</td>
                <td>{ns}</td>
                {hasD ? <td>{nd}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
};

const Triangle = ({
  ratios: { rt, ch, region },
  isBounded,
  children,
}: {
  ratios: StRatios;
  isBounded: boolean;
  /** The figures behind it, shown beside it. */
  children: ReactNode;
}): ReactNode => {
  const x = (value: number): number => left + value * size;
  const y = (value: number): number => top + size - value * size;
  const dialogueFrom = y(0.4);
  return (
    <figure className="lens-figure">
      <svg
        viewBox={box}
        role="img"
        aria-label={`Rt–Ch 图：教师行为占有率 Rt ${decimal(rt)}，转换率 Ch ${decimal(ch)}${region === null ? '' : `，${stRegionLabels[region]}`}。`}
      >
        {isBounded ? (
          <path d={`M${x(0)},${y(0)}L${x(0.5)},${y(1)}L${x(1)},${y(0)}Z`} className="lens-area" />
        ) : null}
        <path d={`M${left},${top}V${top + size}H${left + size}`} className="lens-axis" />
        <path d={`M${x(0)},${dialogueFrom}H${x(1)}`} className="lens-guide" />
        <path
          d={`M${x(0.3)},${dialogueFrom}V${y(0)}M${x(0.7)},${dialogueFrom}V${y(0)}`}
          className="lens-guide"
        />
        <text x={x(0.5)} y={y(0.55)} textAnchor="middle">
          对话型
        </text>
        <text x={x(0.5)} y={y(0.05)} textAnchor="middle">
          混合型
        </text>
        <text x={x(0.16)} y={y(0.05)} textAnchor="middle">
          练习型
        </text>
        <text x={x(0.85)} y={y(0.05)} textAnchor="middle">
          讲授型
        </text>
        {rt === null || ch === null ? null : <circle cx={x(rt)} cy={y(ch)} r="5" className="lens-point" />}
        <text x={x(1)} y={top + size + 26} textAnchor="end">
          Rt →
        </text>
        <text x={left + 6} y={top + 8}>
          ↑ Ch
        </text>
        {[0, 0.3, 0.7, 1].map((tick) => (
          <text key={tick} x={x(tick)} y={top + size + 13} textAnchor="middle">
            {tick}
          </text>
        ))}
        {[0.4, 1].map((tick) => (
          <text key={tick} x={left - 4} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        ))}
      </svg>
      <div>
        <figcaption>
          Rt–Ch 图。圆点：这节课{region === null ? '' : `，${stRegionLabels[region]}`}。
          {isBounded
            ? '浅色三角形：可能落到的范围，Ch 不会大于 Rt 与 1−Rt 中较小者的两倍；Rt 小于 0.2 或大于 0.8 时到不了对话型。'
            : ''}
        </figcaption>
        {children}
      </div>
    </figure>
  );
};
