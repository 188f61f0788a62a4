import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '#web/ui/page.tsx';
import { lessonName, unitName } from '../../textbook/rules.ts';
import type { CellState, GridCell, GridItem, GridUnit } from '../../unit-grid/contract.ts';
import { missingLessons, unitParts } from '../../unit-grid/rules.ts';
import { itemKindLabels, roundStateLabels } from '../../vocabulary/contract.ts';
import { Cover } from './cover.tsx';

export const shownCells = ['full', 'in-work', 'empty', 'designed'] as const;
export type ShownCells = (typeof shownCells)[number];

/** Of a figure's rows: what is partly written is still in work. */
export const isShown = (
  { kind, state }: Pick<GridCell, 'kind' | 'state'>,
  show: ShownCells | undefined,
): boolean =>
  show === undefined ||
  (show === 'designed'
    ? kind === 'unit-design' && state === 'full'
    : (state === 'partly' ? 'in-work' : state) === show);

export interface GridPlace {
  readonly subject: string;
  readonly grade: string;
  readonly volume: string;
  readonly mayStart: boolean;
}

interface UnitGridProps {
  readonly pacing: GridCell;
  readonly units: readonly GridUnit[];
  readonly show: ShownCells | undefined;
  readonly place: GridPlace;
}

/** Rows are units, columns the parts of the system; on a phone a card a unit. */
export const UnitGrid = ({ pacing, units, show, place }: UnitGridProps): ReactNode => (
  <>
    {isShown(pacing, show) ? (
      <div className="grid-pacing">
        <strong>{itemKindLabels['pacing-guide']}</strong>
        <Cell cell={pacing} unit={null} place={place} />
      </div>
    ) : null}
    {units.length === 0 ? null : (
      <div className="table-frame table-cards unit-grid">
        <table>
          <caption className="visually-hidden">各单元的教学体系</caption>
          <thead>
            <tr>
              <th scope="col">单元</th>
              {unitParts.map((part) => (
                <th key={part} scope="col">
                  {itemKindLabels[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.id}>
                <td className="cell-lead" data-label="单元">
                  {unitName(unit)}
                  <small className="muted">{unit.lessons.length} 课</small>
                  {unit.cells.some(({ done }) => done > 0) ? (
                    <Link
                      to="/library/package"
                      search={{
                        subject: place.subject,
                        grade: Number(place.grade),
                        volume: place.volume,
                        unit: unit.id,
                      }}
                      aria-label={`下载${unitName(unit)}的资源包`}
                    >
                      资源包
                    </Link>
                  ) : null}
                </td>
                {unit.cells.map((cell) => (
                  <td
                    key={cell.kind}
                    data-label={itemKindLabels[cell.kind]}
                    className={isShown(cell, show) ? `grid-${cell.state}` : 'grid-hidden'}
                  >
                    {isShown(cell, show) ? <Cell cell={cell} unit={unit} place={place} /> : null}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </>
);

const tones: Readonly<Record<CellState, Tone>> = {
  full: 'good',
  partly: 'warn',
  'in-work': 'info',
  empty: 'neutral',
};

const said = ({ state, done, planned, items }: GridCell): string => {
  const inWork = items.find(({ roundState }) => roundState !== null)?.roundState ?? 'drafting';
  if (planned > 1 && state !== 'empty') return `${state === 'full' ? '✓ ' : ''}${done}/${planned}`;
  return { full: '✓ 已发布', partly: '', 'in-work': roundStateLabels[inWork], empty: '空缺' }[state];
};

interface CellProps {
  readonly cell: GridCell;
  readonly unit: GridUnit | null;
  readonly place: GridPlace;
}

const Cell = ({ cell, unit, place }: CellProps): ReactNode => {
  const { items, kind } = cell;
  const missing = kind === 'lesson-design' && unit !== null ? missingLessons(unit.lessons, cell) : [];
  return (
    <div className="grid-cell">
      {cell.state === 'empty' ? (
        <span className="muted">{said(cell)}</span>
      ) : (
        <Badge tone={tones[cell.state]}>{said(cell)}</Badge>
      )}
      {items.length <= 2 ? (
        <Items items={items} named={cell.planned === 1 && items.length === 1} />
      ) : (
        <details>
          <summary>{items.length} 份</summary>
          <Items items={items} named={false} />
        </details>
      )}
      {!place.mayStart ? null : items.length === 0 && missing.length === 0 ? (
        <>
          <Start kind={kind} unit={unit} place={place} />
          <AddFile kind={kind} unit={unit} place={place} />
        </>
      ) : missing.length > 0 && cell.done < cell.planned ? (
        <details>
          <summary>还缺 {missing.length} 课</summary>
          <ul className="grid-items">
            {missing.map((lesson) => (
              <li key={lesson.id}>
                <Start kind={kind} unit={unit} lesson={lesson} place={place} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
};

/** `named`: the cell itself says how far its only item is. */
const Items = ({ items, named }: { items: readonly GridItem[]; named: boolean }): ReactNode => (
  <ul className="grid-items">
    {items.map(({ id, title, published, roundState, cover }) => (
      <li key={id}>
        {cover === null ? null : <Cover cover={cover} />}
        <Link to="/library/items/$itemId" params={{ itemId: id }}>
          {title}
        </Link>
        {published === null && roundState !== null && !named ? (
          <small className="muted">{roundStateLabels[roundState]}</small>
        ) : null}
        {published !== null && roundState !== null ? <small className="muted">正在写下一版</small> : null}
      </li>
    ))}
  </ul>
);

const Start = ({
  kind,
  unit,
  lesson,
  place: { subject, grade, volume },
}: Omit<CellProps, 'cell'> & {
  readonly kind: GridCell['kind'];
  readonly lesson?: GridUnit['lessons'][number];
}): ReactNode => (
  <Link
    to="/library/new"
    search={{
      kind,
      subject,
      // A number stands in the address as it is; text of digits would stand there in quotes.
      grade: Number(grade),
      volume,
      ...(unit === null ? {} : { unit: unit.id }),
      ...(lesson === undefined ? {} : { lesson: lesson.id }),
    }}
    aria-label={`编写${unit === null ? '' : unitName(unit)}${lesson === undefined ? '' : lessonName(lesson)}的${itemKindLabels[kind]}`}
  >
    {lesson === undefined ? '开始编写' : lessonName(lesson)}
  </Link>
);

const AddFile = ({
  kind,
  unit,
  place: { subject, grade },
}: Omit<CellProps, 'cell'> & { readonly kind: GridCell['kind'] }): ReactNode => (
  <Link
    to="/library/add"
    search={{ kind, subject, grade: Number(grade), ...(unit === null ? {} : { unit: unit.id }) }}
    aria-label={`给${unit === null ? '' : unitName(unit)}的${itemKindLabels[kind]}加一个文件`}
  >
    加文件
  </Link>
);
