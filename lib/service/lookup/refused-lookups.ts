import 'server-only'
import type { Context } from '@/lib/service/context'
import type { UpstreamError } from '@/lib/timpush/errors'

/** Long enough for a list of 50 to be read and saved; a mended account is asked about again soon. */
const KEPT_S = 10 * 60
const MOST = 1_000

const memories = new WeakMap<Context['gateway'], Map<string, { error: UpstreamError; atS: number }>>()

/**
 * What Tencent refused to tell about one user is no trace, so it is kept nowhere: a list remembers it for ten minutes, or
 * it would ask about the same unknown user at every turn. Another process asks once more.
 */
export function refusedLookups({ gateway, clock }: Pick<Context, 'gateway' | 'clock'>) {
  const known = memories.get(gateway) ?? new Map()
  memories.set(gateway, known)
  return {
    find(key: string): UpstreamError | null {
      const found = known.get(key)
      return found && clock.dataS() - found.atS < KEPT_S ? found.error : null
    },
    note(key: string, error: UpstreamError): void {
      if (known.size >= MOST) known.clear()
      known.set(key, { error, atS: clock.dataS() })
    },
  }
}
