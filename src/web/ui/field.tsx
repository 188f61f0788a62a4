import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

interface FieldFrame {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

interface FrameProps extends FieldFrame {
  readonly id: string;
  readonly required?: boolean | undefined;
  readonly children: ReactNode;
}

const Frame = ({ id, label, hint, error, required, children }: FrameProps): ReactNode => (
  <div className={`field${error === undefined ? '' : ' field-wrong'}`}>
    <label htmlFor={id}>
      {label}
      {required === true ? <span className="field-required">（必填）</span> : null}
    </label>
    {children}
    {hint === undefined ? null : (
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error === undefined ? null : (
      <p className="field-error" id={`${id}-error`}>
        {error}
      </p>
    )}
  </div>
);

const described = (id: string, { hint, error }: FieldFrame): Record<string, string | boolean> => {
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`];
  const text = ids.filter((one) => one !== '').join(' ');
  return {
    ...(text === '' ? {} : { 'aria-describedby': text }),
    ...(error === undefined ? {} : { 'aria-invalid': true }),
  };
};

type Controlled<Attributes> = Omit<Attributes, 'value' | 'onChange' | 'id'> &
  FieldFrame & { readonly value: string; readonly onValue: (value: string) => void };

export const TextField = ({
  label,
  hint,
  error,
  onValue,
  ...rest
}: Controlled<InputHTMLAttributes<HTMLInputElement>>): ReactNode => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required}>
      <input
        type="text"
        {...rest}
        id={id}
        {...described(id, { label, hint, error })}
        onChange={(event) => onValue(event.target.value)}
      />
    </Frame>
  );
};

/** A day, as `YYYY-MM-DD`. */
export const DayField = (props: Controlled<InputHTMLAttributes<HTMLInputElement>>): ReactNode => (
  <TextField {...props} type="date" />
);

export const TextArea = ({
  label,
  hint,
  error,
  onValue,
  ...rest
}: Controlled<TextareaHTMLAttributes<HTMLTextAreaElement>>): ReactNode => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        {...described(id, { label, hint, error })}
        onChange={(event) => onValue(event.target.value)}
      />
    </Frame>
  );
};

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

/** Labels of an enumeration as choices, in the enumeration's order. */
export const choicesOf = <Value extends string>(
  values: readonly Value[],
  labels: Readonly<Record<Value, string>>,
): Choice<Value>[] => values.map((value) => ({ value, label: labels[value] }));

interface SelectFieldProps
  extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange' | 'id'>,
    FieldFrame {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly choices: readonly Choice[];
  /** Text of the empty choice; without it there is none. */
  readonly none?: string;
}

export const SelectField = ({
  label,
  hint,
  error,
  onValue,
  choices,
  none,
  ...rest
}: SelectFieldProps): ReactNode => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} required={rest.required}>
      <select
        {...rest}
        id={id}
        {...described(id, { label, hint, error })}
        onChange={(event) => onValue(event.target.value)}
      >
        {none === undefined ? null : <option value="">{none}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
  );
};

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[];
  readonly onValue: (value: Value) => void;
}

/** A few choices side by side, one tap each. */
export const Segments = <Value extends string>({
  label,
  hideLabel = false,
  value,
  choices,
  onValue,
}: SegmentsProps<Value>): ReactNode => {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className={hideLabel ? 'visually-hidden' : ''}>{label}</legend>
      <div className="segments-row">
        {choices.map((choice) => (
          <label key={choice.value} className="segment">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onValue(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

interface CheckFieldProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onValue: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export const CheckField = ({ label, checked, onValue, disabled = false }: CheckFieldProps): ReactNode => (
  <label className="check">
    <input
      type="checkbox"
      checked={checked}
      disabled={disabled}
      onChange={(event) => onValue(event.target.checked)}
    />
    <span>{label}</span>
  </label>
);
