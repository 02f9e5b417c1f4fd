create table "shares" ("id" text primary key, "app_id" text not null references "apps" ("id") on delete cascade, "secret_hash" text not null, "name" text not null, "content" text not null, "password_hash" text, "origins" text not null, "picture" integer not null, "owner" text not null, "created_at" bigint not null, "ends_at" bigint not null, "paused_at" bigint, "revoked_at" bigint, "last_opened_at" bigint, "opens" integer default 0 not null, "frozen" text, "frozen_at" bigint, "sha256" text, "erased_at" bigint);
create index "shares_by_app" on "shares" ("app_id", "created_at");
create table "share_people" ("share_id" text not null references "shares" ("id") on delete cascade, "person_hash" text not null, constraint "share_people_key" primary key ("share_id", "person_hash"));
create index "share_people_by_person" on "share_people" ("person_hash");
create table "share_opens" ("id" bigserial primary key, "share_id" text not null references "shares" ("id") on delete cascade, "at" bigint not null, "network" text, "client" text not null, "outcome" text not null);
create index "share_opens_by_share" on "share_opens" ("share_id", "at");
insert into "kysely_migration" ("name", "timestamp") values ('031-shares', '2026-01-01T00:00:00.000Z');
insert into "shares" ("id", "app_id", "secret_hash", "owner", "created_at", "ends_at", "name", "content", "origins", "picture")
          values ('s1', '1400000001', 'h5', 'person:p1', 6, 9, 'Partner', '{"kind":"live"}', '[]', 0);
insert into "share_people" ("share_id", "person_hash")
          values ('s1', 'h3');
insert into "share_opens" ("share_id", "at", "network", "client", "outcome")
          values ('s1', 7, '192.0.2.0/24', 'Firefox', 'opened');
