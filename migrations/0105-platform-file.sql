-- A stored file: its bytes lie once, under their SHA-256.
create table platform.file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  -- Told from the content, never from the name.
  type text not null,
  -- Of pictures, as the header says; never decoded here.
  width integer,
  height integer,
  -- Null until the bytes lie under their hash on the disk for good; never served before.
  stored_at timestamptz,
  -- Set by the check of the stored files when the bytes no longer fit the hash; never served then.
  damaged_at timestamptz
);

-- One upload of one person, resumable; several may end as one file.
create table platform.upload (
  id uuid primary key,
  account_id uuid not null,
  name text not null,
  size bigint not null check (size > 0),
  -- receiving: bytes are coming in; storing: whole, its hash is known; stored: to be had under its hash.
  state text not null default 'receiving' check (state in ('receiving', 'storing', 'stored')),
  sha256 text references platform.file,
  begun_at timestamptz not null default clock_timestamp(),
  -- When bytes last came in.
  active_at timestamptz not null default clock_timestamp(),
  -- When a record first took it up; one that nothing takes up is swept away.
  claimed_at timestamptz,
  check ((state = 'receiving') = (sha256 is null)),
  check (claimed_at is null or state = 'stored')
);
create index upload_by_account on platform.upload (account_id) where claimed_at is null;
create index upload_by_file on platform.upload (sha256);
create index upload_unclaimed on platform.upload (active_at) where claimed_at is null;

grant select, insert, delete on platform.file, platform.upload to yanxun_app;
grant update (stored_at, damaged_at) on platform.file to yanxun_app;
grant update (state, sha256, active_at, claimed_at) on platform.upload to yanxun_app;
