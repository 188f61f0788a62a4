-- 听课台账: a word of the observer's own to a remark; the remark itself is worked out from the records each time.
create table classroom.ledger_explanation (
  id uuid primary key,
  observer_id uuid not null references organisation.person,
  term_id uuid not null references organisation.term,
  kind text not null check (kind in ('duplicate', 'overlap', 'copied', 'late')),
  observation_id uuid not null references classroom.observation,
  -- The earlier record it is compared with.
  other_id uuid references classroom.observation,
  text text not null check (text <> ''),
  made_at timestamptz not null default clock_timestamp(),
  check ((other_id is null) = (kind = 'late'))
);
create index ledger_explanation_by_term on classroom.ledger_explanation (term_id, observer_id);

-- Why the number of a term was not reached, in the observer's words; the newest counts, the others stay.
create table classroom.ledger_shortfall (
  observer_id uuid not null references organisation.person,
  term_id uuid not null references organisation.term,
  number smallint not null check (number > 0),
  text text not null,
  made_at timestamptz not null default clock_timestamp(),
  primary key (term_id, observer_id, number)
);

create index observation_by_term on classroom.observation (term_id, observer_id)
  where finalised_at is not null and withdrawn_at is null;

grant select, insert on classroom.ledger_explanation, classroom.ledger_shortfall to yanxun_app;
