import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Clock } from '@/lib/contract/clock'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import type { Span } from '@/lib/report/range/windows'
import { isUpstreamError } from '@/lib/timpush/errors'

/** "Wrong parameters" (upstream page 71894). The range may be the wrong one. */
const BAD_PARAMETERS = 90100
/** A shorter range is not refused for its length. */
const SHORTEST = DAY
const VALID_S = DAY
const MOST_TOTALS = 1_000
/** When Tencent refuses any length, halving is not tried again for this long. */
const GIVE_UP_S = 600

/** Seconds. `longest` is Infinity when the length was not the cause of a refusal. */
interface LengthLimit {
  longest: number
  at: number
}

export interface Total {
  app: { id: string }
  source: Source
}

/**
 * Remembers for a day which length of range Tencent accepts for the overall: half of the last refused one. If it refuses
 * even a short range, the length is not the cause, and nothing is halved for a while.
 */
export function createHalving(clock: Pick<Clock, 'dataS'>) {
  const limits = new LRUCache<string, LengthLimit>({ max: MOST_TOTALS, ttl: VALID_S * 1_000 })
  const isGivenUp = (found: LengthLimit | undefined) =>
    found?.longest === Infinity && clock.dataS() - found.at < GIVE_UP_S
  const keyOf = ({ app, source }: Total) => `${source} ${app.id}`

  return {
    refused(total: Total, { from, to }: Span, error: unknown): void {
      if (!isUpstreamError(error) || error.upstreamCode !== BAD_PARAMETERS || isGivenUp(limits.get(keyOf(total))))
        return
      const half = Math.floor((to - from) / 2 / HOUR) * HOUR
      limits.set(keyOf(total), { longest: half < SHORTEST ? Infinity : half, at: clock.dataS() })
    },

    /** Returns the last part of the range that Tencent accepts, or the whole range if no limit is known. */
    fitted(total: Total, { from, to }: Span): Span {
      const found = limits.get(keyOf(total))
      if (!found || clock.dataS() - found.at >= VALID_S || to - from <= found.longest) return { from, to }
      return { from: Math.max(from, Math.ceil((to - found.longest) / HOUR) * HOUR), to }
    },
  }
}
