import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { SeededRandom } from '@/emulator/world/random'
import type { RotatedStore, rotateUntilKilled } from '@/lib/access/testing/rotate-until-killed'
import { migrate } from '@/lib/store/engine/migrate'
import { type DatabaseUrl, openDatabase } from '@/lib/store/engine/open'
import { createStore } from '@/lib/store/store'
import { freshDatabase, freshFile } from '@/lib/store/testing/database'
import { kill9, otherProcess } from '@/lib/store/testing/process'
import { newApp } from '@/lib/store/testing/rows'
import { realClock } from '@/lib/testing/clock'
import { dose, figure } from '@/lib/testing/dose'
import { checkMasterKey } from './key-check'
import type { KeyRing } from './key-ring'
import { openKeys } from './open-keys'
import { createAppKey, openWithAppKey, sealWithAppKey } from './seal'

const NAME: keyof { rotateUntilKilled: typeof rotateUntilKilled } = 'rotateUntilKilled'
const CELL = { table: 'apps', column: 'key_sealed', row: 'shop' }
const SECRET = 'the secret key of a shop'
const KILLS = dose(10, 200)

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A store with one app, and a server that serves from it all the time. */
async function served(url: DatabaseUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-kills-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const rotated: RotatedStore = { url, file: join(folder, 'master.key') }
  const sources = { text: null, next: null, file: rotated.file }
  const db = await openDatabase(url)
  undo.push(() => db.destroy())
  await migrate(db)
  const store = createStore(db, realClock)
  const server = await openKeys(sources, store)
  const dataKey = createAppKey(server, 'shop')
  const sealed = sealWithAppKey(server, { id: 'shop', dataKey }, CELL, SECRET)
  await store.apps.upsert(newApp({ id: 'shop', key: { dataKey, sealed, fingerprint: 'f' } }))
  const read = async (ring: KeyRing) => {
    const app = await store.apps.get('shop')
    return app && openWithAppKey(ring, { id: app.id, dataKey: app.key.dataKey }, CELL, app.key.sealed)
  }
  return {
    rotated,
    keyText: () => readFileSync(rotated.file, 'utf8'),
    serve: () => read(server),
    start: async () => read(await openKeys(sources, store)),
    check: (text: string) => checkMasterKey({ text, file: null, settings: store.settings }),
  }
}

test(`${KILLS} kills while the master key is rotated: everything opens, and old keys open nothing`, async () => {
  const stores = [await served(freshFile(undo)), await served(await freshDatabase(undo))]
  const dice = new SeededRandom(12)
  let reads = 0
  const replaced = stores.map(() => 0)
  for (let kill = 0; kill < KILLS; kill += 1) {
    const at = kill % stores.length
    const store = stores[at]
    if (!store) throw new Error('no store')
    const before = store.keyText()
    const child = await otherProcess(
      `const { ${NAME} } = await import('./lib/access/testing/rotate-until-killed.ts')
      await ${NAME}(given)`,
      store.rotated,
    )
    let over = false
    const end = pause(dice.int(0, 150))
      .then(() => kill9(child))
      .finally(() => {
        over = true
      })
    do {
      expect(await store.serve()).toBe(SECRET)
      reads += 1
      // SQLite answers without leaving the turn, so timers would never run.
      await breathe()
    } while (!over)
    await end
    expect(await store.start(), `kill ${kill + 1}`).toBe(SECRET)
    expect(await store.check(store.keyText())).toBe('matches')
    if (before === store.keyText()) continue
    replaced[at] = (replaced[at] ?? 0) + 1
    expect(await store.check(before)).toBe('different')
  }
  expect(Math.min(...replaced)).toBeGreaterThan(KILLS / 8)
  figure('rotation', `${KILLS} kills of a process that rotates the master key, ${reads} reads meanwhile: none failed`)
}, 900_000)
