import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noteUntrusted } from '@/lib/access/untrusted-proxy'
import { backupsOf } from '@/lib/context-base'
import { readEnv } from '@/lib/env'
import type { Installation } from './installation'

const DAY_MS = 86_400_000
const OURS = { 'x-pushlens-start': 'id' }
const randomKey = () => Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 89 + 7 * i * i) % 251)).toString('base64')

/** Each plants one problem. The line must say what is wrong, and after the colon what to do. */
export const PLANTED: [problem: string, line: RegExp, plant: (at: Installation) => unknown][] = [
  [
    'a misspelt variable',
    /METRICS_TOKN is not a known.*did you mean/,
    (at) => Object.assign(at.source, { METRICS_TOKN: 'x' }),
  ],
  [
    'a secret file that is gone',
    /MASTER_KEY_FILE names a file that/,
    (at) => Object.assign(at.source, { MASTER_KEY_FILE: '/nowhere' }),
  ],
  [
    'a short master key',
    /MASTER_KEY must have at least 32.*generate one/,
    (at) => Object.assign(at.source, { MASTER_KEY: 'short' }),
  ],
  [
    'a schedule on PostgreSQL',
    /BACKUP_EVERY.*SQLite only: for PostgreSQL schedule pg_dump/,
    (at) =>
      Object.assign(at.source, {
        DATABASE_URL: 'postgres://x@127.0.0.1:1/x',
        MASTER_KEY: 'k'.repeat(44),
        BACKUP_EVERY: '1d',
      }),
  ],
  ['a lost master key', /there is no master key: put master\.key back/, (at) => rmSync(at.masterKey())],
  [
    'another master key',
    /different master key: provide that key/,
    (at) =>
      writeFileSync(
        at.masterKey(),
        `${Buffer.from(readFileSync(at.masterKey(), 'utf8'), 'base64').reverse().toString('base64')}\n`,
      ),
  ],
  ['a key that others can read', /can read .*master\.key: chmod 600/, (at) => chmodSync(at.masterKey(), 0o644)],
  ['a database that others can read', /can read .*pushlens\.db: chmod 600/, (at) => chmodSync(at.path, 0o644)],
  ['a at.folder that others can write', /can replace files in .*: chmod 700/, (at) => chmodSync(at.folder, 0o777)],
  [
    'a file of variables that others can read',
    /can read .*\.env: chmod 600/,
    (at) => writeFileSync(at.tools.dotEnv, '', { mode: 0o644 }),
  ],
  [
    'files of another user',
    /another user owns .*: run as that user, or chown/,
    (at) => {
      Object.assign(at.tools, { uid: () => 4_711 })
    },
  ],
  [
    'a file that is no database',
    /cannot be opened as a database: stop Pushlens and restore/,
    (at) => {
      for (const part of ['-wal', '-shm']) rmSync(at.path + part, { force: true })
      writeFileSync(at.path, 'not a database, but a text that is long enough'.repeat(50))
    },
  ],
  [
    'a damaged database',
    /damaged .*: stop Pushlens and restore a backup/,
    async (at) => {
      await at.tamper(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
      insert into settings select 'r' || i, hex(zeroblob(150)) from n`)
      const bytes = readFileSync(at.path)
      bytes.fill(0x5a, bytes.length - 8_192 * 3, bytes.length - 8_192)
      writeFileSync(at.path, bytes)
    },
  ],
  [
    'rows that refer to nothing',
    /1 rows of the database refer to nothing: stop/,
    (at) => at.tamper('pragma foreign_keys = off', "insert into grants values ('nobody', '*', 'viewer')"),
  ],
  [
    'a newer database',
    /newer Pushlens: start that version/,
    (at) => at.tamper("insert into kysely_migration values ('999-later', 'x')"),
  ],
  [
    'an interrupted upgrade',
    /between two versions: start Pushlens/,
    (at) => at.tamper("insert into settings values ('upgrade.running', 'a copy')"),
  ],
  [
    'a database server that is down',
    /does not answer: start it, or correct DATABASE_URL/,
    (at) => Object.assign(at.source, { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', MASTER_KEY: randomKey() }),
  ],
  [
    'a changed audit',
    /the audit was changed: .*compare with a backup/,
    (at) => at.tamper('drop trigger audit_no_update', "update audit set actor = 'nobody'"),
  ],
  [
    'no active administrator',
    /every administrator is disabled: npm run cli -- user enable/,
    (at) => at.tamper('update people set disabled_at = 1'),
  ],
  [
    'a full disk',
    /only 4 % of the disk is free: free space/,
    (at) => {
      Object.assign(at.tools, { disk: async () => ({ freeBytes: 1e12, freeShare: 0.04 }) })
    },
  ],
  [
    'no space for a copy',
    /less space than the database takes: free space/,
    (at) => {
      Object.assign(at.tools, { disk: async () => ({ freeBytes: 10, freeShare: 0.5 }) })
    },
  ],
  [
    'a clock that was reset',
    /clock of this machine shows 1970.*: synchronise it with NTP/,
    (at) => {
      Object.assign(at.tools, { nowMs: () => 60_000 })
    },
  ],
  [
    'a clock that is behind',
    /clock is behind: .*Synchronise it with NTP/,
    (at) => {
      Object.assign(at.tools, { nowMs: () => Date.now() - DAY_MS })
    },
  ],
  [
    'a refused SecretKey',
    /calls have stopped \(upstream_credential.*: copy the SecretKey/,
    (at) => at.stoppedApp('upstream_credential'),
  ],
  [
    'signatures of another time',
    /upstream_expired_signature.*: synchronise the clock/,
    (at) => at.stoppedApp('upstream_expired_signature'),
  ],
  ['an upstream that cannot be reached', /127\.0\.0\.1:9 is not reachable: check DNS/, (at) => at.app({})],
  [
    'a proxy that is not trusted',
    /X-Forwarded-For .*: if .* set TRUST_PROXY=1/,
    (at) => at.change(({ access }) => noteUntrusted(access)),
  ],
  [
    'a place for backups that is a file',
    /may not write backups|cannot be stored at .*: correct BACKUP_TO/,
    (at) => {
      writeFileSync(join(at.folder, 'taken'), '')
      Object.assign(at.source, { BACKUP_TO: join(at.folder, 'taken') })
    },
  ],
  [
    'a bucket that does not answer',
    /cannot be stored at s3:\/\/.*: correct BACKUP_TO and its key/,
    (at) =>
      Object.assign(at.source, {
        BACKUP_TO: 's3://bucket/x',
        BACKUP_S3_ENDPOINT: 'http://127.0.0.1:9',
        BACKUP_S3_ACCESS_KEY_ID: 'id',
        BACKUP_S3_SECRET_ACCESS_KEY: 'secret access key',
      }),
  ],
  [
    'a schedule that makes no backups',
    /newest scheduled backup is of .*: start Pushlens, and read its log/,
    async (at) => {
      Object.assign(at.source, { BACKUP_EVERY: '24h' })
      await backupsOf(readEnv(at.source), { wallMs: () => Date.now() - 3 * DAY_MS }).make('schedule')
    },
  ],
  [
    'a sign-in provider that is down',
    /sign-in provider .* not reachable.*: check OIDC_ISSUER/,
    (at) =>
      Object.assign(at.source, {
        OIDC_ISSUER: 'https://127.0.0.1:9',
        OIDC_CLIENT_ID: 'x',
        OIDC_CLIENT_SECRET: 'x',
        OIDC_ROLE_CLAIM: 'groups',
        OIDC_ROLE_MAP: 'ops=admin',
      }),
  ],
  [
    'another program at the address',
    /another program answers at .*: stop it/,
    async (at) => Object.assign(at.source, { PUBLIC_URL: await at.program(200, {}) }),
  ],
  [
    'a server that is not ready',
    /answers 503: read the log/,
    async (at) => Object.assign(at.source, { PUBLIC_URL: await at.program(503, OURS) }),
  ],
  [
    'a failed upgrade',
    /the upgrade of .* failed: its log says why, and to start the version from before/,
    async (at) =>
      Object.assign(at.source, { PUBLIC_URL: await at.program(503, OURS, '{"database":"upgrade_failed"}') }),
  ],
]
