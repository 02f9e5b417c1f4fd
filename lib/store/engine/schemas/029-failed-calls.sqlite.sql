alter table "calls" add column "last_at_ms" bigint;
insert into "kysely_migration" ("name", "timestamp") values ('029-failed-calls', '2026-01-01T00:00:00.000Z');
insert into "calls" ("app_id", "endpoint", "day", "code", "count", "last_at_ms")
          values ('3', 'normal_push_loss', '2026-10-02', -1, 1, 9);
