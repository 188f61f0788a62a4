create schema accounts;
grant usage on schema accounts to yanxun_app;

create table accounts.account (
  id uuid primary key,
  -- Null for an administrator who is nobody's teacher or officer.
  person_id uuid unique references organisation.person,
  -- A sign-in name of its own; staff number and phone are read from the person.
  login_name citext unique,
  display_name text not null,
  password_hash text,
  must_change_password boolean not null default true,
  one_time_expires_at timestamptz,
  password_changed_at timestamptz,
  failed_count integer not null default 0,
  last_failed_at timestamptz,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  version integer not null default 1,
  check (person_id is not null or login_name is not null)
);

create table accounts.duty (
  account_id uuid not null references accounts.account,
  duty text not null check (duty in ('system', 'security', 'audit')),
  active_from date not null,
  active_to date,
  granted_by uuid,
  primary key (account_id, duty, active_from)
);

create table accounts.session (
  id uuid primary key,
  account_id uuid not null references accounts.account,
  -- SHA-256 of the cookie's token; the token itself is kept nowhere.
  token_hash bytea not null unique,
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  address text not null,
  device text not null
);
create index session_by_account on accounts.session (account_id, created_at desc);

grant select, insert, update on all tables in schema accounts to yanxun_app;
grant delete on accounts.session to yanxun_app;
