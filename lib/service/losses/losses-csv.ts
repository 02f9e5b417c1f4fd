import 'server-only'
import type { LossChange, LossesReply, LossStageReply } from '@/lib/contract/losses'
import { csvTable } from '@/lib/service/read/csv'

type LossReason = NonNullable<LossStageReply['reasons']>[number]

interface LossLine {
  reply: LossesReply
  stage: LossStageReply['stage']
  /** `reason`, or the name of a sum of the stage. */
  row: string
  count: number | null
  share: number | null
  change: LossChange | null
  reason: LossReason | null
  vendor: { vendor: string; channel: string | null } | null
}

/**
 * The losses as CSV: a row for each stage, reason and vendor, then the sums of each stage. `count_of_code` is Tencent's
 * own count, to which the vendors need not add up. `explained`, `share`, `cumulative`, `before` and `change` belong to the
 * whole code too. A reason without vendors has one row with no vendor.
 */
export const lossesCsv = csvTable({
  rows: (reply: LossesReply) => reply.stages.flatMap((stage) => linesOf(reply, stage)),
  columns: [
    { name: 'source', cell: ({ reply }) => reply.source },
    { name: 'from', cell: ({ reply }) => reply.window.from },
    { name: 'to', cell: ({ reply }) => reply.window.to },
    { name: 'as_of', cell: ({ reply }) => reply.asOf },
    { name: 'stage', cell: ({ stage }) => stage },
    { name: 'row', cell: ({ row }) => row },
    { name: 'code', cell: ({ reason }) => reason?.code ?? null },
    { name: 'text', cell: ({ reason }) => reason?.text ?? null },
    { name: 'vendor', cell: ({ vendor }) => vendor?.vendor ?? null },
    { name: 'channel', cell: ({ vendor }) => vendor?.channel ?? null },
    { name: 'count', cell: ({ count }) => count },
    { name: 'count_of_code', cell: ({ reason }) => reason?.count ?? null },
    { name: 'explained', cell: ({ reason }) => reason?.explained ?? null },
    { name: 'share', cell: ({ share }) => share },
    { name: 'cumulative', cell: ({ reason }) => reason?.cumulative ?? null },
    { name: 'before', cell: ({ change }) => change?.before ?? null },
    { name: 'change', cell: ({ change }) => change?.count ?? null },
    { name: 'known_until', cell: ({ reason }) => reason?.known?.until ?? null },
    { name: 'cause', cell: ({ reason }) => reason?.reason.key ?? null },
    { name: 'title', cell: ({ reason }) => reason?.reason.title ?? null },
    { name: 'actor', cell: ({ reason }) => reason?.reason.actor ?? null },
    { name: 'confidence', cell: ({ reason }) => reason?.reason.confidence ?? null },
    { name: 'tz', cell: ({ reply }) => reply.range.tz },
    { name: 'basis', cell: ({ reply }) => reply.basis },
    { name: 'held', cell: ({ reply }) => reply.coverage.held },
    { name: 'expected', cell: ({ reply }) => reply.coverage.expected },
  ],
  demoColumn: 'note',
})

function linesOf(
  reply: LossesReply,
  { stage, reasons, change, unexplainedShare, ...sums }: LossStageReply,
): LossLine[] {
  const sum = (row: string, count: number | null, more: Partial<LossLine> = {}): LossLine => ({
    reply,
    stage,
    row,
    count,
    share: null,
    change: null,
    reason: null,
    vendor: null,
    ...more,
  })
  return [
    ...(reasons ?? []).flatMap((reason) => reasonLines(reply, stage, reason)),
    sum('lost', sums.lost, { change: change?.lost ?? null }),
    sum('explained', sums.explained, { change: change?.explained ?? null }),
    sum('unexplained', sums.unexplained, { share: unexplainedShare, change: change?.unexplained ?? null }),
    sum('unavailable', sums.unavailable),
    sum('not_reported', sums.notReported, { change: change?.notReported ?? null }),
  ]
}

function reasonLines(reply: LossesReply, stage: LossLine['stage'], reason: LossReason): LossLine[] {
  const { share, change } = reason
  const line = { reply, stage, row: 'reason', share, change, reason }
  if (reason.vendors.length === 0) return [{ ...line, vendor: null, count: reason.count }]
  return reason.vendors.map(({ vendor, channel, count }) => ({ ...line, vendor: { vendor, channel }, count }))
}
