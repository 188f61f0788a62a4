import { type ReactNode, useId } from 'react';
import { codeEvery, codeSets } from '../../lens/coding/contract.ts';
import {
  columnTotals,
  matrixOf,
  type RatioKey,
  ratioKeys,
  ratiosOf,
  ratioTexts,
  readCodes,
  rowTotals,
} from '../../lens/coding/rules.ts';
import type { Coding } from '../../lens/contract.ts';
import { durationLabel, shareLabel } from '../../lens/rules.ts';

const shown = (key: RatioKey, value: number | null): string => {
  if (ratioTexts[key].isTimes !== true) return shareLabel(value);
  return value === null ? '–' : value.toFixed(2);
};

export const CodingCharts = ({ coding: { codeSet, codes: text } }: { coding: Coding }): ReactNode => {
  const title = useId();
  const set = codeSets[codeSet];
  const { codes } = readCodes(text, codeSet);
  const matrix = matrixOf(codes, codeSet);
  const [rows, columns] = [rowTotals(matrix), columnTotals(matrix)];
  const ratios = ratiosOf(codes, codeSet);
  const keys = ratioKeys.filter((key) => (ratioTexts[key].onlyIn ?? codeSet) === codeSet);
  return (
    <section aria-labelledby={title} className="lens-chart">
      <h3 id={title}>课堂互动编码</h3>
      <p className="muted small">
        {set.label}，版本 {codeSet}；每 {codeEvery} 秒一个，共 {codes.length} 个（
        {durationLabel(codes.length * codeEvery)}）。
      </p>
      <div className="table-frame" role="region" aria-label="各项比率" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">比率</th>
              <th scope="col">这节课</th>
              <th scope="col">算法</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key}>
                <th scope="row">{ratioTexts[key].label}</th>
                <td>{shown(key, ratios[key])}</td>
                <td>{ratioTexts[key].formula}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">“–”：分母是 0，这一项没有。</p>
      <details>
        <summary>迁移矩阵</summary>
        <div className="table-frame" role="region" aria-label="迁移矩阵" tabIndex={0}>
          <table className="lens-matrix">
            <caption className="lens-caption">
              行：前一个编码；列：后一个编码。首尾各补一个 {set.boundary}。
            </caption>
            <thead>
              <tr>
                <th scope="col">类</th>
                {matrix.map((_, index) => (
                  <th key={index} scope="col">
                    {index + 1}
                  </th>
                ))}
                <th scope="col">合计</th>
              </tr>
            </thead>
            <tbody>
              {matrix.map((row, index) => (
                <tr key={index}>
                  <th scope="row">{index + 1}</th>
                  {row.map((count, column) => (
                    <td key={column} className={count === 0 ? 'muted' : ''}>
                      {count}
                    </td>
                  ))}
                  <td>{rows[index]}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">合计</th>
                {columns.map((count, column) => (
                  <td key={column}>{count}</td>
                ))}
                <td>{codes.length + 1}</td>
              </tr>
            </tbody>
          </table>
        </div>
        <ul className="plain-list small">
          {set.codes.map(({ code, label }) => (
            <li key={code}>
              {code} {label}：{codes.filter((one) => one === code).length} 次
            </li>
          ))}
        </ul>
      </details>
      {codeSet === 'fias-1' ? (
        <details>
          <summary>流传的常模从哪里来</summary>
          <p>
            下面的数来自 1970 年前后的美国课堂，与今天、与我们的课堂都不同，只供了解，不能拿来判断这节课。
          </p>
          <ul className="plain-list small">
            {ratioKeys.flatMap((key) => {
              const { label, norm } = ratioTexts[key];
              return norm === undefined ? [] : [<li key={key}>{`${label}：${norm}%`}</li>];
            })}
          </ul>
        </details>
      ) : null}
    </section>
  );
};
