-- 整改通知书, to one school about findings handed over to it, and the bulletin on how findings were put right.
alter table circulars.circular drop constraint circular_kind_check,
  add constraint circular_kind_check check (kind in ('bulletin', 'notice', 'rectification-letter'));
alter table circulars.circular drop constraint circular_topic_check,
  add constraint circular_topic_check check (topic in ('principal-observation', 'writing-check', 'finding-summary'));

-- The only school that reads it; null: it goes to all.
alter table circulars.circular add column school_id uuid references organisation.school,
  add constraint circular_school_check check ((kind = 'rectification-letter') = (school_id is not null));
create index circular_by_school on circulars.circular (school_id) where school_id is not null;

create table circulars.letter_finding (
  circular_id uuid not null references circulars.circular,
  finding_id uuid not null references classroom.finding,
  -- The order in the letter.
  number smallint not null check (number > 0),
  -- False once the letter is voided: another may then be written.
  standing boolean not null default true,
  primary key (circular_id, finding_id)
);
create unique index one_letter_per_finding on circulars.letter_finding (finding_id) where standing;
create index letter_by_finding on circulars.letter_finding (finding_id);
grant select, insert on circulars.letter_finding to yanxun_app;
grant update (standing) on circulars.letter_finding to yanxun_app;
