create table if not exists "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
create table if not exists "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
insert into "kysely_migration_lock" ("id", "is_locked") values ('migration_lock', 0);
create table "settings" ("key" text primary key, "value" text not null);
create table "people" ("id" text primary key, "email" text not null unique, "name" text not null, "password_hash" text, "totp_sealed" text, "disabled_at" bigint, "created_at" bigint not null);
create table "grants" ("person_id" text not null references "people" ("id") on delete cascade, "app_id" text not null, "role" text not null, constraint "grants_pk" primary key ("person_id", "app_id"));
create table "sessions" ("id_hash" text primary key, "person_id" text not null references "people" ("id") on delete cascade, "created_at" bigint not null, "seen_at" bigint not null, "expires_at" bigint not null, "revoked_at" bigint, "address" text not null, "agent" text not null);
create table "sign_in_failures" ("subject" text primary key, "failures" integer not null, "last_at_ms" bigint not null, "blocked_until_ms" bigint not null);
create table "tokens" ("id" text primary key, "name" text not null, "token_hash" text not null unique, "role" text not null, "app_id" text not null, "created_by" text not null, "created_at" bigint not null, "expires_at" bigint, "revoked_at" bigint, "last_used_at" bigint);
create table "apps" ("id" text primary key, "sdk_app_id" bigint not null, "name" text not null, "region" text not null, "base_url" text, "admin_id" text not null, "utc_offset_min" integer not null, "origin" text not null, "demo" integer not null, "data_key" text not null, "key_sealed" text not null, "key_fingerprint" text not null, "lanes_merged" integer default 0 not null, "stopped_code" text, "stopped_upstream_code" integer, "stopped_at" bigint, "created_at" bigint not null, "removed_at" bigint);
create table "lanes" ("app_id" text not null references "apps" ("id") on delete cascade, "endpoint" text not null, "owner" text, "started_at_ms" bigint, "expires_at_ms" bigint, "next_at_ms" bigint not null, "spacing_ms" integer not null, "failures" integer not null, "paused_until_ms" bigint, "problem_code" text, "problem_upstream_code" integer, "problem_since_ms" bigint, "slow_down_at_ms" bigint, "interactive_at_ms" bigint, "last_call_at_ms" bigint, constraint "lanes_pk" primary key ("app_id", "endpoint"));
create table "calls" ("app_id" text not null references "apps" ("id") on delete cascade, "endpoint" text not null, "day" text not null, "code" integer not null, "count" integer not null, constraint "calls_pk" primary key ("app_id", "endpoint", "day", "code"));
create table "windows" ("id" bigserial primary key, "app_id" text not null references "apps" ("id") on delete cascade, "source" text not null, "metric" text not null, "task" text not null, "from_s" bigint not null, "to_s" bigint not null, "fetched_at" bigint not null, "same_since" bigint not null, "fell_at" bigint, "revision" integer not null, "final" integer not null, "kept" integer not null, "unreadable" integer not null, "absent" text not null, "counts" text, "losses" text, constraint "windows_key" unique ("app_id", "source", "metric", "task", "from_s", "to_s"));
create index "windows_prune" on "windows" ("fetched_at") where kept = 0;
create table "window_answers" ("window_id" bigint not null references "windows" ("id") on delete cascade, "revision" integer not null, "fetched_at" bigint not null, "raw" bytea not null, constraint "window_answers_pk" primary key ("window_id", "revision"));
create table "daily" ("app_id" text not null references "apps" ("id") on delete cascade, "source" text not null, "day" bigint not null, "counts" text not null, "held_s" integer not null, "as_of" bigint not null, "final" integer not null, constraint "daily_pk" primary key ("app_id", "source", "day"));
create table "tasks" ("app_id" text not null references "apps" ("id") on delete cascade, "task_id" text not null, "label" text not null, "tags" text not null, "note" text not null, "sent_at" bigint, "known_by" text not null, "created_at" bigint not null, constraint "tasks_pk" primary key ("app_id", "task_id"));
create table "observations" ("app_id" text not null references "apps" ("id") on delete cascade, "task" text not null, "fetched_at" bigint not null, "counts" text not null, constraint "observations_pk" primary key ("app_id", "task", "fetched_at"));
create table "traces" ("app_id" text not null references "apps" ("id") on delete cascade, "source" text not null, "key_hash" text not null, "person_hash" text, "key_sealed" text not null, "body_sealed" text not null, "fetched_at" bigint not null, "revision" integer not null, constraint "traces_pk" primary key ("app_id", "source", "key_hash"));
create index "traces_person" on "traces" ("app_id", "person_hash", "fetched_at");
create index "traces_age" on "traces" ("fetched_at");
create table "audit" ("id" bigserial primary key, "at" bigint not null, "actor" text not null, "action" text not null, "app_id" text, "subject_hash" text, "detail" text not null);
create function "audit_append_only"() returns trigger language plpgsql as
      $$ begin raise exception 'append-only'; end $$;
create trigger "audit_no_change" before update or delete or truncate on "audit"
      for each statement execute function "audit_append_only"();
insert into "kysely_migration" ("name", "timestamp") values ('001-first', '2026-01-01T00:00:00.000Z');
insert into "settings" ("key", "value")
          values ('setup', 'done');
insert into "people" ("id", "email", "name", "password_hash", "created_at")
          values ('p1', 'ana@example.com', 'Ana', '$argon2id$x', 1);
insert into "people" ("id", "email", "name", "password_hash", "created_at")
          values ('p2', 'li@example.com', '李雷 “Li”', null, 2);
insert into "grants" ("person_id", "app_id", "role")
          values ('p1', '*', 'admin');
insert into "sessions" ("id_hash", "person_id", "created_at", "seen_at", "expires_at", "address", "agent")
          values ('s1', 'p1', 1, 2, 3, '192.0.2.1', 'Firefox');
insert into "sign_in_failures" ("subject", "failures", "last_at_ms", "blocked_until_ms")
          values ('h1', 3, 1790000000123, 0);
insert into "tokens" ("id", "name", "token_hash", "role", "created_by", "created_at", "app_id")
          values ('t1', 'Token t1', 'hash t1', 'viewer', 'person:p1', 1, '1400000001');
insert into "tokens" ("id", "name", "token_hash", "role", "created_by", "created_at", "app_id")
          values ('t2', 'Token t2', 'hash t2', 'viewer', 'person:p1', 1, '*');
insert into "apps" ("sdk_app_id", "region", "base_url", "admin_id", "utc_offset_min", "origin", "demo", "data_key", "key_sealed", "key_fingerprint", "created_at", "id", "name")
          values (1400000001, 'singapore', null, 'administrator', 480, 'environment', 0, 'sealed data key', 'sealed key', 'ab12', 1790000000, '1400000001', 'Shop');
insert into "apps" ("sdk_app_id", "region", "base_url", "admin_id", "utc_offset_min", "origin", "demo", "data_key", "key_sealed", "key_fingerprint", "created_at", "id", "name", "removed_at")
          values (1400000002, 'singapore', null, 'administrator', 480, 'environment', 0, 'sealed data key', 'sealed key', 'ab12', 1790000000, '1400000002', 'Shop''s other', 9);
insert into "lanes" ("app_id", "endpoint", "next_at_ms", "spacing_ms", "failures")
          values ('1400000001', 'all_member_push_statistics', 0, 1000, 0);
insert into "calls" ("app_id", "endpoint", "day", "code", "count")
          values ('1400000001', 'normal_push_loss', '2026-10-01', 0, 12);
insert into "windows" ("app_id", "source", "metric", "task", "from_s", "to_s", "fetched_at", "same_since", "revision", "final", "kept", "unreadable", "absent", "counts", "losses")
          values ('1400000001', 'task', 'statistics', '', 1790000000, 1790003600, 1790003700, 1790003700, 1, 0, 1, 0, '[]', '{"total":{"sendable":10,"sent":9,"delivered":null,"clicked":1},"rows":[]}', null);
insert into "windows" ("app_id", "source", "metric", "task", "from_s", "to_s", "fetched_at", "same_since", "revision", "final", "kept", "unreadable", "absent", "counts", "losses")
          values ('1400000001', 'task', 'loss', '', 1790000000, 1790003600, 1790003700, 1790003700, 1, 0, 1, 0, '[]', null, '[]');
insert into "window_answers" ("window_id", "revision", "fetched_at", "raw")
          values (1, 1, 1790003700, '\x1f8b00ff');
insert into "daily" ("app_id", "source", "day", "counts", "held_s", "as_of", "final")
          values ('1400000001', 'task', 1789920000, '{"total":{"sendable":10,"sent":9,"delivered":null,"clicked":1},"rows":[]}', 3600, 1790003700, 0);
insert into "tasks" ("app_id", "task_id", "sent_at", "known_by", "created_at", "label", "tags", "note")
          values ('1400000001', 'task-1', 1790000000, 'person', 1790000100, 'Summer SALE', '["Sale","夏"]', 'Ask Ana');
insert into "tasks" ("app_id", "task_id", "sent_at", "known_by", "created_at", "label", "tags", "note")
          values ('1400000001', 'task-2', 1790000000, 'person', 1790000100, '', '[]', '');
insert into "observations" ("app_id", "task", "fetched_at", "counts")
          values ('1400000001', 'task-1', 5, '{"total":{"sendable":10,"sent":9,"delivered":null,"clicked":1},"rows":[]}');
insert into "traces" ("app_id", "source", "key_hash", "person_hash", "key_sealed", "body_sealed", "fetched_at", "revision")
          values ('1400000001', 'task', 'k1', 'h3', 'sealed key', 'sealed body', 5, 1);
insert into "audit" ("at", "actor", "action", "app_id", "subject_hash", "detail")
          values (1790000000, 'person:p1', 'sign_in', null, null, '{}');
insert into "audit" ("at", "actor", "action", "app_id", "subject_hash", "detail")
          values (1790000000, 'person:p1', 'lookup', '1400000001', 'h2', '{"n":1}');
