create table "leases" ("name" text primary key, "owner" text not null, "term" bigint not null, "expires_at_ms" bigint not null);
insert into "kysely_migration" ("name", "timestamp") values ('040-leases', '2026-01-01T00:00:00.000Z');
insert into "leases" ("name", "owner", "term", "expires_at_ms")
          values ('collector', 'o1', 3, 1790000000000);
