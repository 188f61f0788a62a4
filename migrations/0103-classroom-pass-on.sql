-- What of a source was handed to the findings loop with one tap: of a patrol the class of the stop, else the source
-- itself. Null where a finding was written by hand.
alter table classroom.finding add column source_part uuid,
  add constraint finding_source_part_check check (source_part is null or source_id is not null);
create unique index finding_once_per_source on classroom.finding (source, source_id, source_part)
  where source_part is not null and state <> 'cancelled';
