-- What was gathered into a suggestion that 0112 withdrew stands for itself again: nobody decides the one it went with.
update library.suggestion as gathered
set gathered_into = null, version = version + 1
where state = 'waiting'
  and exists (
    select 1 from library.suggestion head
    where head.id = gathered.gathered_into and head.state = 'withdrawn'
  );
