create table "trace_codes" ("app_id" text not null, "source" text not null, "key_hash" text not null, "vendor" text not null, "code" text not null, constraint "trace_codes_pk" primary key ("app_id", "source", "key_hash", "vendor", "code"), constraint "trace_codes_trace" foreign key ("app_id", "source", "key_hash") references "traces" ("app_id", "source", "key_hash") on delete cascade);
create index "trace_codes_code" on "trace_codes" ("app_id", "source", "code");
insert into "kysely_migration" ("name", "timestamp") values ('011-trace-codes', '2026-01-01T00:00:00.000Z');
insert into "trace_codes" ("app_id", "source", "key_hash", "vendor", "code")
          values ('1400000001', 'task', 'k1', 'apns', '410');
