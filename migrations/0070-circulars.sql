create schema circulars;
grant usage on schema circulars to yanxun_app;

create table circulars.circular (
  id uuid primary key,
  kind text not null check (kind in ('bulletin', 'notice')),
  -- What a periodical bulletin is about; null for a notice.
  topic text check (topic in ('principal-observation')),
  title text not null,
  period_from date,
  period_to date,
  state text not null check (state in ('draft', 'checked', 'signed', 'issued', 'voided')),
  body jsonb not null,
  -- The numbers the draft was made from, with their as-of time and the query behind them.
  figures jsonb,
  version integer not null default 1,
  -- Taken at issue, never before.
  series text,
  year smallint,
  number integer,
  drafted_by uuid not null references organisation.person,
  drafted_at timestamptz not null default clock_timestamp(),
  edited_by uuid not null references organisation.person,
  edited_at timestamptz not null default clock_timestamp(),
  checked_by uuid references organisation.person,
  checked_at timestamptz,
  signed_by uuid references organisation.person,
  signed_at timestamptz,
  issued_by uuid references organisation.person,
  issued_at timestamptz,
  -- The document's date (成文日期): the China day of issue.
  issued_on date,
  -- The letterhead as it was at issue, so that the paper can be printed again as it was.
  letterhead jsonb,
  voided_by uuid references organisation.person,
  voided_at timestamptz,
  void_reason text,
  returned_reason text,
  check ((kind = 'bulletin') = (topic is not null)),
  check (topic is null or (period_from is not null and period_to >= period_from)),
  check (num_nonnulls(series, year, number, issued_at, issued_on, letterhead) in (0, 6)),
  check ((state = 'issued') <= (number is not null)),
  check ((state in ('draft', 'checked', 'signed')) <= (number is null)),
  check ((state = 'voided') = (void_reason is not null))
);
create unique index one_bulletin_per_period on circulars.circular (topic, period_from, period_to)
  where topic is not null and state <> 'voided';
create index circular_by_period on circulars.circular (drafted_at desc, id desc);
grant select, insert, update on circulars.circular to yanxun_app;

-- Every text that was ever saved, checked, signed or issued.
create table circulars.circular_version (
  circular_id uuid not null references circulars.circular,
  version integer not null,
  state text not null,
  title text not null,
  body jsonb not null,
  saved_by uuid references organisation.person,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (circular_id, version)
);
grant select, insert on circulars.circular_version to yanxun_app;

create table circulars.number_counter (
  series text not null,
  year smallint not null,
  next integer not null check (next > 0),
  primary key (series, year)
);
grant select, insert, update on circulars.number_counter to yanxun_app;

-- A number once given stays on record, voided or not.
create table circulars.issued_number (
  series text not null,
  year smallint not null,
  number integer not null check (number > 0),
  circular_id uuid not null unique references circulars.circular,
  voided_at timestamptz,
  void_reason text,
  primary key (series, year, number)
);
grant select, insert on circulars.issued_number to yanxun_app;
grant update (voided_at, void_reason) on circulars.issued_number to yanxun_app;

-- To whom it went, as they were on the day of issue.
create table circulars.recipient (
  circular_id uuid not null references circulars.circular,
  person_id uuid not null references organisation.person,
  post text not null,
  school_id uuid references organisation.school,
  primary key (circular_id, person_id)
);
create index recipient_by_person on circulars.recipient (person_id);
grant select, insert on circulars.recipient to yanxun_app;

create table circulars.receipt (
  circular_id uuid not null references circulars.circular,
  person_id uuid not null references organisation.person,
  read_at timestamptz not null default clock_timestamp(),
  primary key (circular_id, person_id)
);
grant select, insert on circulars.receipt to yanxun_app;
