import 'server-only'
import { context } from '@/lib/context'
import { json } from './respond'

/** Can it do its work: database reachable and tables up to date. The upstream does not count: reading goes on without it. */
export async function readyRoute(): Promise<Response> {
  const database = await context().then(
    ({ ctx }) => ctx.store.readiness(),
    () => 'unreachable' as const,
  )
  return json({ ok: database === 'ready', database }, database === 'ready' ? 200 : 503)
}
