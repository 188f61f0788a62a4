import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import type { LensContent } from '../../lens/contract.ts';

type Talk = LensContent['talk'];

interface LensTalkProps {
  readonly talk: Talk;
  readonly onTalk: (talk: Talk) => void;
}

const messages = [
  ['iMessages', '我向语言', '“我……”：说事、说影响、说感受'],
  ['youMessages', '你向语言', '“你（们）总是……”：指责、评判'],
] as const;

export const LensTalk = ({ talk, onTalk }: LensTalkProps): ReactNode => (
  <>
    <p className="muted">听到一句点一次。</p>
    <div className="lens-pad">
      {messages.map(([key, label, hint]) => (
        <div key={key} className="lens-counter">
          <button
            type="button"
            className="lens-tap"
            onClick={() => onTalk({ ...talk, [key]: Math.min(9999, talk[key] + 1) })}
          >
            {label} {talk[key]}
            <small>{hint}</small>
          </button>
          <Button
            variant="quiet"
            disabled={talk[key] === 0}
            aria-label={`${label}减一次`}
            onClick={() => onTalk({ ...talk, [key]: Math.max(0, talk[key] - 1) })}
          >
            减一次
          </Button>
        </div>
      ))}
    </div>
    <TextField
      label="记一句原话（可不填）"
      value={talk.quotation}
      maxLength={300}
      onValue={(quotation) => onTalk({ ...talk, quotation })}
    />
  </>
);
