-- 资源包: what came in by a package was written by people of whom this district has a name and nothing more.

-- Where the item was first made, its place in words where it was not found here, and what its cells refer to.
alter table library.item add column came_with jsonb;
alter table library.item alter column made_by drop not null;
alter table library.item add check (made_by is not null or came_with is not null);

-- Names of who wrote it, whose suggestions are in it and who published it, as the package gave them.
alter table library.version add column came_with jsonb;
alter table library.version alter column published_by drop not null;
alter table library.version add check (published_by is not null or came_with is not null);

-- Null: came in by a package.
alter table library.attachment alter column added_by drop not null;

-- A picture of what came in by a package stands under the item's own id: there was no draft here.
comment on column library.picture.document_id is 'a round, an adaptation, or an item that came in by a package';

grant update (came_with) on library.item to yanxun_app;
