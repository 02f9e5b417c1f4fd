create table "known_reasons" ("app_id" text not null references "apps" ("id") on delete cascade, "source" text not null, "stage" text not null, "code" text not null, "until_s" bigint not null, "note" text not null, "base_count" bigint, "base_days" integer not null, constraint "known_reasons_pk" primary key ("app_id", "source", "stage", "code"));
insert into "kysely_migration" ("name", "timestamp") values ('006-known-reasons', '2026-01-01T00:00:00.000Z');
insert into "known_reasons" ("app_id", "source", "stage", "code", "until_s", "note", "base_count", "base_days")
          values ('1400000001', 'task', 'post_send', '410', 1800000000, 'Known', null, 7);
