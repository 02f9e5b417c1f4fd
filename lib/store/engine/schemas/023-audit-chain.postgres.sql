alter table "audit" add column "address" text;
alter table "audit" add column "hash" text default '' not null;
alter table "audit" disable trigger "audit_no_change";
update audit set hash = 'p1.HptnhH84CCoDOriRr2YQ9ti666_zbl41XMNt7RoDZbI' where id = '1';
update audit set hash = 'p1.UzFNbNw-OuJAXJCoP10-ulHeEzbsdO9ndcYo_jUQWtU' where id = '2';
insert into settings (key, value) values ('audit_head', 'p1 2 p1.UzFNbNw-OuJAXJCoP10-ulHeEzbsdO9ndcYo_jUQWtU VV7KBcPyW5oOEsHS7iq8SGT6T75cDOl5FnZMuiKjYFM');
alter table "audit" enable trigger "audit_no_change";
create index "audit_by_actor" on "audit" ("actor", "id");
create index "audit_by_action" on "audit" ("action", "id");
create table "failed_sign_ins" ("hour" bigint not null, "person_id" text not null, "address" text not null, "count" bigint not null, constraint "failed_sign_ins_pk" primary key ("hour", "person_id", "address"));
insert into "kysely_migration" ("name", "timestamp") values ('023-audit-chain', '2026-01-01T00:00:00.000Z');
insert into "failed_sign_ins" ("hour", "person_id", "address", "count")
          values (1790000000, '', '192.0.2.0/24', 5);
