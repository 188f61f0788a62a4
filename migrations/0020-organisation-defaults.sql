-- Search by pinyin ignores the spaces that the sort key needs (李 stays before 梁).
drop index organisation.person_pinyin_trigram;
create index person_pinyin_trigram on organisation.person
  using gin (replace(name_pinyin, ' ', '') gin_trgm_ops);
create index person_by_staff_number on organisation.person (staff_number text_pattern_ops);

alter table organisation.subject_offer
  add constraint subject_offered_once exclude using gist
    (grade with =, subject with =, daterange(active_from, active_to) with &&),
  add check (active_to is null or active_to > active_from);
alter table organisation.subject_base
  add check (active_to is null or active_to > active_from);

insert into organisation.body (id, kind, name, active_from) values
  ('01900000-0000-7000-8000-000000000001', 'leading-group', '领导小组', '2024-01-26'),
  ('01900000-0000-7000-8000-000000000002', 'research-office', '中小学教研室', '2024-01-26');

-- The subjects with a district group, by the curriculum plan of 2022 (junior 22 cells, primary 22).
-- Science counts from grade 1 as the standard says, though appendix 1 lists groups from grade 3.
insert into organisation.subject_offer (grade, subject, active_from)
select grade, subject, '2022-09-01'
from (values
  ('chinese', 1, 9), ('mathematics', 1, 9), ('english', 3, 9), ('science', 1, 6),
  ('ethics-and-law', 7, 9), ('history', 7, 9), ('geography', 7, 8), ('biology', 7, 8),
  ('physics', 8, 9), ('chemistry', 9, 9)
) as offered (subject, first_grade, last_grade),
lateral generate_series(first_grade, last_grade) as grade;

-- Default bell times: lessons of 40 minutes in primary, 45 in junior secondary schools.
insert into organisation.bell_slot (id, school_id, stage, slot, starts_at, ends_at)
select ('01900000-0000-7000-8001-' || lpad((case stage when 'primary' then 100 else 200 end + slot)::text, 12, '0'))::uuid,
  null, stage, slot, starts_at::time,
  starts_at::time + case stage when 'primary' then interval '40 minutes' else interval '45 minutes' end
from (values
  ('primary', 1, '08:20'), ('primary', 2, '09:10'), ('primary', 3, '10:20'), ('primary', 4, '11:10'),
  ('primary', 5, '14:00'), ('primary', 6, '14:50'), ('primary', 7, '15:40'),
  ('junior', 1, '08:00'), ('junior', 2, '08:55'), ('junior', 3, '10:10'), ('junior', 4, '11:05'),
  ('junior', 5, '14:00'), ('junior', 6, '14:55'), ('junior', 7, '15:50'), ('junior', 8, '16:45')
) as bell (stage, slot, starts_at);

-- Plausible terms and days to begin with; the district enters its own from the issued calendar (校历).
insert into organisation.term (id, school_year, term, starts_on, ends_on) values
  ('01900000-0000-7000-8002-000000020252', 2025, 2, '2026-03-02', '2026-07-10'),
  ('01900000-0000-7000-8002-000000020261', 2026, 1, '2026-09-01', '2027-01-22');

insert into organisation.calendar_day (term_id, day_on, is_teaching_day, follows_weekday, note)
select ('01900000-0000-7000-8002-' || term)::uuid, day_on::date, follows is not null, follows,
  note || '（请按校历核对）'
from (values
  ('000000020252', '2026-04-06', null, '清明节放假'),
  ('000000020252', '2026-05-01', null, '劳动节放假'),
  ('000000020252', '2026-05-04', null, '劳动节放假'),
  ('000000020252', '2026-05-05', null, '劳动节放假'),
  ('000000020252', '2026-05-09', 2, '补5月5日的课'),
  ('000000020252', '2026-06-19', null, '端午节放假'),
  ('000000020261', '2026-09-20', 2, '补10月6日的课'),
  ('000000020261', '2026-09-25', null, '中秋节放假'),
  ('000000020261', '2026-10-01', null, '国庆节放假'),
  ('000000020261', '2026-10-02', null, '国庆节放假'),
  ('000000020261', '2026-10-05', null, '国庆节放假'),
  ('000000020261', '2026-10-06', null, '国庆节放假'),
  ('000000020261', '2026-10-07', null, '国庆节放假'),
  ('000000020261', '2026-10-10', 3, '补10月7日的课'),
  ('000000020261', '2027-01-01', null, '元旦放假')
) as special (term, day_on, follows, note);
