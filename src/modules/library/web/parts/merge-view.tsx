import { type ReactNode, useId, useRef } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Badge } from '#web/ui/page.tsx';
import type { Choice, Decision, Decisions, MergeConflict, MergedContent } from '../../merge/contract.ts';
import { textOfBlocks, undecidedOf } from '../../merge/resolution/rules.ts';
import type { CellWords, ColumnLabel } from './difference-view.tsx';
import './difference.css';
import './merge.css';
import { SideText, type Wording } from './merge-sides.tsx';

/** What the three texts are called. */
export interface SideNames {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}
const schoolNames: SideNames = { base: '原文', ours: '本校', theirs: '区级新版' };
const sides = ['base', 'ours', 'theirs'] as const;

/** Where one's own text begins: with ours. */
const ownTextOf = (conflict: MergeConflict): string => {
  if (conflict.place === 'blocks') return textOfBlocks(conflict.ours);
  return conflict.place === 'cell' || conflict.place === 'title' ? (conflict.ours ?? '') : '';
};

const whatOf = (conflict: MergeConflict, { label, nameOf }: Wording): string => {
  switch (conflict.place) {
    case 'title':
      return '这一部分的名称，两方改得不一样';
    case 'section':
      return '这一部分一方删除了，一方修改了';
    case 'form':
      return '这一部分一方改成了表格，一方改成了文字';
    case 'blocks':
      return '同一处文字，两方改得不一样';
    case 'row':
      return `“${nameOf(conflict.section, conflict.base.id)}”一方删除了，一方修改了`;
    case 'cell':
      return `“${nameOf(conflict.section, conflict.row)}”的“${label(conflict.section, conflict.column)}”，两方改得不一样`;
    default:
      return '先后顺序，两方排得不一样';
  }
};

interface ConflictProps {
  readonly conflict: MergeConflict;
  readonly title: string;
  readonly number: number;
  readonly decision: Decision | undefined;
  /** Typed about this place before. */
  readonly before: string | undefined;
  readonly names: SideNames;
  readonly wording: Wording;
  readonly domId: string;
  readonly onDecide: (decision: Decision) => void;
}

const ConflictView = ({
  conflict,
  title,
  number,
  decision,
  before,
  names,
  wording,
  domId,
  onDecide,
}: ConflictProps): ReactNode => {
  // What was typed stays when somebody looks at another choice in between.
  const typed = useRef(decision?.choice === 'own' ? decision.text : (before ?? ownTextOf(conflict)));
  const own = (text: string): void => {
    typed.current = text;
    onDecide({ choice: 'own', text });
  };
  const labels: Readonly<Record<Choice, string>> = {
    theirs: `采用${names.theirs}`,
    ours: `保留${names.ours}`,
    both: '两者都要',
    own: '自己改',
  };
  const offered = (['theirs', 'ours', 'both', 'own'] as const).filter((one) =>
    conflict.choices.includes(one),
  );
  const isChosen = (side: 'base' | 'ours' | 'theirs'): boolean =>
    side !== 'base' && (decision?.choice === side || decision?.choice === 'both');
  return (
    <article
      id={domId}
      tabIndex={-1}
      aria-labelledby={`${domId}-title`}
      className={`merge-conflict${decision === undefined ? '' : ' merge-decided'}`}
    >
      <header className="merge-head">
        <h3 id={`${domId}-title`}>
          {number}. {title === '' ? '' : `${title}：`}
          {whatOf(conflict, wording)}
        </h3>
        {decision === undefined ? (
          <Badge tone="warn">未处理</Badge>
        ) : (
          <Badge tone="good">已定：{labels[decision.choice]}</Badge>
        )}
      </header>
      <div className="merge-sides">
        {sides.map((side) => (
          <div key={side} className={`merge-side${isChosen(side) ? ' merge-chosen' : ''}`}>
            <h4>{names[side]}</h4>
            <SideText conflict={conflict} side={side} wording={wording} />
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that repeats the heading */}
      <div className="row" role="group" aria-labelledby={`${domId}-title`}>
        {offered.map((choice) => (
          <Button
            key={choice}
            variant={decision?.choice === choice ? 'primary' : 'plain'}
            aria-pressed={decision?.choice === choice}
            onClick={() => (choice === 'own' ? own(typed.current) : onDecide({ choice }))}
          >
            {labels[choice]}
          </Button>
        ))}
      </div>
      {decision?.choice === 'own' ? (
        <TextArea
          label="改成"
          rows={Math.min(12, Math.max(3, decision.text.split('\n').length + 1))}
          maxLength={conflict.place === 'title' ? 60 : 20_000}
          value={decision.text}
          onValue={own}
          hint={
            conflict.place === 'blocks' ? '一行是一段；公式写在 $ 之间；加粗等格式合并后再设。' : undefined
          }
        />
      ) : null}
    </article>
  );
};

/** Rows are known by the first of their texts. */
const rowNames = (merged: MergedContent): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  const note = (section: string, id: string, cells: Readonly<Record<string, string>>): void => {
    const [longest = ''] = Object.values(cells).sort((one, other) => other.length - one.length);
    if (longest !== '')
      names.set(`${section}/${id}`, longest.length > 18 ? `${longest.slice(0, 18)}…` : longest);
  };
  // What a conflict holds first: a row's own settled texts, where there are some, are the better name.
  for (const one of merged.conflicts) {
    if (one.place === 'row') note(one.section, one.base.id, one.base.cells);
    if (one.place === 'cell') note(one.section, one.row, { text: one.base ?? one.ours ?? one.theirs ?? '' });
  }
  for (const part of merged.sections)
    if ('body' in part && part.body.form === 'rows')
      for (const row of part.body.rows) note(part.key, row.id, row.cells);
  return names;
};

const titlesOf = (merged: MergedContent): ReadonlyMap<string, string> =>
  new Map([
    ...merged.sections.flatMap((part) => ('title' in part ? [[part.key, part.title] as const] : [])),
    ...merged.conflicts.flatMap((one) =>
      one.place === 'section' ? [[one.section, one.base.title] as const] : [],
    ),
  ]);

interface MergeViewProps {
  readonly merged: MergedContent;
  readonly decisions: Decisions;
  /** Texts to begin from, by conflict: typed when the three texts were others. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly onChange: (decisions: Decisions) => void;
  readonly names?: SideNames;
  readonly label?: ColumnLabel;
  readonly words?: CellWords;
}

const sameKey: ColumnLabel = (_, column) => column;
const sameText: CellWords = (_section, _column, text) => text;

/** Every place that takes a person, with all three texts; who decides keeps the decisions. */
export const MergeView = ({
  merged,
  decisions,
  typed = {},
  onChange,
  names = schoolNames,
  label = sameKey,
  words = sameText,
}: MergeViewProps): ReactNode => {
  const prefix = useId();
  const [titles, rows] = [titlesOf(merged), rowNames(merged)];
  const wording: Wording = {
    label,
    words,
    nameOf: (section, id) => (section === '' ? titles.get(id) : rows.get(`${section}/${id}`)) ?? '这一行',
  };
  const left = undecidedOf(merged.conflicts, decisions);
  const domIds = new Map(merged.conflicts.map(({ id }, index) => [id, `${prefix}-${index}`]));
  const [next] = left;
  const goOn = (): void => {
    const target = next === undefined ? null : document.getElementById(domIds.get(next.id) ?? '');
    target?.focus();
    target?.scrollIntoView({ block: 'start' });
  };
  return (
    <div className="merge">
      <div className={`merge-count notice ${left.length === 0 ? 'notice-good' : 'notice-warn'} row spread`}>
        <span role="status">{left.length === 0 ? '都处理好了。' : `还有 ${left.length} 处未处理`}</span>
        {left.length === 0 ? null : (
          <Button size="small" onClick={goOn}>
            去下一处
          </Button>
        )}
      </div>
      {merged.conflicts.map((conflict, index) => (
        <ConflictView
          key={conflict.id}
          conflict={conflict}
          title={titles.get(conflict.section) ?? ''}
          number={index + 1}
          decision={decisions[conflict.id]}
          before={typed[conflict.id]}
          names={names}
          wording={wording}
          domId={domIds.get(conflict.id) ?? prefix}
          onDecide={(decision) => onChange({ ...decisions, [conflict.id]: decision })}
        />
      ))}
    </div>
  );
};
