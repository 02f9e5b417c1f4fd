import 'server-only'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { GatewayDeps } from '@/lib/gateway/deps'
import type { Gateway, Ticket } from '@/lib/gateway/gateway'
import { migrate } from '@/lib/store/engine/migrate'
import { openDatabase } from '@/lib/store/engine/open'
import { addApp } from '@/lib/store/testing/lanes'
import type { UpstreamError } from '@/lib/timpush/errors'
import type { Question } from '@/lib/timpush/question'
import { FakeClock } from './fake-clock'
import { fakeUpstream, gatewayOn } from './gateway-env'

const CALL_MS = 200

/**
 * A gateway at one call a second on a fresh SQLite file, a clock that waits to be told, and an upstream that takes 0.2 s
 * and fails as `script` says. `starts` are the calls so far: seconds since the beginning, and what was asked.
 */
export async function onFakeClock(
  script: (nth: number, question: Question) => UpstreamError | undefined = () => undefined,
) {
  const dir = mkdtempSync(join(tmpdir(), 'pl-gate-'))
  const db = await openDatabase({ kind: 'sqlite', path: join(dir, 'test.db') })
  await migrate(db)
  await addApp(db)
  const clock = new FakeClock()
  const upstream = fakeUpstream(clock, async (question, nth) => {
    await clock.sleep(CALL_MS, new AbortController().signal)
    return script(nth, question)
  })
  const build = (change: Partial<GatewayDeps> = {}): Gateway => {
    return gatewayOn(db, { clock, timers: clock, timpush: upstream.timpush, spacingMs: 1_000, ...change })
  }
  return {
    db,
    clock,
    ...upstream,
    build,
    gateway: build(),
    starts: () => upstream.seen.map(({ start, question }) => [Math.round(start) / 1_000, subject(question)]),
    async close() {
      await db.destroy()
      rmSync(dir, { recursive: true })
    },
  }
}

function subject(question: Question): number | string {
  return 'from' in question ? question.from / 3_600 : question.endpoint
}

/** How a ticket ended, or 'open': without waiting for it. */
export async function endOf(ticket: Ticket): Promise<unknown> {
  const end = ticket.done.catch((error: unknown) => error)
  return await Promise.race([end, setImmediate('open')])
}
