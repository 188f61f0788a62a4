-- A remark on a row of a section that is a table, or on one of its cells; an answer has no place of its own.
alter table library.comment
  add column row_id text,
  add column column_key text,
  add check (column_key is null or row_id is not null),
  add check (parent_id is null or row_id is null);
