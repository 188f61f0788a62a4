import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

/** Pasting and password managers work; on a phone one may look at what was typed. */
export const PasswordField = ({ label, hint, error, ...rest }: PasswordFieldProps): ReactNode => {
  const [shown, setShown] = useState(false);
  return (
    <div className="password-field">
      <TextField
        {...rest}
        label={label}
        hint={hint}
        error={error}
        type={shown ? 'text' : 'password'}
        required
        autoCapitalize="none"
        spellCheck={false}
        maxLength={256}
      />
      <Button
        variant="quiet"
        size="small"
        aria-pressed={shown}
        aria-label={`${shown ? '隐藏' : '显示'}${label}`}
        onClick={() => setShown(!shown)}
      >
        {shown ? '隐藏' : '显示'}
      </Button>
    </div>
  );
};
