import { copyFileSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { SeededRandom } from '@/emulator/world/random'
import { freshDatabase, freshFile } from '@/lib/store/testing/database'
import { exited, kill9, otherProcess } from '@/lib/store/testing/process'
import { everyRow, loadSchema } from '@/lib/store/testing/schemas'
import type { UpgradePoint, upgradeUntilKilled } from '@/lib/store/testing/upgrade-until-killed'
import { dose, figure } from '@/lib/testing/dose'
import { migrations } from './migrations'
import { type DatabaseUrl, openDatabase } from './open'
import { openUpgraded } from './open-upgraded'

const NAME: keyof { upgradeUntilKilled: typeof upgradeUntilKilled } = 'upgradeUntilKilled'
const KILLS = dose(6, 100)
const FIRST = '001-first'
const LAST = Object.keys(migrations).sort().at(-1) ?? ''

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

const upgrader = (urls: DatabaseUrl[], at: UpgradePoint | null) =>
  otherProcess(
    `const { ${NAME} } = await import('./lib/store/testing/upgrade-until-killed.ts')
    await ${NAME}(...given)`,
    [urls, at],
  )

async function oldDatabase(kind: DatabaseUrl['kind']): Promise<DatabaseUrl> {
  const url = kind === 'sqlite' ? freshFile(undo) : await freshDatabase(undo)
  await loadSchema(url, FIRST)
  return url
}

/** Returns the number of migrations that a killed process left, and checks that the file is whole. */
async function stateOf(url: DatabaseUrl): Promise<number> {
  const db = await openDatabase(url)
  try {
    if (url.kind === 'sqlite') {
      const { rows } = await sql`pragma integrity_check`.execute(db)
      expect(rows).toEqual([{ integrity_check: 'ok' }])
    }
    const { rows } = await sql`select name from kysely_migration`.execute(db)
    const { rows: people } = await sql`select id from people`.execute(db)
    expect(people).toHaveLength(2)
    return rows.length
  } finally {
    await db.destroy()
  }
}

/** What the tables say, apart from the times of the migrations. */
async function contents(url: DatabaseUrl): Promise<string> {
  const db = await openUpgraded(url, { alone: true })
  const rows = [...(await everyRow(db, url.kind))].filter(([table]) => table !== 'kysely_migration')
  await db.destroy()
  return JSON.stringify(rows.map(([table, all]) => [table, all.map((row) => JSON.stringify(row)).sort()]).sort())
}

const whole = [1, Object.keys(migrations).length]
const POINTS: UpgradePoint[] = [
  'start',
  'copying',
  'copied',
  'before 002-collecting',
  'after 003-tasks',
  'after 023-audit-chain',
  `before ${LAST}`,
  `after ${LAST}`,
  'done',
]

test('killed at a named point, the next start finds the version before or after, and ends with the same rows', async () => {
  const expected = { sqlite: '', postgres: '' }
  for (const kind of ['sqlite', 'postgres'] as const) expected[kind] = await contents(await oldDatabase(kind))
  for (const point of POINTS) {
    const both = [await oldDatabase('sqlite'), await oldDatabase('postgres')]
    // PostgreSQL makes no copy, so these points are the other store's.
    const urls = point.startsWith('cop') ? both.slice(0, 1) : both
    await Promise.all(urls.map(async (url) => exited(await upgrader([url], point))))
    for (const url of urls) {
      const found = await stateOf(url)
      expect(whole, `${url.kind} ${point}`).toContain(found)
      expect(found, `${url.kind} ${point}`).toBe(point === 'done' ? whole[1] : whole[0])
      expect(await contents(url), `${url.kind} ${point}`).toBe(expected[url.kind])
    }
  }
}, 300_000)

test(`${KILLS} kills at random moments of an upgrade: before or after, never between`, async () => {
  const dice = new SeededRandom(39)
  let ended = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const urls = [await oldDatabase('sqlite'), await oldDatabase('postgres')]
    const child = await upgrader(urls, null)
    await pause(dice.int(0, 250))
    await kill9(child)
    for (const url of urls) {
      const found = await stateOf(url)
      expect(whole, `kill ${kill + 1} ${url.kind}`).toContain(found)
      if (found === whole[1]) ended++
      await contents(url)
    }
    const [file] = urls.flatMap((url) => (url.kind === 'sqlite' ? [url.path] : []))
    if (file) await copiesAreWhole(file)
  }
  figure('upgrade kills', `${KILLS} kills of an upgrade on both databases: ${ended} had ended, no other was between`)
}, 600_000)

/** A copy that has its final name is complete and from before. */
async function copiesAreWhole(file: string): Promise<void> {
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.before`))
  for (const name of names.filter((one) => one.endsWith('.bak'))) {
    const path = `${file}.looked-at`
    copyFileSync(`${dirname(file)}/${name}`, path)
    expect(await stateOf({ kind: 'sqlite', path })).toBe(1)
  }
}
