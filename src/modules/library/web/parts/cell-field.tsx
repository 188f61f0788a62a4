import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import { isId } from '#platform/ids.ts';
import { names } from '../../co-editing/rules.ts';
import { idsIn, movedBy, type Step, spliceBetween, toggling } from '../../co-editing/typing/rules.ts';
import { isWholeUpTo } from '../../content/cell-number/rules.ts';
import type { Column } from '../../template/contract.ts';
import { CellText } from './rows-view.tsx';

export interface CellProps {
  readonly doc: Y.Doc;
  readonly sectionKey: string;
  readonly rowId: string;
  readonly column: Column;
  readonly editable: boolean;
  /** Marks a change as made here, so that this section's undo takes it back. */
  readonly origin: object;
  /** The rows that a column of references may name. */
  readonly targets: readonly { readonly id: string; readonly label: string }[];
  /** 核心素养 of the subject; without them the name is typed. */
  readonly competencies: readonly string[];
  readonly textbook: Readonly<Record<string, string>>;
  /** Names of units and lessons that stand in cells, of other volumes too. */
  readonly meant: Readonly<Record<string, string>>;
  /** A remark on it stands open. */
  readonly remarked: boolean;
}

const marked = ({ remarked }: CellProps): string => (remarked ? ' cell-remarked' : '');

const textOf = ({ doc, sectionKey, rowId, column }: CellProps): Y.Text =>
  doc.getText(names.cell(sectionKey, rowId, column.key));

/** What stands in a cell: chosen, else written. */
const useCell = (props: CellProps): string => {
  const chosen = props.doc.getMap(names.chosen(props.sectionKey));
  const text = textOf(props);
  const key = `${props.rowId}:${props.column.key}`;
  return useSyncExternalStore(
    (changed) => {
      chosen.observe(changed);
      text.observe(changed);
      return () => {
        chosen.unobserve(changed);
        text.unobserve(changed);
      };
    },
    () => {
      const value = chosen.get(key);
      return typeof value === 'string' ? value : text.toJSON();
    },
  );
};

export const CellField = (props: CellProps): ReactNode => {
  const { column } = props;
  switch (column.type) {
    case 'text':
      return <WrittenCell {...props} lines={column.wide === true ? 3 : 1} />;
    case 'number':
      return <NumberCell {...props} unit={column.unit} max={column.max} />;
    case 'references':
      return <ReferencesCell {...props} />;
    case 'choice':
      return <ChosenCell {...props} options={column.options} />;
    case 'origin':
      return null;
    case 'competency':
      return props.competencies.length === 0 ? (
        <WrittenCell {...props} lines={1} />
      ) : (
        <ChosenCell {...props} options={Object.fromEntries(props.competencies.map((name) => [name, name]))} />
      );
    default:
      return <TextbookCell {...props} />;
  }
};

/** Chosen out of the volume; without one its name is written, but for what came with a row from elsewhere. */
const TextbookCell = (props: CellProps): ReactNode => {
  const { textbook, meant } = props;
  const value = useCell(props).trim();
  if (Object.keys(textbook).length === 0 && !isId(value)) return <WrittenCell {...props} lines={1} />;
  const options =
    Object.hasOwn(textbook, value) || !isId(value)
      ? textbook
      : { ...textbook, [value]: meant[value] ?? '别的册次的内容' };
  return <ChosenCell {...props} options={options} />;
};

/**
 * A native text area over a text that others write too: every change is told as the smallest one, the caret stays at
 * its letter, and while Chinese is being composed nothing is put in between.
 */
const WrittenCell = (props: CellProps & { lines: number }): ReactNode => {
  const { column, editable, lines, origin } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = textOf(props);
  const value = useCell(props);
  const composing = useRef(false);
  useEffect(() => {
    const area = field.current;
    if (area === null) return undefined;
    area.value = text.toJSON();
    /** What the area was last equal to, and what others did since while composing. */
    let base = area.value;
    let since: Step[][] = [];
    const tell = (): void => {
      const splice = spliceBetween(base, area.value, area.selectionEnd);
      const move = (place: number): number => since.reduce((at, steps) => movedBy(steps, at), place);
      const [from, to] = [move(splice.at), move(splice.at + splice.remove)];
      since = [];
      text.doc?.transact(() => {
        if (to > from) text.delete(from, to - from);
        if (splice.insert !== '') text.insert(from, splice.insert);
      }, origin);
      show(from + splice.insert.length);
    };
    const show = (caret?: number): void => {
      base = text.toJSON();
      if (area.value === base) return;
      const [start, end] = [caret ?? area.selectionStart, caret ?? area.selectionEnd];
      area.value = base;
      if (document.activeElement === area) area.setSelectionRange(start, end);
    };
    const onRemote = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
      if (transaction.origin === origin) return;
      if (composing.current) {
        since.push(event.delta);
        return;
      }
      const { selectionStart, selectionEnd } = area;
      base = text.toJSON();
      area.value = base;
      if (document.activeElement === area)
        area.setSelectionRange(movedBy(event.delta, selectionStart), movedBy(event.delta, selectionEnd));
    };
    const onInput = (): void => {
      if (!composing.current) tell();
    };
    const onStart = (): void => {
      composing.current = true;
    };
    const onEnd = (): void => {
      composing.current = false;
      tell();
    };
    text.observe(onRemote);
    area.addEventListener('input', onInput);
    area.addEventListener('compositionstart', onStart);
    area.addEventListener('compositionend', onEnd);
    return () => {
      text.unobserve(onRemote);
      area.removeEventListener('input', onInput);
      area.removeEventListener('compositionstart', onStart);
      area.removeEventListener('compositionend', onEnd);
    };
  }, [text, origin]);
  return (
    <div className={`field${lines > 1 ? ' field-wide' : ''}${marked(props)}`}>
      <label htmlFor={id}>{column.label}</label>
      <textarea
        id={id}
        ref={field}
        className="cell-area"
        rows={lines}
        maxLength={20_000}
        readOnly={!editable}
        data-cell={column.key}
      />
      {/\$[^$\n]+\$|!\[/.test(value) ? (
        <p className="cell-preview">
          <CellText text={value} />
        </p>
      ) : null}
    </div>
  );
};

const choose = ({ doc, sectionKey, rowId, column, origin }: CellProps, value: string): void => {
  doc.transact(() => doc.getMap(names.chosen(sectionKey)).set(`${rowId}:${column.key}`, value), origin);
};

const ChosenCell = (props: CellProps & { options: Readonly<Record<string, string>> }): ReactNode => {
  const id = useId();
  const value = useCell(props).trim();
  return (
    <div className={`field${marked(props)}`}>
      <label htmlFor={id}>{props.column.label}</label>
      <select
        id={id}
        data-cell={props.column.key}
        value={value}
        disabled={!props.editable}
        onChange={(event) => choose(props, event.target.value)}
      >
        <option value="">未选</option>
        {Object.entries(props.options).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
        {value === '' || Object.hasOwn(props.options, value) ? null : <option value={value}>{value}</option>}
      </select>
    </div>
  );
};

const NumberCell = (props: CellProps & { unit: string; max: number }): ReactNode => {
  const id = useId();
  const value = useCell(props).trim();
  const wrong = value !== '' && !isWholeUpTo(value, props.max);
  return (
    <div className={`field${wrong ? ' field-wrong' : ''}${marked(props)}`}>
      <label htmlFor={id}>
        {props.column.label}（{props.unit}）
      </label>
      <input
        id={id}
        data-cell={props.column.key}
        inputMode="numeric"
        value={value}
        maxLength={6}
        readOnly={!props.editable}
        aria-invalid={wrong}
        onChange={(event) => choose(props, event.target.value)}
      />
      {wrong ? <p className="field-error">填 0 到 {props.max} 的整数。</p> : null}
    </div>
  );
};

const ReferencesCell = (props: CellProps): ReactNode => {
  const ticked = idsIn(useCell(props));
  const toggle = (id: string): void => {
    const text = textOf(props);
    props.doc.transact(() => {
      for (const { at, remove, insert } of toggling(text.toJSON(), id)) {
        if (remove > 0) text.delete(at, remove);
        if (insert !== '') text.insert(at, insert);
      }
    }, props.origin);
  };
  return (
    <fieldset className={`field field-wide references${marked(props)}`} data-cell={props.column.key}>
      <legend>{props.column.label}</legend>
      {props.targets.length === 0 ? <p className="field-hint">先填写目标，这里才有可选的。</p> : null}
      {props.targets.map(({ id, label }) => (
        <label key={id} className="check">
          <input
            type="checkbox"
            checked={ticked.includes(id)}
            disabled={!props.editable}
            onChange={() => toggle(id)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
};
