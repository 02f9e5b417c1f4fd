create index "audit_by_subject" on "audit" ("subject_hash", "at");
insert into "kysely_migration" ("name", "timestamp") values ('004-audit-by-subject', '2026-01-01T00:00:00.000Z');
