-- Which pictures stand in what was published or saved, noted when it is: reading one picture then looks at no text.
create table library.standing_picture (
  sha256 text not null references platform.file,
  item_id uuid not null references library.item,
  -- Of what was saved of an adaptation; null: of a published version of the item.
  adaptation_id uuid references library.adaptation,
  upload_id uuid not null references platform.upload,
  unique nulls not distinct (sha256, item_id, adaptation_id)
);
grant select, insert on library.standing_picture to yanxun_app;

insert into library.standing_picture (sha256, item_id, upload_id)
select picture.sha256, picture.item_id, picture.upload_id
from library.picture as picture
where exists (select from library.version as version
  where version.item_id = picture.item_id and strpos(version.content::text, picture.sha256) > 0)
on conflict do nothing;
insert into library.standing_picture (sha256, item_id, adaptation_id, upload_id)
select picture.sha256, picture.item_id, picture.document_id, picture.upload_id
from library.picture as picture
where exists (select from library.adaptation_revision as revision
  where revision.adaptation_id = picture.document_id and strpos(revision.touched::text, picture.sha256) > 0)
on conflict do nothing;

-- Whether somebody brought a picture themselves is asked for every picture of a page.
create index upload_by_account_and_file on platform.upload (account_id, sha256) where sha256 is not null;

-- What a row is about stays as it was begun: only what the stores write may be changed.
revoke update on library.item, library.round, library.review, library.adaptation, library.suggestion, library.comment,
  library.textbook_import from yanxun_app;
grant update (title, summary, stage, subject, grade, volume_id, unit_id, lesson_id, published, published_at, locked,
  withdrawn_at, withdrawn_by, withdrawn_reason, version) on library.item to yanxun_app;
grant update (state, submission, submitted_at, ended_at, version) on library.round to yanxun_app;
grant update (verdict, remark, decided_at, version) on library.review to yanxun_app;
grant update (open_to, based_on, touched, touched_keys, revision, declined, saved_at, ended_at, version)
  on library.adaptation to yanxun_app;
grant update (state, gathered_into, round_id, partly, answer, decided_by, decided_at, merged_in, seen_at, version)
  on library.suggestion to yanxun_app;
grant update (resolved_at, resolved_by) on library.comment to yanxun_app;
grant update (written, decisions, applied, applied_at, applied_by, version) on library.textbook_import to yanxun_app;

-- The code of a netdisk link (提取码), and its address that may carry it, stand with the attachment alone.
update platform.audit_entry set after = after - 'accessCode' - 'url'
where object_kind = 'attachment' and after ?| array['accessCode', 'url'];
