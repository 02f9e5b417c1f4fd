alter table "tokens" add column "apps" text default '[]' not null;
update "tokens" set "apps" = '["1400000001"]' where "id" = 't1';
update "tokens" set "apps" = '["*"]' where "id" = 't2';
alter table "tokens" drop column "app_id";
insert into "kysely_migration" ("name", "timestamp") values ('022-token-apps', '2026-01-01T00:00:00.000Z');
insert into "tokens" ("id", "name", "token_hash", "role", "created_by", "created_at", "apps")
          values ('t3', 'Token t3', 'hash t3', 'viewer', 'person:p1', 1, '["1400000001","3"]');
