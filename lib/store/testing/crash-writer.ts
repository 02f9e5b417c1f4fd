import { appendFileSync } from 'node:fs'
import { type DatabaseUrl, type Db, openDatabase } from '@/lib/store/engine/open'
import { type SavePoint, saveWindows, type WindowAnswer } from '@/lib/store/windows/window-save'

const HOUR = 3_600

/** One store a doomed process writes to: from which step on, and where it says what is held. */
export interface Doomed {
  url: DatabaseUrl
  from: number
  /** Gets the number of steps done, a line for each. */
  acked: string
  /** Ends the process by its own hand, the `nth` time a save comes to a point. */
  at?: { point: SavePoint; nth: number }
  /** The broken twin: every statement is its own transaction. */
  broken?: boolean
}

/** Saves pairs of windows without end, step by step, to every store at once. Says a line when all have begun. */
export async function writeUntilKilled(stores: Doomed[]): Promise<void> {
  let silent = stores.filter(({ at }) => !at).length
  if (silent === 0) console.log('writing')
  const writing = stores.map(async ({ url, from, acked, at, broken }) => {
    const opened = await openDatabase(url)
    const db = broken ? untransacted(opened) : opened
    let passed = 0
    const reached = (point: SavePoint) => {
      if (point === at?.point && ++passed === at.nth) process.kill(process.pid, 'SIGKILL')
    }
    for (let step = from; ; step++) {
      await saveWindows(db, stepOf(step), reached)
      appendFileSync(acked, `${step + 1}\n`)
      if (step === from && --silent === 0) console.log('writing')
    }
  })
  // A server that was killed answers nobody: its client has nothing more to tell.
  await Promise.allSettled(writing)
}

function untransacted(db: Db): Db {
  const transaction = () => ({ execute: (work: (db: Db) => Promise<unknown>) => work(db) })
  // Only `transaction().execute` of it is called by what is under test.
  return new Proxy(db, { get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)) })
}

/** Each hour is saved twice, its statistics and losses together: then with more, with less, or with the same. */
export function stepOf(step: number): WindowAnswer[] {
  const hour = step >> 1
  const second = step % 2
  const n = 1_000 + hour * 10 + (second ? ([4, -4, 0][hour % 3] ?? 0) : 0)
  const [from, to] = [hour * HOUR, (hour + 1) * HOUR]
  const row = { vendor: 'apns', channel: 'offline' } as const
  const counts = { sendable: n, sent: n, delivered: n, clicked: null }
  const common = {
    ...({ appId: '1400000001', source: 'task', task: '', from, to, fetchedAt: to + 60 + second * 600 } as const),
    ...{ raw: `${hour}.${second}`, unreadable: 0, absent: [], kept: true },
  }
  const losses = [{ ...row, stage: 'post_send', code: '1', text: '', count: n } as const]
  return [
    { ...common, metric: 'statistics', counts: { total: counts, rows: [{ ...row, ...counts }] }, losses: null },
    { ...common, metric: 'loss', counts: null, losses },
  ]
}
