import { createSecretKey, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { issueDeviceCookie, readDeviceCookie } from '@/lib/access/sign-in/device-cookie'
import type { Db } from '@/lib/store/engine/open'
import { createStore } from '@/lib/store/store'
import { describeStores } from '@/lib/store/testing/database'
import { newApp } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import { signAlert } from './alert-signature'
import { checkMasterKey, type KeySources } from './key-check'
import { chainSigner } from './key-ring'
import { keyedHash } from './keyed-hash'
import { MasterKeyError, parseMasterKey } from './master-key'
import { openKeys } from './open-keys'
import { createKeyRotation } from './rotate-key'
import { createAppKey, openWithAppKey, sealWithAppKey } from './seal'

const fresh = () => randomBytes(32).toString('base64')
const CELL = { table: 'apps', column: 'key_sealed', row: 'shop' }
const CANARY = 'canary-secret-key'

/** Opens a database as a process does that has these keys. */
async function processOf(db: Db, sources: KeySources) {
  const store = createStore(db, realClock)
  const ring = await openKeys(sources, store)
  store.audit.signWith(chainSigner(ring))
  const { keys, settings } = store
  return { store, ring, rotation: createKeyRotation({ keys, ring, settings, sources, clock: realClock }) }
}

async function addShop({ store, ring }: Awaited<ReturnType<typeof processOf>>) {
  const dataKey = createAppKey(ring, 'shop')
  const sealed = sealWithAppKey(ring, { id: 'shop', dataKey }, CELL, CANARY)
  await store.apps.upsert(newApp({ id: 'shop', key: { dataKey, sealed, fingerprint: 'f' } }))
}

async function readShop({ store, ring }: Awaited<ReturnType<typeof processOf>>): Promise<string> {
  const app = await store.apps.get('shop')
  if (!app) throw new Error('no app')
  return openWithAppKey(ring, { id: app.id, dataKey: app.key.dataKey }, CELL, app.key.sealed)
}

describeStores('rotating the master key', ({ kind, open }) => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pl-rotate-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const inFile = () => ({ text: null, next: null, file: join(folder, 'master.key') })

  test('opens everything as before, in this process, in another one and after a start', async () => {
    const db = await open()
    const [old, next] = [fresh(), fresh()]
    const server = await processOf(db, { text: old, next: null, file: null })
    await addShop(server)
    const hash = keyedHash(server.ring, 'person', 'kim')
    const rotating = await processOf(db, { text: old, next, file: null })
    await rotating.rotation.rotate()
    const started = await processOf(db, { text: next, next: null, file: null })
    const between = await processOf(db, { text: old, next, file: null })
    for (const one of [server, rotating, started, between]) {
      expect(await readShop(one)).toBe(CANARY)
      expect(keyedHash(one.ring, 'person', 'kim')).toBe(hash)
    }
    await started.store.audit.append({ at: 1, actor: 'a', action: 'b', appId: null, subjectHash: null, detail: {} })
    expect(await server.store.audit.check()).toEqual({ entries: 1, broken: null })
  })

  test('makes the old key useless', async () => {
    const db = await open()
    const [old, next] = [fresh(), fresh()]
    const server = await processOf(db, { text: old, next, file: null })
    await addShop(server)
    const { value: wrapped } = await db
      .selectFrom('settings')
      .select('value')
      .where('key', '=', 'installation_key')
      .executeTakeFirstOrThrow()
    const cookie = issueDeviceCookie(server.ring, 'kim@example.com', 0).reveal()
    const signature = signAlert(server.ring, 'text')
    await server.rotation.rotate()

    const error = await openKeys({ text: old, next: null, file: null }, server.store).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(MasterKeyError)
    expect(await checkMasterKey({ text: old, next: null, file: null, settings: server.store.settings })).toBe(
      'different',
    )
    const app = await server.store.apps.get('shop')
    const stored = { id: 'shop', dataKey: app?.key.dataKey ?? '' }
    expect(() => openWithAppKey(parseMasterKey(old), stored, CELL, app?.key.sealed ?? '')).toThrow("can't be opened")
    expect(readDeviceCookie(server.ring, 'kim@example.com', cookie, 1)).toBeNull()
    expect(signAlert(server.ring, 'text')).not.toBe(signature)
    const settings = JSON.stringify(await db.selectFrom('settings').selectAll().execute())
    for (const secret of [old, next, wrapped]) expect(settings).not.toContain(secret)
    if (kind === 'sqlite') {
      const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db)
      const path = rows[0]?.file ?? ''
      for (const name of [path, `${path}-wal`]) expect(readFileSync(name).includes(wrapped)).toBe(false)
    }
    expect(inspect(server, { depth: 9, showHidden: true })).not.toContain(next.slice(0, 10))
  })

  test('in a file replaces the file, which only its owner may read', async () => {
    const server = await processOf(await open(), inFile())
    await addShop(server)
    const before = readFileSync(join(folder, 'master.key'), 'utf8')
    expect(await server.rotation.state()).toEqual({ source: 'file', ready: true, rotatedAt: null, isNext: false })
    await server.rotation.rotate()
    expect(readFileSync(join(folder, 'master.key'), 'utf8')).not.toBe(before)
    expect(readdirSync(folder)).toEqual(['master.key'])
    expect((await server.rotation.state()).rotatedAt).toBeGreaterThan(1_700_000_000)
    await server.rotation.rotate()
    expect(await readShop(server)).toBe(CANARY)
  })

  test('of two processes at the same time ends with a key that opens', async () => {
    const db = await open()
    const [one, two] = [await processOf(db, inFile()), await processOf(db, inFile())]
    await addShop(one)
    await Promise.all([one.rotation.rotate(), two.rotation.rotate(), one.rotation.rotate()])
    expect(await readShop(await processOf(db, inFile()))).toBe(CANARY)
    expect(readdirSync(folder)).toEqual(['master.key'])
  })

  test('from the environment needs the new key, and says what is missing', async () => {
    const db = await open()
    const [old, next] = [fresh(), fresh()]
    const without = await processOf(db, { text: old, next: null, file: null })
    expect(await without.rotation.state()).toMatchObject({ source: 'environment', ready: false, isNext: false })
    await expect(without.rotation.rotate()).rejects.toMatchObject({ code: 'conflict' })
    const same = await processOf(db, { text: old, next: old, file: null })
    await expect(same.rotation.rotate()).rejects.toMatchObject({ code: 'conflict' })
    const ready = await processOf(db, { text: old, next, file: null })
    expect(await ready.rotation.state()).toMatchObject({ ready: true, isNext: false })
    await ready.rotation.rotate()
    expect(await ready.rotation.state()).toMatchObject({ ready: false, isNext: true })
    await expect(ready.rotation.rotate()).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is followed by other processes that can', async () => {
    const db = await open()
    const [old, next] = [fresh(), fresh()]
    const [able, unable] = [
      await processOf(db, { text: old, next, file: null }),
      await processOf(db, { text: old, next: null, file: null }),
    ]
    expect([await able.rotation.follow(), await unable.rotation.follow()]).toEqual([true, true])
    const rotating = await processOf(db, { text: old, next, file: null })
    await rotating.rotation.rotate()
    expect([await able.rotation.follow(), await unable.rotation.follow()]).toEqual([true, false])
    expect(signAlert(able.ring, 'text')).toBe(signAlert(rotating.ring, 'text'))
    expect(signAlert(unable.ring, 'text')).not.toBe(signAlert(rotating.ring, 'text'))
  })

  test('is finished after a crash between database and file, and taken up again after one before', async () => {
    const db = await open()
    const server = await processOf(db, inFile())
    await addShop(server)
    const path = join(folder, 'master.key')
    const [before] = [readFileSync(path, 'utf8')]
    await server.rotation.rotate()
    const after = readFileSync(path, 'utf8')
    // As a crash before the rename leaves it.
    writeFileSync(path, before, { mode: 0o600 })
    writeFileSync(`${path}.new`, after, { mode: 0o600 })
    expect(await readShop(await processOf(db, inFile()))).toBe(CANARY)
    expect([readFileSync(path, 'utf8'), existsSync(`${path}.new`)]).toEqual([after, false])
    // As a crash before the commit leaves it: the next rotation uses this key.
    const planned = fresh()
    writeFileSync(`${path}.new`, planned, { mode: 0o600 })
    const again = await processOf(db, inFile())
    expect(await readShop(again)).toBe(CANARY)
    await again.rotation.rotate()
    expect(readFileSync(path, 'utf8')).toBe(planned)
    expect(await readShop(await processOf(db, inFile()))).toBe(CANARY)
  })

  test('works with a database from before there was an installation key', async () => {
    const db = await open()
    const [old, next] = [fresh(), fresh()]
    const first = parseMasterKey(old)
    const store = createStore(db, realClock)
    // What the version before wrote: keys and hashes of the master key itself, and entries without a signature.
    await addShop({ store, ring: first } as never)
    await store.audit.append({ at: 1, actor: 'a', action: 'b', appId: null, subjectHash: 'h', detail: {} })
    const server = await processOf(db, { text: old, next, file: null })
    for (const label of ['trace', 'person', 'account'] as const) {
      expect(keyedHash(server.ring, label, 'kim')).toBe(keyedHash(first, label, 'kim'))
    }
    expect(await readShop(server)).toBe(CANARY)
    expect(await server.store.audit.check()).toEqual({ entries: 1, broken: null })
    await server.rotation.rotate()
    const started = await processOf(db, { text: next, next: null, file: null })
    expect(keyedHash(started.ring, 'person', 'kim')).toBe(keyedHash(first, 'person', 'kim'))
    expect(await readShop(started)).toBe(CANARY)
    const app = await store.apps.get('shop')
    const stored = { id: 'shop', dataKey: app?.key.dataKey ?? '' }
    expect(() => openWithAppKey(first, stored, CELL, app?.key.sealed ?? '')).toThrow("can't be opened")
  })

  test('new databases derive nothing that is stored from the master key', async () => {
    const old = fresh()
    const server = await processOf(await open(), { text: old, next: null, file: null })
    const master = createSecretKey(Buffer.from(old, 'base64'))
    for (const label of ['trace', 'person', 'account', 'address'] as const) {
      expect(keyedHash(server.ring, label, 'kim')).not.toBe(keyedHash(master, label, 'kim'))
    }
  })
})
