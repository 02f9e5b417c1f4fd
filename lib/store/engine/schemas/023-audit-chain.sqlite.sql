alter table "audit" add column "address" text;
alter table "audit" add column "hash" text default '' not null;
drop trigger "audit_no_update";
update audit set hash = 'p1.fa6ltmU84ZSh0Wkg7nWa62P34G9_1lo0oicvKpr0niQ' where id = 1;
update audit set hash = 'p1.9F8mkYWr4chm1YbOKYMMo8bgSED0HBAaVrqBV2uyK3A' where id = 2;
insert into settings (key, value) values ('audit_head', 'p1 2 p1.9F8mkYWr4chm1YbOKYMMo8bgSED0HBAaVrqBV2uyK3A WB6_ggieq55T2WgsngaV25RPCxDLB7ryvKPisbvDRCs');
create trigger "audit_no_update" before update on "audit"
    begin select raise(abort, 'append-only'); end;
create index "audit_by_actor" on "audit" ("actor", "id");
create index "audit_by_action" on "audit" ("action", "id");
create table "failed_sign_ins" ("hour" bigint not null, "person_id" text not null, "address" text not null, "count" bigint not null, constraint "failed_sign_ins_pk" primary key ("hour", "person_id", "address"));
insert into "kysely_migration" ("name", "timestamp") values ('023-audit-chain', '2026-01-01T00:00:00.000Z');
insert into "failed_sign_ins" ("hour", "person_id", "address", "count")
          values (1790000000, '', '192.0.2.0/24', 5);
