import { appendFileSync } from 'node:fs'
import { type DatabaseUrl, type Db, openDatabase } from '@/lib/store/engine/open'
import { saveWindows, type WindowAnswer } from '@/lib/store/windows/window-save'
import { type CrashPoint, watchStatements } from './crash-points'

const HOUR = 3_600

/** One store that the process writes to until it dies. */
export interface CrashingWrite {
  url: DatabaseUrl
  /** The first step. */
  from: number
  /** A file that gets the number of steps done, one line for each. */
  acked: string
  /** The process kills itself the `nth` time it reaches this point. */
  at?: { point: CrashPoint; nth: number }
  /** Makes every statement its own transaction: the test must then find torn writes. */
  broken?: boolean
}

/** Saves pairs of windows to every store at once, step by step, without end. Prints a line when all have begun. */
export async function writeUntilKilled(stores: CrashingWrite[]): Promise<void> {
  let silent = stores.filter(({ at }) => !at).length
  if (silent === 0) console.log('writing')
  const writing = stores.map(async ({ url, from, acked, at, broken }) => {
    let passed = 0
    const reached = (point: string) => {
      if (point === at?.point && ++passed === at.nth) process.kill(process.pid, 'SIGKILL')
    }
    const opened = (await openDatabase(url)).withPlugin(watchStatements(reached))
    const db = broken ? untransacted(opened) : opened
    for (let step = from; ; step++) {
      reached('before begin')
      await saveWindows(db, stepOf(step))
      reached('after commit')
      appendFileSync(acked, `${step + 1}\n`)
      if (step === from && --silent === 0) console.log('writing')
    }
  })
  // When the database server was killed, the clients end with errors that say nothing.
  await Promise.allSettled(writing)
}

function untransacted(db: Db): Db {
  const transaction = () => ({ execute: (work: (db: Db) => Promise<unknown>) => work(db) })
  // The code under test calls `transaction().execute` alone.
  return new Proxy(db, { get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)) })
}

/** Each hour is saved twice, statistics and losses together. The second time it has more counts, less, or the same. */
export function stepOf(step: number): WindowAnswer[] {
  const hour = step >> 1
  const second = step % 2
  const n = 1_000 + hour * 10 + (second ? ([4, -4, 0][hour % 3] ?? 0) : 0)
  const [from, to] = [hour * HOUR, (hour + 1) * HOUR]
  const row = { vendor: 'apns', channel: 'offline' } as const
  const counts = { sendable: n, sent: n, delivered: n, clicked: null }
  const common = {
    appId: '1400000001',
    source: 'task' as const,
    task: '',
    from,
    to,
    fetchedAt: to + 60 + second * 600,
    raw: `${hour}.${second}`,
    unreadable: 0,
    absent: [],
    kept: true,
  }
  const losses = [{ ...row, stage: 'post_send', code: '1', text: '', count: n } as const]
  return [
    { ...common, metric: 'statistics', counts: { total: counts, rows: [{ ...row, ...counts }] }, losses: null },
    { ...common, metric: 'loss', counts: null, losses },
  ]
}
