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
import { createTestGateway, fakeUpstream } from './gateway-env'

const CALL_MS = 200

/**
 * Opens a gateway with 1 s spacing on a fresh SQLite file, on a fake clock. Its upstream takes 0.2 s per call and fails as
 * `script` says. `starts` returns the calls so far: seconds since the start, and the subject of the question.
 */
export async function openFakeClockEnv(
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
    return createTestGateway(db, { clock, timers: clock, timpush: upstream.timpush, spacingMs: 1_000, ...change })
  }
  return {
    db,
    clock,
    ...upstream,
    build,
    gateway: build(),
    starts: () => upstream.recorded.map(({ start, question }) => [Math.round(start) / 1_000, subject(question)]),
    async close() {
      await db.destroy()
      rmSync(dir, { recursive: true })
    },
  }
}

function subject(question: Question): number | string {
  return 'from' in question ? question.from / 3_600 : question.endpoint
}

/** Returns how a ticket ended, or 'open' if it has not. Does not wait for it. */
export async function outcomeOf(ticket: Ticket): Promise<unknown> {
  const end = ticket.done.catch((error: unknown) => error)
  return await Promise.race([end, setImmediate('open')])
}
