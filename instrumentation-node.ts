import { context } from './lib/context'

/** Opens the house before the first request. What went wrong is told once, by the front door, which waits for the same promise. */
export async function start(): Promise<void> {
  const running = await context().catch(() => null)
  if (!running) return
  running.collector?.start()
  Object.assign(globalThis, { [Symbol.for('pushlens.shutdown')]: () => running.stop() })
}
