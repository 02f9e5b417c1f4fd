create table "oidc_accounts" ("issuer" text not null, "subject" text not null, "person_id" text not null references "people" ("id") on delete cascade, "created_at" bigint not null, constraint "oidc_accounts_pk" primary key ("issuer", "subject"), constraint "oidc_accounts_person" unique ("person_id", "issuer"));
insert into "kysely_migration" ("name", "timestamp") values ('025-oidc-accounts', '2026-01-01T00:00:00.000Z');
insert into "oidc_accounts" ("issuer", "subject", "person_id", "created_at")
          values ('https://id.example.com', 'x', 'p2', 3);
