-- Of a section one suggestion waits at a time: a new one after the old is answered or withdrawn.
-- Where several wait from before, the newest stays and the older ones count as withdrawn.
update library.suggestion older
set state = 'withdrawn', version = version + 1
where state = 'waiting'
  and exists (
    select 1 from library.suggestion newer
    where newer.adaptation_id = older.adaptation_id
      and newer.section = older.section
      and newer.state = 'waiting'
      and newer.id > older.id
  );
create unique index suggestion_once on library.suggestion (adaptation_id, section) where state = 'waiting';
