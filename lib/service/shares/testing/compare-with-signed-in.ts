import 'server-only'
import type { FunnelReply } from '@/lib/contract/funnel'
import type { LossesReply } from '@/lib/contract/losses'
import type { TasksReply } from '@/lib/contract/tasks'

/** What the answer of somebody with a role becomes for a link: some vendors, summed up, and rates alone. */
export interface Narrowing {
  vendors: string[] | null
  figures: 'counts' | 'rates'
}
interface Four {
  sendable: number | null
  sent: number | null
  delivered: number | null
  clicked: number | null
}
type Placed = Four & { vendor: string; channel: string | null }
type Complain = (where: string, shared: unknown, expected: unknown) => void

const FOUR = ['sendable', 'sent', 'delivered', 'clicked'] as const
const four = (of: Four): Four => ({
  sendable: of.sendable,
  sent: of.sent,
  delivered: of.delivered,
  clicked: of.clicked,
})
const NONE: Four = { sendable: null, sent: null, delivered: null, clicked: null }

const placed = (rows: readonly Placed[], { vendors }: Narrowing) =>
  rows.filter(({ vendor }) => vendors === null || vendors.includes(vendor))

/** The expected counts of a place: Tencent's own total, or the sum of the link's vendors. */
function counts(total: Four | null, rows: readonly Placed[], narrowing: Narrowing): Four | null {
  if (total === null) return null
  if (narrowing.figures === 'rates') return NONE
  if (narrowing.vendors === null) return four(total)
  const own = placed(rows, narrowing)
  const sum = (key: keyof Four) =>
    own.reduce<number | null>((all, row) => (all === null || row[key] === null ? null : all + (row[key] ?? 0)), 0)
  return Object.fromEntries(FOUR.map((key) => [key, sum(key)])) as unknown as Four
}

const rows = (all: readonly Placed[], narrowing: Narrowing) =>
  placed(all, narrowing).map((row) => [row.vendor, row.channel, narrowing.figures === 'rates' ? NONE : four(row)])
const plainRows = (all: readonly Placed[]) => all.map((row) => [row.vendor, row.channel, four(row)])
const rounded = (rate: number | null) => (rate === null ? null : Math.round(rate * 1_000) / 1_000)

export function compareFunnels(shared: FunnelReply, signed: FunnelReply, narrowing: Narrowing, complain: Complain) {
  const isRates = narrowing.figures === 'rates'
  const rate = (one: number | null | undefined) => (isRates ? rounded(one ?? null) : (one ?? null))
  complain('total', shared.total && four(shared.total), counts(signed.total, signed.vendors, narrowing))
  complain('vendors', plainRows(shared.vendors), rows(signed.vendors, narrowing))
  complain(
    'rates of vendors',
    shared.vendors.map((one) => [one.rates.send, one.rates.deliveryReporting, one.delivery]),
    (placed(signed.vendors, narrowing) as FunnelReply['vendors']).map((one) => [
      rate(one.rates.send),
      rate(one.rates.deliveryReporting),
      one.delivery,
    ]),
  )
  if (narrowing.vendors === null)
    complain('send rate', shared.total?.rates.send ?? null, rate(signed.total?.rates.send))
  complain(
    'tasks',
    shared.tasks.map(({ task, total, vendors }) => [task, total && four(total), plainRows(vendors)]),
    signed.tasks.map(({ task, total, vendors }) => [task, counts(total, vendors, narrowing), rows(vendors, narrowing)]),
  )
  for (const key of ['series', 'seriesBefore'] as const) {
    if (key === 'seriesBefore' && shared.seriesBefore.length === 0) continue
    complain(
      key,
      shared[key].map((one) => one && [one.from, one.to, four(one), plainRows(one.vendors ?? [])]),
      signed[key].map((one) => {
        if (one === null) return null
        const own = one.vendors ?? []
        const isHeld = FOUR.some((name) => one[name] !== null)
        return [one.from, one.to, isHeld ? counts(one, own, narrowing) : NONE, rows(own, narrowing)]
      }),
    )
  }
  if (!shared.comparison) return
  const { comparison } = signed
  complain('compared period', [shared.comparison.from, shared.comparison.to], [comparison?.from, comparison?.to])
  const before = comparison?.vendors.map((one) => ({ ...one.before, vendor: one.vendor, channel: one.channel })) ?? []
  complain(
    'compared vendors',
    shared.comparison.vendors.map((one) => [one.vendor, four(one.before)]),
    placed(before, narrowing).map((one) => [one.vendor, isRates ? NONE : four(one)]),
  )
  if (narrowing.vendors === null && !isRates)
    complain(
      'compared counts',
      [shared.comparison.now, shared.comparison.before],
      [comparison?.now, comparison?.before],
    )
}

export function compareLosses(shared: LossesReply, signed: LossesReply, narrowing: Narrowing, complain: Complain) {
  const isRates = narrowing.figures === 'rates'
  const isOwn = ({ vendor }: { vendor: string | null }) =>
    narrowing.vendors === null || (vendor !== null && narrowing.vendors.includes(vendor))
  const shown = (count: number | null) => (isRates ? null : count)
  complain(
    'stages',
    shared.stages.map(({ stage }) => stage),
    signed.stages.map(({ stage }) => stage),
  )
  for (const [i, stage] of shared.stages.entries()) {
    const whole = signed.stages[i]
    if (!whole) continue
    const parts = whole.vendors.filter(isOwn)
    complain(
      `vendors of ${stage.stage}`,
      stage.vendors.filter(isOwn).map((one) => [one.vendor, one.delivery, one.lost, one.explained, one.notReported]),
      parts.map((one) => [one.vendor, one.delivery, shown(one.lost), shown(one.explained), shown(one.notReported)]),
    )
    if (narrowing.vendors === null) {
      complain(
        `lost at ${stage.stage}`,
        [stage.lost, stage.explained, stage.notReported],
        [shown(whole.lost), shown(whole.explained), shown(whole.notReported)],
      )
    } else if (!isRates && stage.stage === 'ready_to_send' && parts.every(({ lost }) => lost !== null)) {
      complain(
        'lost before sending',
        stage.lost,
        whole.lost === null ? null : parts.reduce((all, one) => all + (one.lost ?? 0), 0),
      )
    }
    const known = new Map(
      (whole.reasons ?? []).map((row) => {
        const own = row.vendors.filter(isOwn).map((one) => [one.vendor, shown(one.count)] as const)
        const sum = row.vendors.filter(isOwn).reduce((all, one) => all + (one.count ?? 0), 0)
        return [`${row.code} ${row.text}`, { own: own.sort(), count: narrowing.vendors === null ? row.count : sum }]
      }),
    )
    const filled = [...known].filter(([, { own }]) => own.length > 0 || narrowing.vendors === null)
    complain(
      `reasons of ${stage.stage}`,
      (stage.reasons ?? [])
        .map((row) => [
          `${row.code} ${row.text}`,
          row.vendors.map((one) => [one.vendor, one.count] as const).sort(),
          row.count,
        ])
        .sort(),
      filled.map(([name, { own, count }]) => [name, own, shown(count)]).sort(),
    )
  }
}

export function compareTasks(
  shared: TasksReply,
  signed: TasksReply,
  funnels: ReadonlyMap<string, FunnelReply>,
  narrowing: Narrowing,
  complain: Complain,
) {
  for (const item of shared.items) {
    const known = signed.items.find(({ taskId }) => taskId === item.taskId)
    const funnel = funnels.get(item.taskId)
    complain('label', item.label, known?.label)
    complain('total', item.total && four(item.total), counts(known?.total ?? null, funnel?.vendors ?? [], narrowing))
  }
}
