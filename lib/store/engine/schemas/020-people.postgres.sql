create table "removed_people" ("id" text primary key, "name" text not null, "removed_at" bigint not null);
create table "invitations" ("id" text primary key, "token_hash" text not null unique, "person_id" text references "people" ("id") on delete cascade, "email" text not null unique, "grants" text not null, "created_by" text not null, "created_at" bigint not null, "expires_at" bigint not null);
insert into "kysely_migration" ("name", "timestamp") values ('020-people', '2026-01-01T00:00:00.000Z');
insert into "removed_people" ("id", "name", "removed_at")
          values ('p9', 'Ben', 8);
insert into "invitations" ("id", "token_hash", "email", "grants", "created_by", "created_at", "expires_at")
          values ('v1', 'h4', 'kim@example.com', '[]', 'person:p1', 1, 2);
