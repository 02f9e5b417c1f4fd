create table "second_factors" ("person_id" text primary key references "people" ("id") on delete cascade, "data_key" text not null, "pending_sealed" text, "last_step" bigint not null, "confirmed_at" bigint);
create table "recovery_codes" ("person_id" text not null references "people" ("id") on delete cascade, "code_hash" text not null, "used_at" bigint, constraint "recovery_codes_pk" primary key ("person_id", "code_hash"));
alter table "sessions" add column "second_factor_due" integer default 0 not null;
insert into "kysely_migration" ("name", "timestamp") values ('021-second-factors', '2026-01-01T00:00:00.000Z');
insert into "second_factors" ("person_id", "data_key", "last_step", "confirmed_at")
          values ('p1', 'sealed', 0, 3);
insert into "recovery_codes" ("person_id", "code_hash", "used_at")
          values ('p1', 'c1', null);
insert into "sessions" ("id_hash", "person_id", "created_at", "seen_at", "expires_at", "address", "agent", "second_factor_due")
          values ('s2', 'p1', 1, 2, 3, '192.0.2.1', 'Firefox', 1);
