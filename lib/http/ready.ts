import 'server-only'
import { context } from '@/lib/context'
import { json } from './respond'

/** Reports whether the process can work: database reachable, tables up to date. It works without Tencent, by reading. */
export async function readyRoute(): Promise<Response> {
  const database = await context().then(
    ({ ctx }) => ctx.store.readiness(),
    () => 'unreachable' as const,
  )
  return json({ ok: database === 'ready', database }, database === 'ready' ? 200 : 503)
}
