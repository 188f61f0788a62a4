interface Term {
  readonly schoolYear: number;
  readonly term: 1 | 2;
}

/** As it stands in an address: `2026-1`. */
export const termKey = ({ schoolYear, term }: Term): string => `${schoolYear}-${term}`;

/** The term in an address; nothing where there is none, so that the server takes the current one. */
export const chosenTerm = (written: unknown): Partial<Term> => {
  const [year, term] = (/^(\d{4})-([12])$/.exec(typeof written === 'string' ? written : '') ?? []).slice(1);
  return year === undefined ? {} : { schoolYear: Number(year), term: term === '2' ? 2 : 1 };
};
