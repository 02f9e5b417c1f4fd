import 'server-only'
import { truthOfStatistics } from '@/emulator/control/truth'
import { truthOfLoss } from '@/emulator/control/truth-loss'
import type { Switches } from '@/emulator/switches'
import type { World } from '@/emulator/world/world'
import { METRICS, type Metric, SOURCES, type Source } from '@/lib/contract/sources'
import { platformOf } from '@/lib/contract/vendors'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'
import type { HeldWindow } from '@/lib/store/windows/windows'

/** Returns every stored window of the overall, with its source and metric. */
export async function allHeld({ store, app }: { store: Store; app: AppRow }) {
  const span = { appId: app.id, task: '', from: 0, to: 2 ** 40 }
  const found: { source: Source; metric: Metric; window: HeldWindow }[] = []
  for (const source of SOURCES) {
    for (const metric of METRICS) {
      const windows = await store.windows.within({ ...span, source, metric })
      found.push(...windows.map((window) => ({ source, metric, window })))
    }
  }
  return found
}

export type Held = Awaited<ReturnType<typeof allHeld>>[number]

/** Compares stored windows, row by row, with the truth computed from the emulator's own events. */
export function judge({ world, switches }: { world: World; switches: Switches }) {
  function truth({ source, metric, window }: Held, asOf: number): string {
    const question = { source, task: null, from: window.from, to: window.to, asOf }
    if (metric === 'statistics') {
      const { total, vendors } = truthOfStatistics(world, question, switches)
      return text([total && four(total), ...vendors.map((row) => [row.platform, channel(row.eventType), ...four(row)])])
    }
    const { stages, totals } = truthOfLoss(world, question, switches)
    const rows = (['ready_to_send', 'post_send'] as const).flatMap((stage) => [
      ...stages[stage].map((row) => [stage, row.platform, channel(row.eventType), row.code, row.count]),
      ...totals[stage].map((row) => [stage, null, null, row.code, row.count]),
    ])
    return text(rows)
  }

  return {
    /** Returns the windows that differ from the truth at the time of their fetch. */
    wrong: (held: Held[]) => held.filter((one) => answer(one) !== truth(one, one.window.fetchedAt)),
    /** Returns the windows that differ from the truth at a later time. */
    outdated: (held: Held[], asOf: number) => held.filter((one) => answer(one) !== truth(one, asOf)),
  }
}

function answer({ window: { counts, losses } }: Held): string {
  if (counts)
    return text([four(counts.total), ...counts.rows.map((row) => [platformOf(row.vendor), row.channel, ...four(row)])])
  return text(
    (losses ?? []).map((row) => [row.stage, row.vendor && platformOf(row.vendor), row.channel, row.code, row.count]),
  )
}

const four = (row: { sendable: unknown; sent: unknown; delivered: unknown; clicked: unknown }) => [
  row.sendable,
  row.sent,
  row.delivered,
  row.clicked,
]
const channel = (eventType: number | null) => (eventType === null ? null : eventType === 1 ? 'offline' : 'online')
const text = (rows: unknown[]) =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n')
