import 'server-only'
import type { Timers } from '@/lib/gateway/timers'
import { isCollected } from '@/lib/store/people/apps'
import { isProbeDue, type ProbeDeps, probe } from './probe'

export interface ProberDeps extends ProbeDeps {
  timers: Pick<Timers, 'sleep'>
  log?: { warn(fields: object, text: string): void }
}

const LOOK_MS = 600_000

/** Probes every app once a day, in the process that collects. */
export function createProber(deps: ProberDeps): { start(): void; stop(): Promise<void> } {
  const end = new AbortController()
  let running: Promise<void> | null = null

  async function round(): Promise<void> {
    for (const app of await deps.store.apps.list()) {
      if (end.signal.aborted) return
      if (isCollected(app) && (await isProbeDue(deps, app.id))) await probe(deps, app)
    }
  }

  async function run(): Promise<void> {
    while (!end.signal.aborted) {
      await round().catch((error: unknown) => deps.log?.warn({ err: error }, 'an app could not be probed'))
      if (!end.signal.aborted) await deps.timers.sleep(LOOK_MS, end.signal)
    }
  }

  return {
    start() {
      running ??= run()
    },
    /** A waiting call ends only with the gateway: stop the gateway too. */
    async stop() {
      end.abort()
      await running
    },
  }
}
