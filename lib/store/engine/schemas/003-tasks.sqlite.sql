alter table "tasks" add column "label_key" text default '' not null;
alter table "tasks" add column "words" text default '' not null;
update tasks set label_key = lower(case when label = '' then task_id else label end),
    words = lower(label) || '
' || lower(task_id) || '
' || lower(note);
create index tasks_sent on tasks (app_id, (coalesce(sent_at, created_at)) desc, task_id);
create table "task_imports" ("id" text primary key, "app_id" text not null references "apps" ("id") on delete cascade, "at" bigint not null, "changes" text not null);
insert into "kysely_migration" ("name", "timestamp") values ('003-tasks', '2026-01-01T00:00:00.000Z');
insert into "task_imports" ("id", "app_id", "at", "changes")
          values ('i1', '1400000001', 4, '[]');
