update tasks set words = 'summer sale
task-1
ask ana
sale
夏' where app_id = '1400000001' and task_id = 'task-1';
insert into "kysely_migration" ("name", "timestamp") values ('027-searchable-tags', '2026-01-01T00:00:00.000Z');
