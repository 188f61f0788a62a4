-- What lists show, so that none unpacks a whole text: the touched sections' keys, and a suggestion's section by its title.
alter table library.adaptation add column touched_keys text[] not null default '{}';
update library.adaptation set touched_keys = array(select jsonb_object_keys(touched));

alter table library.suggestion add column section_title text;
update library.suggestion suggestion
set section_title = coalesce(
  (
    select part ->> 'title'
    from library.version base, jsonb_array_elements(base.content -> 'sections') part
    where base.item_id = suggestion.item_id
      and base.number = suggestion.base
      and part ->> 'key' = suggestion.section
    limit 1
  ),
  -- A section that only the school has is called as it was when it was sent up, or last.
  (
    select revision.touched -> suggestion.section ->> 'title'
    from library.adaptation_revision revision
    where revision.adaptation_id = suggestion.adaptation_id
      and revision.touched -> suggestion.section ->> 'title' <> ''
    order by revision.made_at <= suggestion.made_at desc, revision.number desc
    limit 1
  ),
  section
);
alter table library.suggestion
  alter column section_title set not null,
  add check (section_title <> '');

-- One adaptation of an item for each school in which a person teaches.
drop index library.adaptation_of_person;
create unique index adaptation_of_person on library.adaptation (person_id, item_id, school_id) where ended_at is null;

-- Which schools adapted an item is read from the index alone.
drop index library.adaptation_by_item;
create index adaptation_by_item on library.adaptation (item_id, school_id);
