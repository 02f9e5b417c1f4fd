import 'server-only'
import type { Counts, LossRecord, LossRow } from '@/lib/contract/records'
import { lacksVendors } from '@/lib/report/funnel/counts'
import { addOrNull } from '@/lib/report/null-sums'
import type { WindowCounts } from '@/lib/store/windows/window-rows'

const NOTHING: Counts = { sendable: 0, sent: 0, delivered: 0, clicked: 0 }
const UNKNOWN: Counts = { sendable: null, sent: null, delivered: null, clicked: null }

/**
 * Returns the counts of some vendors: their rows, and a total that is the sum of those rows. A vendor without a row had
 * nothing there. Where Tencent gave no vendors at all, the total is unknown.
 */
export function countsOfVendors(counts: WindowCounts, vendors: ReadonlySet<string>): WindowCounts {
  if (lacksVendors(counts)) return { total: UNKNOWN, rows: [] }
  const rows = counts.rows.filter(({ vendor }) => vendors.has(vendor))
  return { total: rows.reduce<Counts>(add, NOTHING), rows }
}

function add(a: Counts, b: Counts): Counts {
  return {
    sendable: addOrNull(a.sendable, b.sendable),
    sent: addOrNull(a.sent, b.sent),
    delivered: addOrNull(a.delivered, b.delivered),
    clicked: addOrNull(a.clicked, b.clicked),
  }
}

/**
 * Returns the losses of some vendors: their rows, and totals that are the sums of those rows by stage, code and text. Where
 * Tencent left the vendors of a stage out, its totals are left out too.
 */
export function lossesOfVendors(
  { losses, absent }: { losses: LossRow[] | null; absent: LossRecord['absent'] },
  vendors: ReadonlySet<string>,
): { losses: LossRow[] | null; absent: LossRecord['absent'] } {
  const gone = new Set(absent.filter(({ by }) => by === 'vendor').map(({ stage }) => stage))
  const left = [...gone].flatMap((stage) => [
    { stage, by: 'total' as const },
    { stage, by: 'vendor' as const },
  ])
  if (losses === null) return { losses, absent: left }
  const rows = losses.filter(({ vendor }) => vendor !== null && vendors.has(vendor))
  const totals = new Map<string, LossRow>()
  for (const { stage, code, text, count } of rows) {
    const key = JSON.stringify([stage, code, text])
    const before = totals.get(key)
    totals.set(key, {
      stage,
      vendor: null,
      channel: null,
      code,
      text,
      count: before ? addOrNull(before.count, count) : count,
    })
  }
  return { losses: [...totals.values(), ...rows], absent: left }
}
