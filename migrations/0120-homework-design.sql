-- The school's own form of a homework design that a subject's part of a day was posted from.
alter table classroom.homework_item add column adaptation_id uuid references library.adaptation;
