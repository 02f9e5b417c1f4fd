import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordAuditAs } from '@/lib/access/audit'
import { addPerson } from '@/lib/access/sign-in/add-person'
import { noteUntrusted } from '@/lib/access/untrusted-proxy'
import { type Base, backupsOf, base } from '@/lib/context-base'
import { readEnv } from '@/lib/env'
import { openDatabase } from '@/lib/store/engine/open'
import { newApp } from '@/lib/store/testing/rows'
import { doctor } from './doctor'
import { type DoctorTools, realTools } from './tools'

const PASSWORD = 'a lighthouse keeps no secrets 9'
const DAY_MS = 86_400_000

let folder = ''
let path = ''
let source: Record<string, string> = {}
let tools: DoctorTools = realTools
const undo: (() => unknown)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pl-doctor-'))
  path = join(folder, 'pushlens.db')
  source = { DATABASE_URL: `sqlite:${path}`, LOG_LEVEL: 'silent', PUBLIC_URL: 'http://127.0.0.1:9' }
  tools = {
    ...realTools,
    dotEnv: join(folder, '.env'),
    disk: async () => ({ freeBytes: 1e12, freeShare: 0.5 }),
  }
  await change(async ({ access }) => {
    await addPerson(access, { email: 'ana@example.com', name: 'Ana', password: PASSWORD }, [
      { app: '*', role: 'admin' },
    ])
    await recordAuditAs(access, { actor: 'environment', action: 'app.connect' })
  })
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
  rmSync(folder, { recursive: true })
})

/** Changes the installation as the product would. */
async function change(work: (ground: Base) => Promise<unknown>): Promise<void> {
  const ground = await base(readEnv(source))
  await work(ground)
  await ground.store.close()
}

/** Changes the file behind the back of the product. */
async function tamper(...statements: string[]): Promise<void> {
  const db = await openDatabase({ kind: 'sqlite', path })
  for (const one of statements) await sql.raw(one).execute(db)
  await db.destroy()
}

/** Starts a program at the address of Pushlens. */
async function program(status: number, headers: Record<string, string>, body = '{}'): Promise<string> {
  const server = createServer((_, response) => void response.writeHead(status, headers).end(body))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  undo.push(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const OURS = { 'x-pushlens-start': 'id' }
const masterKey = () => join(folder, 'master.key')
const app = (more: Parameters<typeof newApp>[0]) =>
  change(({ store }) => store.apps.upsert(newApp({ id: '14', baseUrl: 'http://127.0.0.1:9', ...more })))
const stoppedApp = (code: 'upstream_credential' | 'upstream_expired_signature') =>
  change(async ({ store }) => {
    await store.apps.upsert(newApp({ id: '14' }))
    await store.apps.setStopped('14', { code, upstreamCode: 70_003, at: 1 })
  })

/** Each plants one problem. The line must say what is wrong, and after the colon what to do. */
const PLANTED: [problem: string, line: RegExp, plant: () => unknown][] = [
  [
    'a misspelt variable',
    /METRICS_TOKN is not a known.*did you mean/,
    () => Object.assign(source, { METRICS_TOKN: 'x' }),
  ],
  [
    'a secret file that is gone',
    /MASTER_KEY_FILE names a file that/,
    () => Object.assign(source, { MASTER_KEY_FILE: '/nowhere' }),
  ],
  [
    'a short master key',
    /MASTER_KEY must have at least 32.*generate one/,
    () => Object.assign(source, { MASTER_KEY: 'short' }),
  ],
  [
    'a schedule on PostgreSQL',
    /BACKUP_EVERY.*SQLite only: for PostgreSQL schedule pg_dump/,
    () =>
      Object.assign(source, {
        DATABASE_URL: 'postgres://x@127.0.0.1:1/x',
        MASTER_KEY: 'k'.repeat(44),
        BACKUP_EVERY: '1d',
      }),
  ],
  ['a lost master key', /there is no master key: put master\.key back/, () => rmSync(masterKey())],
  [
    'another master key',
    /different master key: provide that key/,
    () =>
      writeFileSync(
        masterKey(),
        `${Buffer.from(readFileSync(masterKey(), 'utf8'), 'base64').reverse().toString('base64')}\n`,
      ),
  ],
  ['a key that others can read', /can read .*master\.key: chmod 600/, () => chmodSync(masterKey(), 0o644)],
  ['a database that others can read', /can read .*pushlens\.db: chmod 600/, () => chmodSync(path, 0o644)],
  ['a folder that others can write', /can replace files in .*: chmod 700/, () => chmodSync(folder, 0o777)],
  [
    'a file of variables that others can read',
    /can read .*\.env: chmod 600/,
    () => writeFileSync(tools.dotEnv, '', { mode: 0o644 }),
  ],
  [
    'files of another user',
    /another user owns .*: run as that user, or chown/,
    () => {
      tools = { ...tools, uid: () => 4_711 }
    },
  ],
  [
    'a file that is no database',
    /cannot be opened as a database: stop Pushlens and restore/,
    () => {
      for (const part of ['-wal', '-shm']) rmSync(path + part, { force: true })
      writeFileSync(path, 'not a database, but a text that is long enough'.repeat(50))
    },
  ],
  [
    'a damaged database',
    /damaged .*: stop Pushlens and restore a backup/,
    async () => {
      await tamper(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
      insert into settings select 'r' || i, hex(zeroblob(150)) from n`)
      const bytes = readFileSync(path)
      bytes.fill(0x5a, bytes.length - 8_192 * 3, bytes.length - 8_192)
      writeFileSync(path, bytes)
    },
  ],
  [
    'rows that refer to nothing',
    /1 rows of the database refer to nothing: stop/,
    () => tamper('pragma foreign_keys = off', "insert into grants values ('nobody', '*', 'viewer')"),
  ],
  [
    'a newer database',
    /newer Pushlens: start that version/,
    () => tamper("insert into kysely_migration values ('999-later', 'x')"),
  ],
  [
    'an interrupted upgrade',
    /between two versions: start Pushlens/,
    () => tamper("insert into settings values ('upgrade.running', 'a copy')"),
  ],
  [
    'a database server that is down',
    /does not answer: start it, or correct DATABASE_URL/,
    () => Object.assign(source, { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', MASTER_KEY: randomKey() }),
  ],
  [
    'a changed audit',
    /the audit was changed: .*compare with a backup/,
    () => tamper('drop trigger audit_no_update', "update audit set actor = 'nobody'"),
  ],
  [
    'no active administrator',
    /every administrator is disabled: npm run cli -- user enable/,
    () => tamper('update people set disabled_at = 1'),
  ],
  [
    'a full disk',
    /only 4 % of the disk is free: free space/,
    () => {
      tools = { ...tools, disk: async () => ({ freeBytes: 1e12, freeShare: 0.04 }) }
    },
  ],
  [
    'no space for a copy',
    /less space than the database takes: free space/,
    () => {
      tools = { ...tools, disk: async () => ({ freeBytes: 10, freeShare: 0.5 }) }
    },
  ],
  [
    'a clock that was reset',
    /clock of this machine shows 1970.*: synchronise it with NTP/,
    () => {
      tools = { ...tools, nowMs: () => 60_000 }
    },
  ],
  [
    'a clock that is behind',
    /clock is behind: .*Synchronise it with NTP/,
    () => {
      tools = { ...tools, nowMs: () => Date.now() - DAY_MS }
    },
  ],
  [
    'a refused SecretKey',
    /calls have stopped \(upstream_credential.*: copy the SecretKey/,
    () => stoppedApp('upstream_credential'),
  ],
  [
    'signatures of another time',
    /upstream_expired_signature.*: synchronise the clock/,
    () => stoppedApp('upstream_expired_signature'),
  ],
  ['an upstream that cannot be reached', /127\.0\.0\.1:9 is not reachable: check DNS/, () => app({})],
  [
    'a proxy that is not trusted',
    /X-Forwarded-For .*: if .* set TRUST_PROXY=1/,
    () => change(({ access }) => noteUntrusted(access)),
  ],
  [
    'a place for backups that is a file',
    /may not write backups|cannot be stored at .*: correct BACKUP_TO/,
    () => {
      writeFileSync(join(folder, 'taken'), '')
      Object.assign(source, { BACKUP_TO: join(folder, 'taken') })
    },
  ],
  [
    'a bucket that does not answer',
    /cannot be stored at s3:\/\/.*: correct BACKUP_TO and its key/,
    () =>
      Object.assign(source, {
        BACKUP_TO: 's3://bucket/x',
        BACKUP_S3_ENDPOINT: 'http://127.0.0.1:9',
        BACKUP_S3_ACCESS_KEY_ID: 'id',
        BACKUP_S3_SECRET_ACCESS_KEY: 'secret access key',
      }),
  ],
  [
    'a schedule that makes no backups',
    /newest scheduled backup is of .*: start Pushlens, and read its log/,
    async () => {
      Object.assign(source, { BACKUP_EVERY: '24h' })
      await backupsOf(readEnv(source), { wallMs: () => Date.now() - 3 * DAY_MS }).make('schedule')
    },
  ],
  [
    'a sign-in provider that is down',
    /sign-in provider .* not reachable.*: check OIDC_ISSUER/,
    () =>
      Object.assign(source, {
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
    async () => Object.assign(source, { PUBLIC_URL: await program(200, {}) }),
  ],
  [
    'a server that is not ready',
    /answers 503: read the log/,
    async () => Object.assign(source, { PUBLIC_URL: await program(503, OURS) }),
  ],
  [
    'a failed upgrade',
    /the upgrade of .* failed: its log says why, and to start the version from before/,
    async () => Object.assign(source, { PUBLIC_URL: await program(503, OURS, '{"database":"upgrade_failed"}') }),
  ],
]

const randomKey = () => Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 89 + 7 * i * i) % 251)).toString('base64')

describe('doctor', () => {
  test('finds nothing wrong in a healthy installation, also while no server runs, and changes nothing', async () => {
    const before = readdirSync(folder)
    const { text, exitCode } = await doctor(source, tools)
    expect(text.split('\n').filter((line) => line.startsWith('bad'))).toEqual([])
    expect(exitCode).toBe(0)
    for (const line of [
      'ok   the database is ready',
      'ok   the master key matches the database',
      'ok   50 % of the disk is free',
      'note Pushlens is not running at http://127.0.0.1:9',
      'note no app is connected',
      'note backups are not scheduled, there is none: set BACKUP_EVERY=24h',
    ]) {
      expect(text).toContain(line)
    }
    expect(text).toMatch(/the audit is complete and unchanged \(\d+ entries\)/)
    expect(readdirSync(folder)).toEqual(before)
  })

  test('at least 20 problems are planted', () => expect(PLANTED.length).toBeGreaterThanOrEqual(20))

  test.each(PLANTED)('finds %s and says what to do', async (_, expected, plant) => {
    await plant()
    const { text, exitCode } = await doctor(source, tools)
    const bad = text.split('\n').filter((line) => line.startsWith('bad'))
    expect(
      bad.filter((line) => expected.test(line)),
      text,
    ).toHaveLength(1)
    expect(exitCode).toBe(1)
  })

  test('does not create a missing database, and older tables are no problem', async () => {
    const missing = await doctor({ ...source, DATABASE_URL: `sqlite:${folder}/absent.db` }, tools)
    expect(missing.text).toContain('note there is no database yet')
    expect(readdirSync(folder).filter((name) => name.startsWith('absent'))).toEqual([])
    await tamper('delete from kysely_migration where name = (select max(name) from kysely_migration)')
    const { text, exitCode } = await doctor(source, tools)
    expect([text.includes('note the tables are from an older version'), exitCode]).toEqual([true, 0])
  })

  test('a trusted proxy is no problem', async () => {
    await change(({ access }) => noteUntrusted(access))
    expect((await doctor({ ...source, TRUST_PROXY: '1' }, tools)).text).not.toContain('X-Forwarded-For')
  })
})
