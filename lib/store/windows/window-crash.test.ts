import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { SeededRandom } from '@/emulator/world/random'
import { migrate } from '@/lib/store/engine/migrate'
import { type DatabaseUrl, openDatabase } from '@/lib/store/engine/open'
import { examine, openReference, prepare } from '@/lib/store/testing/crash'
import { CRASH_POINTS, type CrashPoint } from '@/lib/store/testing/crash-points'
import { type CrashingWrite, writeUntilKilled } from '@/lib/store/testing/crash-writer'
import { freshDatabase, freshFile } from '@/lib/store/testing/database'
import { exited, kill9, otherProcess } from '@/lib/store/testing/process'
import { dose, figure } from '@/lib/testing/dose'
import { startPostgres } from '@/scripts/postgres.mjs'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

type Victim = Awaited<ReturnType<typeof victim>>

/** A store that processes write to and die, one after another, and a reference store that is never harmed. */
async function victim(url: DatabaseUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'pl-acked-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const acked = join(folder, 'acked')
  writeFileSync(acked, '')
  const first = await openDatabase(url)
  await migrate(first)
  await prepare(first)
  await first.destroy()
  const reference = await openReference()
  undo.push(() => reference.end())
  let done = 0
  return {
    next: (more: Partial<CrashingWrite> = {}): CrashingWrite => ({ url, acked, from: done, ...more }),
    async faults(): Promise<string[]> {
      const db = await openDatabase(url)
      try {
        const last = readFileSync(acked, 'utf8').trim().split('\n').at(-1)
        const found = await examine(db, Math.max(done, Number(last ?? 0)), reference)
        done = found.done
        return found.faults
      } finally {
        await db.destroy()
      }
    },
    done: () => done,
  }
}

const both = async () => [await victim(freshFile(undo)), await victim(await freshDatabase(undo))] as const

function writer(stores: CrashingWrite[]) {
  return otherProcess(
    `const writer = await import('./lib/store/testing/crash-writer.ts')
    await writer.${writeUntilKilled.name}(given)`,
    stores,
  )
}

async function dieAt(store: Victim, point: CrashPoint, nth: number, broken = false): Promise<string[]> {
  await exited(await writer([store.next({ at: { point, nth }, broken })]))
  return store.faults()
}

const KILLS = dose(10, 200)
/** A store examines all its windows after each kill, so a new one is made before that takes long. */
const PER_STORE = Math.min(KILLS, 20)

test(`${KILLS} kills at random moments lose nothing in either store`, async () => {
  const dice = new SeededRandom(9)
  const steps: number[] = []
  for (let kill = 0; kill < KILLS; ) {
    const stores = await both()
    for (const end = kill + PER_STORE; kill < end; kill++) {
      const child = await writer(stores.map((store) => store.next()))
      await pause(dice.int(0, 60))
      await kill9(child)
      for (const store of stores) expect(await store.faults(), `kill ${kill + 1}`).toEqual([])
    }
    for (const store of stores) steps.push(store.done())
  }
  expect(Math.min(...steps)).toBeGreaterThan(PER_STORE / 2)
  figure(
    'kill',
    `${KILLS} kills of a writing process, ${steps.reduce((a, b) => a + b)} pairs of windows: none lost, in part or twice`,
  )
}, 600_000)

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  const store = async () => victim(kind === 'sqlite' ? freshFile(undo) : await freshDatabase(undo))

  test('a crash at each point of a save keeps every acknowledged step, and none in part', async () => {
    const one = await store()
    const rounds = dose(1, 10)
    for (const [i, point] of CRASH_POINTS.entries()) {
      for (let round = 0; round < rounds; round++) {
        expect(await dieAt(one, point, 3 + ((i + round) % 6)), point).toEqual([])
      }
    }
    expect(one.done()).toBeGreaterThan(CRASH_POINTS.length)
    figure('points', `${kind}: ${rounds} deaths at each of ${CRASH_POINTS.join(', ')}`)
  }, 300_000)

  test.each([
    ['after insert windows', 5],
    ['after insert window_answers', 3],
  ] as const)('writes that are not one transaction are detected after a crash %s', async (point, nth) => {
    expect(await dieAt(await store(), point, nth, true)).toEqual([expect.stringContaining('steps lost')])
  })
})

test('a database server that is killed keeps every acknowledged step', async () => {
  const server = await startPostgres()
  undo.push(() => server.stop())
  const store = await victim({ kind: 'postgres', url: server.url })
  const crashes = dose(1, 20)
  for (let crash = 0; crash < crashes; crash++) {
    const child = await writer([store.next()])
    await pause(30)
    await server.crash()
    await kill9(child)
    expect(await store.faults()).toEqual([])
  }
  expect(store.done()).toBeGreaterThan(0)
  figure('server', `${crashes} kills of the PostgreSQL server, ${store.done()} pairs of windows`)
}, 120_000)
