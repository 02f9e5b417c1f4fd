import 'server-only'
import type { Clock } from '@/lib/contract/clock'
import { HORIZON } from '@/lib/contract/limits'
import { endpointOf, METRICS, type Metric, SOURCES, type Source } from '@/lib/contract/sources'
import type { Gateway } from '@/lib/gateway/gateway'
import { type ArchiveProgress, progressOf } from '@/lib/report/collect/plan-progress'
import { planReach, planWork } from '@/lib/report/collect/plan-work'
import type { AppRow } from '@/lib/store/people/apps'
import type { Store } from '@/lib/store/store'

export type ProgressApp = Pick<AppRow, 'id' | 'createdAt' | 'utcOffsetMin' | 'byDay' | 'fillFrom'>

/** How many buckets are stored, expected, lost and pending. */
export interface Progress extends ArchiveProgress {
  source: Source
  metric: Metric
  /** Estimated milliseconds until nothing is missing, at the lane's current spacing. 0 when nothing is missing. */
  etaMs: number
}

/** Returns the progress of collection for each source and metric of an app. */
export async function progress(
  deps: { store: Pick<Store, 'windows'>; gateway: Pick<Gateway, 'lanes'>; clock: Pick<Clock, 'dataS'> },
  app: ProgressApp,
): Promise<Progress[]> {
  const nowS = deps.clock.dataS()
  const lanes = await deps.gateway.lanes(app.id)
  const spacing = (source: Source, metric: Metric) =>
    lanes.find((lane) => lane.endpoint === endpointOf(source, metric))?.spacingMs ?? 0
  const found: Progress[] = []
  for (const source of SOURCES) {
    const from = Math.min(planReach(nowS), app.createdAt - HORIZON.statistics)
    const headers = await deps.store.windows.headers({ appId: app.id, source, from })
    const { work } = planWork({
      held: headers,
      nowS,
      offsetMin: app.utcOffsetMin,
      byDay: app.byDay,
      fillFrom: app.fillFrom,
    })
    for (const metric of METRICS) {
      const held = headers.filter((one) => one.metric === metric)
      const calls = work.filter((one) => one.priority !== 'settling' && one.due.includes(metric)).length
      const coverage = progressOf({
        metric,
        held,
        since: app.createdAt,
        nowS,
        days: app.byDay ? app.utcOffsetMin : null,
        fillFrom: app.fillFrom,
      })
      found.push({ source, metric, ...coverage, etaMs: calls * spacing(source, metric) })
    }
  }
  return found
}
