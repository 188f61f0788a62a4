import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { CheckField, Segments } from '#web/ui/field.tsx';
import type { StRecord, StTaps } from '../../lens/contract.ts';
import { durationLabel } from '../../lens/rules.ts';
import { secondsOf, settledChanges } from '../../lens/st/rules.ts';
import {
  type StInterval,
  type StSymbol,
  stIntervals,
  stSymbolLabels,
  stVariantLabels,
} from '../../lens/vocabulary/contract.ts';
import { ClearButton } from './lens-clear.tsx';
import { secondsSince, useSecondsSince } from './lens-clock.ts';
import { StImport } from './lens-st-import.tsx';

interface LensStProps {
  readonly st: StRecord | null;
  readonly onSt: (st: StRecord | null) => void;
}

const hints: Readonly<Record<StSymbol, string>> = {
  T: '讲、演示、板书、提问、点名、评价',
  S: '说、想、算、写、做，也包括安静',
  D: '师生一来一往',
};

/** A tap when it changes hands, instead of a beep every half minute. */
export const LensSt = ({ st, onSt }: LensStProps): ReactNode => {
  const [interval, setInterval] = useState<StInterval>(30);
  const [withD, setWithD] = useState(false);
  const choose = (chosen: StInterval): void =>
    st === null ? setInterval(chosen) : onSt({ ...st, interval: chosen });
  return (
    <>
      <Segments
        label="采样间隔"
        value={String(st?.interval ?? interval)}
        choices={stIntervals.map((one) => ({ value: String(one), label: `${one} 秒` }))}
        onValue={(value) => choose(stIntervals.find((one) => String(one) === value) ?? 30)}
      />
      {st === null ? (
        <CheckField label={stVariantLabels['t-s-d']} checked={withD} onValue={setWithD} />
      ) : (
        <p className="muted">{stVariantLabels[st.variant]}</p>
      )}
      {st === null || st.source === 'taps' ? (
        <StPad
          taps={st}
          symbols={(st?.variant ?? (withD ? 't-s-d' : 't-s')) === 't-s' ? ['T', 'S'] : ['T', 'S', 'D']}
          onBegin={(symbol) =>
            onSt({
              source: 'taps',
              variant: withD ? 't-s-d' : 't-s',
              interval,
              startedAt: new Date().toISOString(),
              endAt: null,
              changes: [[0, symbol]],
            })
          }
          onTaps={onSt}
        />
      ) : (
        <p role="status">
          {st.source === 'samples'
            ? `已录入 ${st.samples.length} 个样本。`
            : `已录入 N=${st.n}、Nt=${st.nt}、g=${st.g}。`}
        </p>
      )}
      {st === null ? <StImport interval={interval} onSt={onSt} /> : null}
      {st === null ? null : (
        <div className="row">
          <ClearButton label="清空 S–T" onClear={() => onSt(null)} />
        </div>
      )}
    </>
  );
};

interface StPadProps {
  readonly taps: StTaps | null;
  readonly symbols: readonly StSymbol[];
  readonly onBegin: (symbol: StSymbol) => void;
  readonly onTaps: (taps: StTaps | null) => void;
}

const StPad = ({ taps, symbols, onBegin, onTaps }: StPadProps): ReactNode => {
  const last = taps?.changes.at(-1);
  const runs = taps !== null && taps.endAt === null;
  const now = useSecondsSince(runs ? taps.startedAt : null, last?.[0] ?? 0);
  const spent = secondsOf(taps?.changes ?? [], taps?.endAt ?? now);
  const tap = (symbol: StSymbol): void => {
    if (taps === null) return onBegin(symbol);
    if (runs && last?.[1] === symbol) return;
    const at = secondsSince(taps.startedAt, taps.endAt ?? last?.[0] ?? 0);
    onTaps({ ...taps, endAt: null, changes: settledChanges([...taps.changes, [at, symbol]]) });
  };
  const undo = (): void => {
    if (taps === null) return;
    if (taps.endAt !== null) return onTaps({ ...taps, endAt: null });
    onTaps(taps.changes.length < 2 ? null : { ...taps, changes: taps.changes.slice(0, -1) });
  };
  return (
    <>
      <p className="muted">谁在活动就点谁，换人时再点。</p>
      <div className={`lens-pad lens-pad-${symbols.length}`}>
        {symbols.map((symbol) => (
          <button
            key={symbol}
            type="button"
            className="lens-tap lens-tap-tall"
            aria-pressed={runs && last?.[1] === symbol}
            onClick={() => tap(symbol)}
          >
            {symbol} {stSymbolLabels[symbol]}
            <small>{hints[symbol]}</small>
          </button>
        ))}
      </div>
      {taps === null || last === undefined ? null : (
        <>
          <p>
            {symbols.map((symbol) => `${stSymbolLabels[symbol]} ${durationLabel(spent[symbol])}`).join('，')}
            ；{taps.changes.length - 1} 次转换
            {runs ? '' : '，已结束'}
          </p>
          <div className="row">
            {runs ? (
              <Button onClick={() => onTaps({ ...taps, endAt: secondsSince(taps.startedAt, last[0]) })}>
                结束 S–T
              </Button>
            ) : null}
            <Button variant="quiet" onClick={undo}>
              撤销上一次
            </Button>
          </div>
        </>
      )}
    </>
  );
};
