-- 回执号: given once when the district first has a record, whatever became of the line in between.
alter table classroom.observation add column receipt integer generated always as identity unique;
