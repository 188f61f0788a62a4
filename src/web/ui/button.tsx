import { Link, type LinkProps } from '@tanstack/react-router';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Variant = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: Variant;
  readonly size?: 'small' | 'normal' | 'large';
  /** Shows that the press is being carried out; a second press does nothing. */
  readonly busy?: boolean;
}

export const Button = ({
  variant = 'plain',
  size = 'normal',
  busy = false,
  children,
  disabled,
  className = '',
  ...rest
}: ButtonProps): ReactNode => (
  <button
    type="button"
    {...rest}
    className={`button button-${variant} button-${size} ${className}`}
    disabled={disabled === true || busy}
    aria-busy={busy}
  >
    {children}
    {busy ? '…' : ''}
  </button>
);

interface ButtonLinkProps {
  readonly to: string;
  readonly search?: Readonly<Record<string, unknown>>;
  readonly variant?: Variant;
  readonly size?: 'small' | 'normal' | 'large';
  readonly children: ReactNode;
}

/** A link that looks like a button: it goes somewhere, it does not change anything. */
export const ButtonLink = ({
  to,
  search,
  variant = 'plain',
  size = 'normal',
  children,
}: ButtonLinkProps): ReactNode => (
  <Link {...linkTo(to, search)} className={`button button-${variant} button-${size}`}>
    {children}
  </Link>
);

/** Plain target and query for a router link. */
export const linkTo = (to: string, search?: Readonly<Record<string, unknown>>): LinkProps =>
  search === undefined ? { to } : { to, search };
