import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { endpointOf, METRICS, SOURCES } from '@/lib/contract/sources'
import { NOW } from './testing/archive-env'
import { openProtocolEnv } from './testing/protocol-env'

/** A lane makes one call a second, and people who look at the new app need some of these calls. */
const CALLS_OF_A_MINUTE = 45

test('an empty archive has the last 24 hours, hour by hour, within the calls that a lane makes in a minute', async () => {
  const env = await openProtocolEnv()
  try {
    await env.collect((calls) => calls >= 300)
    const newest = Math.floor(NOW / HOUR) * HOUR
    for (const endpoint of SOURCES.flatMap((source) => METRICS.map((metric) => endpointOf(source, metric)))) {
      const spans = env.asked.flatMap((one) => (one.endpoint === endpoint && 'from' in one ? [one] : []))
      const hours = spans.slice(0, CALLS_OF_A_MINUTE).filter(({ from, to }) => to - from === HOUR)
      const lastDay = new Set(hours.map(({ from }) => from).filter((from) => from >= newest - DAY))
      expect([endpoint, lastDay.size]).toEqual([endpoint, 24])
    }
  } finally {
    await env.close()
  }
})
