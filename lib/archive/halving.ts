import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import type { Span } from '@/lib/report/range/windows'
import { isUpstreamError } from '@/lib/timpush/errors'

/** "The parameters are wrong" (upstream page 71894): the range may be one of them. */
const REFUSED = 90100
/** A range so short is not refused for its length. */
const SHORTEST = DAY
const KNOWN_FOR = DAY
/** So long it is not tried to halve what is refused at any length. */
const HOPELESS_FOR = 600

export interface Total {
  app: { id: string }
  source: Source
}

/**
 * Remembers for a day how long a range of the overall the upstream still answers: half of what it refused. Where even a
 * short one is refused, it is not the length, and nothing is halved for a while.
 */
export function createHalving(clock: Pick<Clock, 'dataS'>) {
  const known = new Map<string, { longest: number; at: number }>()
  const isHopeless = (found: { longest: number; at: number } | undefined) =>
    found?.longest === Infinity && clock.dataS() - found.at < HOPELESS_FOR
  const keyOf = ({ app, source }: Total) => `${source} ${app.id}`

  return {
    refused(total: Total, { from, to }: Span, error: unknown): void {
      if (!isUpstreamError(error) || error.upstreamCode !== REFUSED || isHopeless(known.get(keyOf(total)))) return
      const half = Math.floor((to - from) / 2 / HOUR) * HOUR
      known.set(keyOf(total), { longest: half < SHORTEST ? Infinity : half, at: clock.dataS() })
    },

    /** The part of the range to ask for: its end, as long as is answered; the range itself where nothing is known. */
    fitted(total: Total, { from, to }: Span): Span {
      const found = known.get(keyOf(total))
      if (!found || clock.dataS() - found.at >= KNOWN_FOR || to - from <= found.longest) return { from, to }
      return { from: Math.max(from, Math.ceil((to - found.longest) / HOUR) * HOUR), to }
    },
  }
}
