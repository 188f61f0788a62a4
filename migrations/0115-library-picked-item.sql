-- 选题: which test items stand in a paper, read out of its text. A row's cell names item and version as `id@number`.
create function library.picked_items(content jsonb) returns text[]
  language sql immutable strict parallel safe
  return (
    select coalesce(array_agg(distinct split_part(picked #>> '{}', '@', 1)), '{}')
    from jsonb_path_query(content, '$.sections[*] ? (@.key == "items").body.rows[*].cells.picked') as picked
  );

-- In how many papers an item stands.
create index version_by_picked_item on library.version using gin (library.picked_items(content));
