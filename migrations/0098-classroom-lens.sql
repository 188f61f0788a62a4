-- Instruments to look into a lesson (课堂观察工具): what was tapped, as it was tapped; what follows from it is
-- worked out when it is read. One row per observation, as long as its record is a draft.
create table classroom.lens (
  observation_id uuid primary key references classroom.observation,
  -- The shape of `content`.
  schema smallint not null,
  content jsonb not null,
  version integer not null default 1,
  -- 0 until it is fixed together with its observation.
  content_number smallint not null default 0,
  saved_at timestamptz not null default clock_timestamp()
);

-- Every fixed content, the first and each later change.
create table classroom.lens_version (
  observation_id uuid not null references classroom.lens,
  number smallint not null,
  schema smallint not null,
  content jsonb not null,
  reason text not null,
  made_by uuid not null references organisation.person,
  made_at timestamptz not null default clock_timestamp(),
  primary key (observation_id, number)
);

grant select, insert, update on classroom.lens to yanxun_app;
grant select, insert on classroom.lens_version to yanxun_app;
