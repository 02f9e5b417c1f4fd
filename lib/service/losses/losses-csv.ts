import 'server-only'
import type { LossesReply, LossStageReply } from '@/lib/contract/losses'
import { type CsvCell, csvOf } from '@/lib/service/read/csv'

const HEAD = [
  'source',
  'from',
  'to',
  'as_of',
  'stage',
  'row',
  'code',
  'text',
  'vendor',
  'channel',
  'count',
  'count_of_code',
  'before',
  'change',
  'known_until',
  'cause',
  'title',
  'actor',
  'confidence',
  'note',
]
const DEMO = 'Demo, invented data'
const NONE = [null, null, null, null]

/**
 * The losses as a table: a row per stage, reason and vendor, and the sum of each stage beside them. `count_of_code` is
 * Tencent's own, to which vendors need not add up, and `before` and `change` are of that count too; a reason no vendor was
 * named for has a row without one.
 */
export function lossesCsv(reply: LossesReply, { demo }: { demo: boolean }): string {
  const { source, window, asOf, stages } = reply
  const rows = stages.flatMap((stage) =>
    rowsOf(stage).map((row) => [source, window.from, window.to, asOf, stage.stage, ...row, demo ? DEMO : null]),
  )
  return csvOf(HEAD, rows)
}

function rowsOf({ reasons, lost, explained, unexplained, notReported }: LossStageReply): CsvCell[][] {
  const sums = { lost, explained, unexplained, not_reported: notReported }
  return [
    ...(reasons ?? []).flatMap(({ code, text, count, vendors, reason, change, known }) => {
      const of = (vendor: CsvCell, channel: CsvCell, own: CsvCell) => [
        ...[
          'reason',
          code,
          text,
          vendor,
          channel,
          own,
          count,
          change?.before ?? null,
          change?.count ?? null,
          known?.until ?? null,
        ],
        ...[reason.key, reason.title, reason.actor, reason.confidence],
      ]
      return vendors.length === 0
        ? [of(null, null, count)]
        : vendors.map((one) => of(one.vendor, one.channel, one.count))
    }),
    ...Object.entries(sums).map(([name, n]) => [name, ...NONE, n, ...NONE, ...NONE]),
  ]
}
