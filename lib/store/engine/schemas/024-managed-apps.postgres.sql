alter table "apps" add column "draft" integer default 0 not null;
alter table "apps" add column "place" integer default 0 not null;
alter table "apps" add column "channel_names" text default '{}' not null;
alter table "apps" add column "fill_from" bigint;
insert into "kysely_migration" ("name", "timestamp") values ('024-managed-apps', '2026-01-01T00:00:00.000Z');
insert into "apps" ("sdk_app_id", "region", "base_url", "admin_id", "utc_offset_min", "origin", "demo", "data_key", "key_sealed", "key_fingerprint", "created_at", "id", "name", "draft", "place", "fill_from", "channel_names")
          values (1400000001, 'singapore', null, 'administrator', 480, 'environment', 0, 'sealed data key', 'sealed key', 'ab12', 1790000000, '4', 'Draft', 1, 2, 6, '{"vivo":{"9":"News"}}');
