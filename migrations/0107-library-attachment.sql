-- What hangs on an item of the library: a stored file, or a link to a netdisk (网盘) with its code and last day.
create table library.attachment (
  id uuid primary key,
  item_id uuid not null references library.item,
  kind text not null check (kind in ('file', 'link')),
  title text not null,
  upload_id uuid references platform.upload,
  url text,
  -- 提取码; empty where none is needed.
  access_code text not null default '',
  expires_on date,
  version integer not null default 1,
  added_by uuid not null references organisation.person,
  added_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz,
  removed_by uuid references organisation.person,
  check ((kind = 'file') = (upload_id is not null)),
  check ((kind = 'link') = (url is not null)),
  check (kind = 'link' or (access_code = '' and expires_on is null)),
  check ((removed_at is null) = (removed_by is null))
);
create index attachment_by_item on library.attachment (item_id, id) where removed_at is null;
create unique index attachment_once on library.attachment (item_id, upload_id) where removed_at is null;

grant select, insert on library.attachment to yanxun_app;
grant update (title, url, access_code, expires_on, version, removed_at, removed_by) on library.attachment to yanxun_app;
