-- Failed attempts of an account, or of a name nobody has: both are counted and locked alike, so that the
-- answers do not tell which names exist. Counted before the password is looked at.
create table accounts.failed_attempt (
  kind text not null check (kind in ('account', 'unknown-name')),
  -- The account's id, or the SHA-256 of what was typed.
  key text not null,
  failed_count integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (kind, key)
);
create index failed_attempt_by_time on accounts.failed_attempt (last_failed_at);

-- A leaky bucket per network address: many accounts tried from one place are slowed, a school that signs in
-- in the morning is not, since a success takes its own attempt out again.
create table accounts.address_load (
  network inet primary key,
  level double precision not null,
  updated_at timestamptz not null
);
create index address_load_by_time on accounts.address_load (updated_at);
grant select, insert, update, delete on accounts.failed_attempt, accounts.address_load to yanxun_app;

alter table accounts.account
  drop column failed_count,
  drop column last_failed_at,
  drop column locked_until,
  add column disabled_reason text,
  add column last_signed_in_at timestamptz;

alter table accounts.session
  -- Fixed at sign-in: shorter for those who hold an administrator's duty.
  add column idle_minutes integer not null default 30 check (idle_minutes > 0);

-- One holder's duty at a time: the three administrators stay apart. Only the first administrator may hold two.
create index duty_by_account on accounts.duty (account_id);
