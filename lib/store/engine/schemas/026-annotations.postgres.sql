create table "annotations" ("id" text primary key, "app_id" text not null references "apps" ("id") on delete cascade, "source" text, "at" bigint not null, "text" text not null, "author" text not null, "created_at" bigint not null);
create index "annotations_by_time" on "annotations" ("app_id", "at");
insert into "kysely_migration" ("name", "timestamp") values ('026-annotations', '2026-01-01T00:00:00.000Z');
insert into "annotations" ("id", "app_id", "source", "at", "text", "author", "created_at")
          values ('n1', '1400000001', null, 5, 'Release', 'person:p1', 6);
