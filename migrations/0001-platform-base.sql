-- The application works as this role: it owns nothing, and may only add to the audit log.
do $$ begin
  if not exists (select from pg_roles where rolname = 'yanxun_app') then
    create role yanxun_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role(current_user, 'yanxun_app', 'member') or
     not exists (select from pg_roles where rolname = current_user and rolsuper) then
    execute format('grant yanxun_app to %I', current_user);
  end if;
end $$;

create extension if not exists pg_trgm;
create extension if not exists btree_gist;
create extension if not exists citext;

create schema platform;
grant usage on schema platform to yanxun_app;

create table platform.audit_entry (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  account_id uuid,
  person_id uuid,
  actor_name text not null,
  address text not null,
  action text not null,
  object_kind text not null,
  object_id text,
  outcome text not null check (outcome in ('done', 'refused')),
  before jsonb,
  after jsonb
);
create index audit_entry_by_actor on platform.audit_entry (person_id, id desc);
create index audit_entry_by_action on platform.audit_entry (action, id desc);
create index audit_entry_by_object on platform.audit_entry (object_kind, object_id, id desc);
grant select, insert on platform.audit_entry to yanxun_app;

-- One row per answered write, so that the same request sent twice acts once.
create table platform.answered_request (
  account_id uuid not null,
  key uuid not null,
  endpoint text not null,
  input_hash text not null,
  answer jsonb,
  at timestamptz not null default clock_timestamp(),
  primary key (account_id, key)
);
create index answered_request_by_time on platform.answered_request (at);
grant select, insert, update, delete on platform.answered_request to yanxun_app;

-- Numbers and choices of the district, each dated and with the clause it comes from.
create table platform.setting (
  id uuid primary key,
  key text not null,
  value jsonb not null,
  from_on date not null,
  clause text not null,
  set_by uuid,
  set_at timestamptz not null default clock_timestamp(),
  unique (key, from_on)
);
grant select, insert, update on platform.setting to yanxun_app;
