-- Two people at once could otherwise give a consortium two base schools, or a strong subject two.
-- Looked at when a transaction ends, so that an import may name the new base before it ends the old one.
alter table organisation.consortium_school
  add constraint one_base_per_consortium exclude using gist
    (consortium_id with =, daterange(active_from, active_to) with &&) where (role = 'base')
    deferrable initially deferred;
alter table organisation.subject_base
  add constraint one_subject_base_at_a_time exclude using gist
    (stage with =, subject with =, daterange(active_from, active_to) with &&)
    deferrable initially deferred;
