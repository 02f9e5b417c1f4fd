create table "saved_views" ("id" text primary key, "person_id" text not null references "people" ("id") on delete cascade, "app_id" text not null references "apps" ("id") on delete cascade, "name" text not null, "page" text not null, "query" text not null, "created_at" bigint not null);
create index "saved_views_of_person" on "saved_views" ("person_id", "app_id", "created_at");
create table "start_views" ("person_id" text primary key references "people" ("id") on delete cascade, "view_id" text not null references "saved_views" ("id") on delete cascade);
create index "start_views_by_view" on "start_views" ("view_id");
insert into "kysely_migration" ("name", "timestamp") values ('030-saved-views', '2026-01-01T00:00:00.000Z');
insert into "saved_views" ("id", "person_id", "app_id", "name", "page", "query", "created_at")
          values ('w1', 'p1', '1400000001', 'Week', 'overview', '{}', 6);
insert into "start_views" ("person_id", "view_id")
          values ('p1', 'w1');
