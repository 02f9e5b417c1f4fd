alter table "apps" add column "paused_at" bigint;
alter table "apps" add column "spacing_ms" integer;
alter table "apps" add column "stopped_until" bigint;
alter table "apps" add column "by_day" integer default 0 not null;
insert into "kysely_migration" ("name", "timestamp") values ('002-collecting', '2026-01-01T00:00:00.000Z');
insert into "apps" ("sdk_app_id", "region", "base_url", "admin_id", "utc_offset_min", "origin", "demo", "data_key", "key_sealed", "key_fingerprint", "created_at", "id", "name", "paused_at", "spacing_ms", "by_day")
          values (1400000001, 'singapore', null, 'administrator', 480, 'environment', 0, 'sealed data key', 'sealed key', 'ab12', 1790000000, '3', 'Paused', 7, 2000, 1);
