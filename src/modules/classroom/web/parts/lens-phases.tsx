import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import type { Phases } from '../../lens/contract.ts';
import { durationLabel, phaseSpans } from '../../lens/rules.ts';
import { type PhaseKind, phaseKindLabels, phaseKinds } from '../../lens/vocabulary/contract.ts';
import { ClearButton } from './lens-clear.tsx';
import { secondsSince, useSecondsSince } from './lens-clock.ts';

interface LensPhasesProps {
  readonly phases: Phases | null;
  readonly onPhases: (phases: Phases | null) => void;
}

/** One tap where a phase begins; the minutes follow. */
export const LensPhases = ({ phases, onPhases }: LensPhasesProps): ReactNode => {
  const last = phases?.changes.at(-1);
  const runs = phases !== null && phases.endAt === null;
  const now = useSecondsSince(runs ? phases.startedAt : null, last?.[0] ?? 0);
  const begin = (kind: PhaseKind): void =>
    onPhases(
      phases === null
        ? { startedAt: new Date().toISOString(), endAt: null, changes: [[0, kind, '']] }
        : {
            ...phases,
            endAt: null,
            changes: [
              ...phases.changes,
              [secondsSince(phases.startedAt, phases.endAt ?? last?.[0] ?? 0), kind, ''],
            ],
          },
    );
  const undo = (): void => {
    if (phases === null) return;
    if (phases.endAt !== null) return onPhases({ ...phases, endAt: null });
    const changes = phases.changes.slice(0, -1);
    onPhases(changes.length === 0 ? null : { ...phases, changes });
  };
  return (
    <>
      <p className="muted">进入哪个环节，就点哪个；时间自动记下。</p>
      <div className="lens-pad lens-pad-4">
        {phaseKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="lens-tap"
            aria-pressed={runs && last?.[1] === kind}
            onClick={() => begin(kind)}
          >
            {phaseKindLabels[kind]}
          </button>
        ))}
      </div>
      {phases === null || last === undefined ? null : (
        <>
          <ol className="lens-list" aria-label="已记的环节">
            {phaseSpans(phases).map(({ kind, label, from, seconds }, index) => (
              <li key={index}>
                <span>
                  {phaseKindLabels[kind]}
                  {label === '' ? '' : `（${label}）`}
                </span>
                <span>{durationLabel(seconds ?? now - from)}</span>
              </li>
            ))}
          </ol>
          <TextField
            label={`“${phaseKindLabels[last[1]]}”的叫法（可不填）`}
            value={last[2]}
            maxLength={40}
            onValue={(label) =>
              onPhases({ ...phases, changes: [...phases.changes.slice(0, -1), [last[0], last[1], label]] })
            }
          />
          <div className="row">
            {runs ? (
              <Button onClick={() => onPhases({ ...phases, endAt: secondsSince(phases.startedAt, last[0]) })}>
                下课，停止计时
              </Button>
            ) : (
              <span className="muted">已停止计时</span>
            )}
            <Button variant="quiet" onClick={undo}>
              撤销上一次
            </Button>
            <ClearButton label="清空环节" onClear={() => onPhases(null)} />
          </div>
        </>
      )}
    </>
  );
};
