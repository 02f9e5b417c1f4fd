alter table "apps" add column "archive_revision" bigint default 0 not null;
insert into "kysely_migration" ("name", "timestamp") values ('010-archive-revision', '2026-01-01T00:00:00.000Z');
