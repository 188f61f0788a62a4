create schema plans;
grant usage on schema plans to yanxun_app;

-- "How many, for whom, by when, from which clause." A row is never rewritten: a newer one ends it.
create table plans.target (
  id uuid primary key,
  key text not null,
  -- Whoever holds the post at one of the district's units, or one person whose own target comes before the post's.
  post text,
  person_id uuid references organisation.person,
  -- Null: this person owes no number; only the count is shown.
  amount integer check (amount between 1 and 1000),
  from_on date not null,
  -- The first day it no longer holds; equal to from_on when it was replaced before it began.
  to_on date check (to_on >= from_on),
  clause text not null,
  note text not null default '',
  -- Null: set by the notice itself.
  set_by uuid references organisation.person,
  set_at timestamptz not null default clock_timestamp(),
  check (num_nonnulls(post, person_id) = 1),
  check (amount is not null or person_id is not null),
  constraint one_target_at_a_time exclude using gist
    (key with =, (coalesce(post, person_id::text)) with =, daterange(from_on, to_on) with &&)
);
create index target_by_person on plans.target (person_id);
grant select, insert on plans.target to yanxun_app;
grant update (to_on) on plans.target to yanxun_app;

insert into plans.target (id, key, post, amount, from_on, clause, note) values
  ('018d4300-0000-7000-8000-000000000170', 'obs.principal.term', 'principal', 170, '2024-01-26', '五(一)4',
   '校长学期听课170节；适用于学区级研训联合体各成员单位的校长。');
