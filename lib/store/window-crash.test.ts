import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { migrate } from './migrate'
import { openDatabase } from './open'
import { createStore } from './store'
import { kill9, otherProcess } from './testing-process'
import { DAY, HOUR, newApp } from './testing-rows'

/** Saves pairs without end; `acked` gets a line for each one the store said is held. */
const SAVES = (path: string, acked: string) => `
  const { appendFileSync } = await import('node:fs')
  const { openDatabase } = await import('./lib/store/open.ts')
  const { createStore } = await import('./lib/store/store.ts')
  const { answer } = await import('./lib/store/testing-rows.ts')
  const store = createStore(await openDatabase({ kind: 'sqlite', path: ${JSON.stringify(path)} }), Date.now)
  console.log('saving')
  for (let n = 0; ; n++) {
    const [from, to] = [n * ${HOUR}, (n + 1) * ${HOUR}]
    const both = { from, to, fetchedAt: to + 60, kept: true }
    await store.windows.saveAll([answer(both), answer({ ...both, metric: 'loss', counts: null, losses: [] })])
    appendFileSync(${JSON.stringify(acked)}, n + '\\n')
  }`

test('a kill in the middle of saves loses no window said to be held, and leaves none in part', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pl-crash-'))
  try {
    const [path, acked] = [join(folder, 'test.db'), join(folder, 'acked')]
    const before = await openDatabase({ kind: 'sqlite', path })
    await migrate(before)
    await createStore(before, Date.now).apps.upsert(newApp())
    await before.destroy()
    const child = await otherProcess(SAVES(path, acked))
    const said = () => readFileSync(acked, { encoding: 'utf8', flag: 'a+' }).trim().split('\n').length
    for (const deadline = Date.now() + 10_000; said() < 20 && Date.now() < deadline; ) await pause(7)
    await kill9(child)

    const store = createStore(await openDatabase({ kind: 'sqlite', path }), Date.now)
    const span = { appId: newApp().id, source: 'task' as const, task: '', from: 0, to: 2 ** 40 }
    const statistics = await store.windows.within({ ...span, metric: 'statistics' })
    const losses = await store.windows.within({ ...span, metric: 'loss' })
    expect(said()).toBeGreaterThanOrEqual(20)
    expect(statistics.length).toBeGreaterThanOrEqual(said())
    expect(losses.map(({ from }) => from)).toEqual(statistics.map(({ from }) => from))
    for (const { id } of [...statistics, ...losses]) expect(await store.windows.raw(id)).not.toBeNull()
    const days = await store.daily.within({ ...span, from: -DAY })
    expect(days.reduce((sum, day) => sum + day.heldS, 0)).toBe(statistics.length * HOUR)
    await store.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
