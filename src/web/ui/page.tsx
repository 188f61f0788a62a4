import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';

interface PageProps {
  readonly title: string;
  /** One sentence: what this page is for, or what to do next. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly to: string; readonly label: string };
  /** `narrow` for forms and reading, `wide` for matrices. */
  readonly width?: 'narrow' | 'normal' | 'wide';
  readonly children: ReactNode;
}

export const Page = ({ title, lead, actions, back, width = 'normal', children }: PageProps): ReactNode => {
  useEffect(() => {
    document.title = `${title} · 研训`;
  }, [title]);
  return (
    <div className={`page page-${width}`}>
      <header className="page-head">
        <div className="page-title">
          {back === undefined ? null : (
            <Link to={back.to} className="page-back">
              ‹ {back.label}
            </Link>
          )}
          <h1>{title}</h1>
          {lead === undefined ? null : <p className="lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
};

interface PanelProps {
  readonly title?: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export const Panel = ({ title, lead, actions, children }: PanelProps): ReactNode => (
  <section className="panel">
    {title === undefined && actions === undefined ? null : (
      <header className="panel-head">
        <div>
          {title === undefined ? null : <h2>{title}</h2>}
          {lead === undefined ? null : <p className="lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="panel-actions">{actions}</div>}
      </header>
    )}
    {children}
  </section>
);

interface FactsProps {
  readonly items: readonly (readonly [label: string, value: ReactNode])[];
}

/** Label and value pairs of one record. */
export const Facts = ({ items }: FactsProps): ReactNode => (
  <dl className="facts">
    {items.map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';

export const Badge = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }): ReactNode => (
  <span className={`badge badge-${tone}`}>{children}</span>
);

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string;
  readonly note?: ReactNode;
  /** Where the rows behind the number are. */
  readonly to?: string;
  readonly search?: Record<string, string>;
}

/** A number that opens its rows. */
export const Figure = ({ label, value, unit, note, to, search }: FigureProps): ReactNode => {
  const content = (
    <>
      <span className="figure-label">{label}</span>
      <span className="figure-value">
        {value}
        {unit === undefined ? null : <small>{unit}</small>}
      </span>
      {note === undefined ? null : <span className="figure-note">{note}</span>}
    </>
  );
  if (to === undefined) return <div className="figure">{content}</div>;
  return (
    <Link to={to} {...(search === undefined ? {} : { search })} className="figure figure-link">
      {content}
    </Link>
  );
};
