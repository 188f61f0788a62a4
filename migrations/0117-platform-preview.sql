-- Work that outlasts a request: asked for in the transaction that needs it, gone with the transaction that did it.
create table platform.job (
  kind text not null,
  -- What it is about; asked for twice it is one.
  key text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'failed')),
  asked_at timestamptz not null default clock_timestamp(),
  -- How often somebody began it; one that a process died of again and again is not begun any more.
  attempts integer not null default 0,
  -- Whoever does it renews the lease; once it has run out, the process is gone and another takes the job.
  lease uuid,
  leased_until timestamptz,
  -- Why it failed: a word of the kind's own.
  reason text,
  primary key (kind, key),
  check ((state = 'running') = (lease is not null)),
  check ((lease is null) = (leased_until is null)),
  check ((state = 'failed') = (reason is not null))
);
create index job_to_do on platform.job (kind, asked_at) where state <> 'failed';

-- What was made of a stored file, once per content: pages as a PDF, a small picture of the first page.
create table platform.derived_file (
  source_sha256 text not null references platform.file on delete cascade,
  kind text not null check (kind in ('pdf', 'first-page')),
  sha256 text not null references platform.file,
  made_at timestamptz not null default clock_timestamp(),
  primary key (source_sha256, kind)
);
create index derived_file_by_result on platform.derived_file (sha256);

grant select, insert, update, delete on platform.job to yanxun_app;
grant select, insert, delete on platform.derived_file to yanxun_app;
