import { expect, test } from 'vitest'
import { World } from '@/emulator/world/world'
import { NOW, SDK_APP_ID } from '@/lib/archive/testing/archive-env'
import { PRESETS } from '@/lib/contract/ranges'
import { SOURCES } from '@/lib/contract/sources'
import { receiptHistory, reportingOf, sumHistory } from '@/lib/report/funnel/reporting'
import { resolveRange } from '@/lib/report/range/range'
import { dose, figure } from '@/lib/testing/dose'
import { findChanges } from './find-changes'
import type { StoredHour } from './rate-hours'
import { withoutIncidents, worldHours } from './testing/world-hours'

const SEEDS = dose(2, 200)
const MOST_FALSE = 0.02

/** Returns what the archive knows of each vendor's receipts from these hours. */
function historyOf(hours: StoredHour[]) {
  const { changes, periods } = receiptHistory(hours)
  const rows = hours.flatMap((hour) => hour.rows)
  const places = new Map(rows.map((row) => [`${row.vendor} ${row.channel}`, row]))
  const recent = [...places.values()].map(({ vendor, channel }) => ({
    vendor,
    channel,
    ...sumHistory(rows.filter((row) => row.vendor === vendor && row.channel === channel)),
  }))
  return { receipts: changes, reporting: reportingOf({ recent, periods }) }
}

test(`of the ranges of ${SEEDS} worlds without incident, at most 2 % say anything`, () => {
  const said: string[] = []
  let ranges = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    const world = withoutIncidents(new World(seed, SDK_APP_ID, NOW))
    for (const source of SOURCES) {
      const hours = worldHours(world, source, NOW)
      const history = historyOf(hours)
      for (const preset of PRESETS) {
        const range = resolveRange({ range: preset }, { nowS: NOW, appOffsetMin: 480 })
        const { silences, incidents, receipts, isKnown } = findChanges({ hours, ...history, range, offsetMin: 480 })
        expect(isKnown).toBe(true)
        ranges++
        const found = [...silences, ...incidents, ...receipts]
        if (found.length > 0) said.push(`seed ${seed} ${source} ${preset}: ${JSON.stringify(found)}`)
      }
    }
  }
  figure('false alarms', `${said.length} of ${ranges} ranges of ${SEEDS} worlds without incident say anything`)
  expect(said.length, said.join('\n')).toBeLessThanOrEqual(Math.floor(ranges * MOST_FALSE))
}, 1_800_000)
