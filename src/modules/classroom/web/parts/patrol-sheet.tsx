import { type ReactNode, useState } from 'react';
import { subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, SelectField, TextField } from '#web/ui/field.tsx';
import type { StopMark, Tile } from '../../patrol/contract.ts';
import { contentOf } from '../../patrol/device/rules.ts';
import { isSerious } from '../../patrol/rules.ts';
import {
  countedKinds,
  type FindingKind,
  findingGroups,
  findingLabels,
  handlingLabels,
  handlings,
  lostLessonKinds,
} from '../../patrol/vocabulary/contract.ts';
import { SeriousNotice } from './patrol-serious.tsx';

type Entered = Pick<StopMark, 'findings' | 'note' | 'handling' | 'taughtSubject'>;

interface SheetProps {
  readonly tile: Tile;
  readonly mark: StopMark | undefined;
  readonly isPrincipal: boolean;
  /** Every change is kept at once. */
  readonly onContent: (content: ReturnType<typeof contentOf>) => void;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

const otherLesson: readonly FindingKind[] = [...lostLessonKinds, 'lesson-swapped'];

/** What was seen at one door: findings, a sentence, what was done about it. */
export const PatrolSheet = ({
  tile,
  mark,
  isPrincipal,
  onContent,
  onUndo,
  onClose,
}: SheetProps): ReactNode => {
  const [before] = useState(mark?.result === 'in-order' ? ('in-order' as const) : ('unseen' as const));
  const [entered, setEntered] = useState<Entered>({
    findings: mark?.findings ?? [],
    note: mark?.note ?? '',
    handling: mark?.handling ?? null,
    taughtSubject: mark?.taughtSubject ?? null,
  });
  const set = (changes: Partial<Entered>): void => {
    const next = { ...entered, ...changes };
    setEntered(next);
    onContent(contentOf(next, before));
  };
  const { findings } = entered;
  const isChosen = (kind: FindingKind): boolean => findings.some((one) => one.kind === kind);
  const toggle = (kind: FindingKind): void => {
    const rest = findings.filter((one) => one.kind !== kind);
    const next = isChosen(kind) ? rest : [...rest, { kind, count: null }];
    const isOther = next.some((one) => otherLesson.includes(one.kind));
    set({ findings: next, taughtSubject: isOther ? entered.taughtSubject : null });
  };
  const says = findings.length > 0 || entered.note.trim() !== '';
  return (
    <Dialog
      title={[tile.classLabel, tile.subject === null ? '' : subjectLabels[tile.subject], tile.teacherName]
        .filter((part) => part !== '')
        .join(' ')}
      onClose={onClose}
    >
      {isSerious({ result: 'noted', findings }) ? <SeriousNotice isPrincipal={isPrincipal} /> : null}
      {findingGroups.map(({ label, kinds }) => (
        <fieldset key={label} className="patrol-group">
          <legend>{label}</legend>
          <div className="patrol-kinds">
            {kinds.map((kind) => (
              <button
                key={kind}
                type="button"
                className={`step patrol-kind-${kind}`}
                aria-pressed={isChosen(kind)}
                onClick={() => toggle(kind)}
              >
                {findingLabels[kind]}
              </button>
            ))}
          </div>
          {kinds.filter((kind) => countedKinds.includes(kind) && isChosen(kind)).length === 0 ? null : (
            <div className="fields patrol-counts">
              {findings
                .filter(({ kind }) => kinds.includes(kind) && countedKinds.includes(kind))
                .map(({ kind, count }) => (
                  <TextField
                    key={kind}
                    label={`${findingLabels[kind]}人数`}
                    inputMode="numeric"
                    maxLength={2}
                    value={count === null ? '' : String(count)}
                    onValue={(text) =>
                      set({
                        findings: findings.map((one) =>
                          one.kind === kind ? { kind, count: numberOf(text) } : one,
                        ),
                      })
                    }
                  />
                ))}
            </div>
          )}
        </fieldset>
      ))}
      {findings.some(({ kind }) => otherLesson.includes(kind)) ? (
        <SelectField
          label="实际在上"
          value={entered.taughtSubject ?? ''}
          none="没有看清"
          choices={choicesOf(subjects, subjectLabels)}
          onValue={(value) => set({ taughtSubject: subjects.find((one) => one === value) ?? null })}
        />
      ) : null}
      <TextField
        label="说明"
        hint="写事实、时间、地点；学生只写人数，不写姓名。"
        maxLength={200}
        value={entered.note}
        onValue={(note) => set({ note })}
      />
      {says ? (
        <SelectField
          label="处理"
          value={entered.handling ?? ''}
          none="只作记录"
          choices={choicesOf(handlings, handlingLabels)}
          onValue={(value) => set({ handling: handlings.find((one) => one === value) ?? null })}
        />
      ) : null}
      <div className="row spread patrol-sheet-end">
        <Button variant="quiet" onClick={onUndo}>
          撤销这一间
        </Button>
        <Button variant="primary" onClick={onClose}>
          记好了
        </Button>
      </div>
    </Dialog>
  );
};

const numberOf = (text: string): number | null => {
  const count = Number.parseInt(text, 10);
  return Number.isNaN(count) || count < 1 ? null : Math.min(99, count);
};
