import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '@/lib/store/engine/open'
import { openUpgraded } from '@/lib/store/engine/open-upgraded'
import { type BackupConfig, createBackups } from './backups'
import { startBackups } from './schedule'
import { backupName, parseBackupName } from './target'
import { fakeS3, KEY, REGION } from './testing/fake-s3'

const START_MS = Date.UTC(2026, 10, 21, 6, 30)
const HOUR_MS = 3_600_000

let folder = ''
let file = ''
let nowMs = START_MS
const clock = { wallMs: () => nowMs }
const undo: (() => unknown)[] = []

beforeEach(async () => {
  nowMs = START_MS
  folder = mkdtempSync(join(tmpdir(), 'pl-backups-'))
  file = join(folder, 'pushlens.db')
  const db = await openUpgraded({ kind: 'sqlite', path: file })
  await db.insertInto('settings').values({ key: 'k', value: 'kept' }).execute()
  await db.destroy()
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
  rmSync(folder, { recursive: true })
})

const config = (to: BackupConfig['to'], more: Partial<BackupConfig> = {}): BackupConfig => ({
  file,
  everyS: null,
  keep: 2,
  to,
  ...more,
})

async function s3() {
  const server = await fakeS3('company-backups')
  undo.push(() => server.close())
  const to = {
    kind: 's3' as const,
    bucket: 'company-backups',
    prefix: 'push/eu',
    endpoint: server.endpoint,
    region: REGION,
  }
  return { server, to: { ...to, ...KEY } }
}

/** Every place behaves the same. */
const places: Record<string, () => Promise<BackupConfig['to']>> = {
  folder: async () => ({ kind: 'folder', folder: join(folder, 'backups') }),
  bucket: async () => (await s3()).to,
}

describe.each(Object.entries(places))('in a %s', (_, place) => {
  test('a backup is made, listed, read as it is, and deleted', async () => {
    const backups = createBackups(config(await place()), clock)
    expect(await backups.list()).toEqual([])
    const made = await backups.make('person')
    expect(made).toMatchObject({ name: 'pushlens-20261121T063000Z-manual.db', origin: 'person', at: START_MS / 1_000 })
    expect(await backups.list()).toEqual([made])
    const read = await backups.read(made.name)
    const bytes = Buffer.concat(await (read?.stream.toArray() ?? []))
    expect([read?.bytes, bytes.length]).toEqual([made.bytes, made.bytes])
    const path = join(folder, 'read.db')
    writeFileSync(path, bytes)
    const db = await openDatabase({ kind: 'sqlite', path })
    const kept = await db.selectFrom('settings').select('value').where('key', '=', 'k').execute()
    await db.destroy()
    expect(kept).toEqual([{ value: 'kept' }])
    expect([await backups.remove(made.name), await backups.remove(made.name)]).toEqual([true, false])
    expect([await backups.read(made.name), await backups.list()]).toEqual([null, []])
    expect(readdirSync(folder).filter((name) => name.startsWith('pushlens-'))).toEqual([])
  })

  test('the newest scheduled backups are kept, and every one that a person made', async () => {
    const backups = createBackups(config(await place()), clock)
    for (const origin of ['person', 'schedule', 'schedule', 'person', 'schedule', 'schedule'] as const) {
      await backups.make(origin)
      nowMs += HOUR_MS
    }
    await backups.prune()
    expect((await backups.list()).map(({ name }) => name)).toEqual([
      'pushlens-20261121T113000Z.db',
      'pushlens-20261121T103000Z.db',
      'pushlens-20261121T093000Z-manual.db',
      'pushlens-20261121T063000Z-manual.db',
    ])
  })

  test('one backup is made at a time', async () => {
    const backups = createBackups(config(await place()), clock)
    const first = backups.make('person')
    await expect(backups.make('person')).rejects.toMatchObject({ code: 'conflict' })
    await first
  })
})

test('a folder gets files for their owner only, and other files in it are left alone', async () => {
  const to = join(folder, 'deep', 'backups')
  const backups = createBackups(config({ kind: 'folder', folder: to }), clock)
  const { name } = await backups.make('schedule')
  expect([statSync(to).mode & 0o777, statSync(join(to, name)).mode & 0o777]).toEqual([0o700, 0o600])
  writeFileSync(join(to, 'notes.txt'), '')
  expect(await backups.list()).toHaveLength(1)
  expect([await backups.read('../../pushlens.db'), await backups.remove('notes.txt')]).toEqual([null, false])
  expect(existsSync(join(to, 'notes.txt'))).toBe(true)
})

test('backups stay also where they are beside the database, and what a killed process left there goes', async () => {
  const left = ['pushlens-20261120T063000Z.db', 'pushlens-20261120T063000Z-manual.db'].map((name) =>
    join(folder, `${name}.00000000-0000-4000-8000-000000000000.part`),
  )
  for (const path of left) writeFileSync(path, '')
  for (const path of left) utimesSync(path, 1, 1)
  const backups = createBackups(config({ kind: 'folder', folder }), clock)
  const made = await backups.make('schedule')
  expect([await backups.list(), existsSync(join(folder, made.name))]).toEqual([[made], true])
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

describe('a bucket', () => {
  test('gets signed requests, under the prefix', async () => {
    const { server, to } = await s3()
    await createBackups(config(to), clock).make('schedule')
    expect([...server.objects.keys()]).toEqual(['company-backups/push/eu/pushlens-20261121T063000Z.db'])
    // A deletion asks first whether the backup is there.
    expect(server.refused).toEqual([])
  })

  test('refuses a wrong key, another region, and a file that was changed on the way', async () => {
    const { server, to } = await s3()
    const make = (more: object) => createBackups(config({ ...to, ...more }), clock).make('schedule')
    await expect(make({ secretAccessKey: 'another secret' })).rejects.toThrow('SignatureDoesNotMatch')
    await expect(make({ accessKeyId: 'UNKNOWN' })).rejects.toThrow('InvalidAccessKeyId')
    await expect(make({ region: 'us-east-1' })).rejects.toThrow('SignatureDoesNotMatch')
    await expect(make({ bucket: 'missing' })).rejects.toThrow('NoSuchBucket')
    server.corruptNext()
    await expect(make({})).rejects.toThrow('XAmzContentSHA256Mismatch')
    expect(server.objects.size).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('pushlens-'))).toEqual([])
  })
})

describe('a schedule', () => {
  /** Runs looks, one minute of the clock apart, until `minutes` have passed. */
  async function run(backups: ReturnType<typeof createBackups>, minutes: number) {
    const lines: string[] = []
    let left = minutes
    let over = () => {}
    const done = new Promise<void>((resolve) => {
      over = resolve
    })
    const sleep = async (ms: number, wake: AbortSignal) => {
      nowMs += ms
      if (left-- > 0) return
      over()
      await new Promise<void>((resolve) => wake.addEventListener('abort', () => resolve()))
    }
    const log = {
      info: (_: object, text: string) => lines.push(text),
      error: (_: object, text: string) => lines.push(text),
    }
    const running = startBackups({ backups, clock, timers: { sleep }, log })
    await done
    await running.stop()
    return lines
  }

  test('makes a backup at once and then whenever one is due, also after a restart', async () => {
    const to = { kind: 'folder' as const, folder: join(folder, 'backups') }
    const backups = () => createBackups(config(to, { everyS: 3_600, keep: 3 }), clock)
    expect(await run(backups(), 150)).toHaveLength(3)
    expect(await run(backups(), 20)).toHaveLength(0)
    expect(await run(backups(), 60)).toHaveLength(1)
    expect(await backups().list()).toHaveLength(3)
  })

  test('goes on beside a copy that a wrong clock has dated into the future', async () => {
    const to = join(folder, 'backups')
    const backups = createBackups(config({ kind: 'folder', folder: to }, { everyS: 3_600, keep: 1 }), clock)
    mkdirSync(to)
    const ahead = backupName(START_MS + 10_000 * HOUR_MS, 'schedule')
    writeFileSync(join(to, ahead), '')
    await run(backups, 130)
    const [, newest, ...more] = await backups.list()
    expect([newest?.at, more]).toEqual([START_MS / 1_000 + 7_200, []])
    expect(backups.schedule.newestAt).toBe(newest?.at)
    expect(existsSync(join(to, ahead))).toBe(true)
  })

  test('fails as long as an old copy cannot be deleted, and deletes the others', async () => {
    const { server, to } = await s3()
    const backups = createBackups(config(to, { everyS: 24 * 3_600, keep: 1 }), clock)
    const old = []
    for (let n = 0; n < 3; n++) {
      old.push(await backups.make('schedule'))
      nowMs += HOUR_MS
    }
    server.locked.add(`company-backups/push/eu/${old[1]?.name}`)
    expect(await run(backups, 16)).toEqual(Array(2).fill(expect.stringContaining('failed')))
    expect((await backups.list()).map(({ name }) => name)).toEqual([old[2]?.name, old[1]?.name])
    server.locked.clear()
    await run(backups, 1)
    expect([await backups.list(), backups.schedule.failed]).toEqual([[old[2]], false])
  })

  test('says that a backup failed, and tries again after a quarter of an hour', async () => {
    writeFileSync(join(folder, 'taken'), '')
    const backups = createBackups(config({ kind: 'folder', folder: join(folder, 'taken') }, { everyS: 3_600 }), clock)
    const lines = await run(backups, 31)
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('the scheduled backup failed')
    expect(backups.schedule).toEqual({ newestAt: null, failed: true })
    rmSync(join(folder, 'taken'))
    await run(backups, 16)
    expect(backups.schedule).toEqual({ newestAt: (await backups.list())[0]?.at, failed: false })
  })
})

test('names say when and by whom, and nothing else is a name', () => {
  expect(parseBackupName(backupName(START_MS, 'schedule'))).toEqual({ at: START_MS / 1_000, origin: 'schedule' })
  for (const name of ['pushlens.db', 'pushlens-20261321T063000Z.db', '../pushlens-20261121T063000Z.db', 'master.key']) {
    expect(parseBackupName(name)).toBeNull()
  }
  expect(readFileSync(file).length).toBeGreaterThan(0)
})
