import type { ReactNode } from 'react';
import { subjectLabels } from '#modules/organisation/vocabulary/contract.ts';
import type { StopMark, Tile } from '../../patrol/contract.ts';
import { findingText, isSerious } from '../../patrol/rules.ts';
import { useLongPress } from './use-long-press.ts';

interface DoorProps {
  readonly tile: Tile;
  readonly mark: StopMark | undefined;
  readonly locked: boolean;
  readonly onTap: () => void;
  readonly onNote: () => void;
}

const resultText = (mark: StopMark | undefined): string => {
  if (mark === undefined || mark.result === 'unseen') return '';
  if (mark.result === 'in-order') return '✓ 正常';
  const texts = [...mark.findings.map(findingText), mark.note];
  return texts.filter((text) => text !== '').join('，');
};

/** One classroom: a tap is "in order", a long one or the small button notes a finding. */
export const PatrolDoor = ({ tile, mark, locked, onTap, onNote }: DoorProps): ReactNode => {
  const press = useLongPress(onTap, onNote);
  const result = mark?.result ?? 'unseen';
  const look = mark !== undefined && isSerious(mark) ? 'serious' : result;
  return (
    <li className={`patrol-door patrol-door-${look}`}>
      <button
        type="button"
        className="patrol-tap"
        aria-pressed={result !== 'unseen'}
        disabled={locked}
        {...press}
      >
        <strong>{tile.classLabel}</strong>
        <span>
          {tile.subject === null ? '课表无课' : subjectLabels[tile.subject]} {tile.teacherName}
        </span>
        {tile.place === '' ? null : <small>{tile.place}</small>}
        <span className="patrol-result">{resultText(mark)}</span>
      </button>
      <button
        type="button"
        className="patrol-note"
        disabled={locked}
        aria-label={`记问题 ${tile.classLabel}`}
        onClick={onNote}
      >
        记问题
      </button>
    </li>
  );
};
