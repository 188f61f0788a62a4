import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { linkTo } from './button.tsx';

export interface BarRow {
  readonly label: string;
  readonly value: number;
  /** Where the rows behind the number are. */
  readonly opens?: { readonly to: string; readonly search: Record<string, string> } | undefined;
}

interface BarsProps {
  readonly caption: string;
  readonly labelTitle: string;
  readonly valueTitle: string;
  readonly rows: readonly BarRow[];
  /** A level to compare with, e.g. what is expected in a week. */
  readonly level?: { readonly value: number; readonly label: string };
}

/** A small bar chart with its table beside it; bars start at zero. */
export const Bars = ({ caption, labelTitle, valueTitle, rows, level }: BarsProps): ReactNode => {
  const top = Math.max(1, level?.value ?? 0, ...rows.map((row) => row.value));
  const width = 24;
  return (
    <figure className="bars">
      <svg
        viewBox={`0 0 ${Math.max(1, rows.length) * width} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={caption}
      >
        {rows.map((row, index) => (
          <rect
            key={row.label}
            x={index * width + 4}
            y={100 - (row.value / top) * 96}
            width={width - 8}
            height={(row.value / top) * 96}
            rx="2"
          />
        ))}
        {level === undefined ? null : (
          <line
            x1="0"
            x2={rows.length * width}
            y1={100 - (level.value / top) * 96}
            y2={100 - (level.value / top) * 96}
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <figcaption>{level === undefined ? caption : `${caption}；横线：${level.label}`}</figcaption>
      <details>
        <summary>看数字</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{labelTitle}</th>
              <th scope="col">{valueTitle}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <td>{row.label}</td>
                <td>
                  {row.opens === undefined ? (
                    row.value
                  ) : (
                    <Link {...linkTo(row.opens.to, row.opens.search)}>{row.value}</Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
};
