import 'server-only'
import type { KeyRotation } from './access/keys/rotate-key'
import type { Timers } from './gateway/timers'
import type { Log } from './log'

const LOOK_MS = 5_000

/**
 * Follows a rotation of the master key by another process: the device cookies and alert signatures of this one then use the
 * new key too. Everything that is stored opens in any case.
 */
export function followMasterKey(
  rotation: KeyRotation,
  timers: Pick<Timers, 'sleep'>,
  log: Log,
): { stop(): Promise<void> } {
  const end = new AbortController()
  let told = false
  const look = async () => {
    const followed = await rotation.follow()
    if (!followed && !told) {
      log.warn('the master key was rotated: set MASTER_KEY to the new key before this process starts again')
    }
    told = !followed
  }
  const running = (async () => {
    while (!end.signal.aborted) {
      await timers.sleep(LOOK_MS, end.signal)
      if (!end.signal.aborted)
        await look().catch((error: unknown) => log.warn({ err: error }, 'no look at the key check'))
    }
  })()
  return {
    async stop() {
      end.abort()
      await running
    },
  }
}
