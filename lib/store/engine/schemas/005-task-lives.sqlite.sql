create index "windows_tasks" on "windows" ("app_id", "metric", "from_s") where task <> '';
insert into "kysely_migration" ("name", "timestamp") values ('005-task-lives', '2026-01-01T00:00:00.000Z');
