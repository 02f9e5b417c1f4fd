import 'server-only'
import type { ReasonReply } from '@/lib/contract/losses'
import type { LossStage } from '@/lib/contract/records'
import type { Source } from '@/lib/contract/sources'
import type { CodedLoss } from '@/lib/report/changes/split'
import type { Reporting, VendorPlace } from '@/lib/report/funnel/reporting'
import { lossReport } from '@/lib/report/losses/loss-report'
import type { Span } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import { readWindowPairs } from '@/lib/service/read/losses/window-pairs'
import type { AppRow } from '@/lib/store/people/apps'
import words from '@/messages/en/reasons.json'

export interface ReadCodedLoss extends CodedLoss {
  reasons: ReadonlyMap<string, ReasonReply>
}

interface CodedQuestion {
  app: AppRow
  source: Source
  /** Whole hours. */
  span: Span
  vendor: VendorPlace
  stage: LossStage
  reporting: Reporting
}

/**
 * Returns what a vendor lost at a stage in some hours, by code, from the stored windows that have both losses and counts.
 * Requests nothing. Null where there is no such window.
 */
export async function readCodedLoss(
  ctx: Context,
  { app, source, span, vendor: { vendor, channel }, stage, reporting }: CodedQuestion,
): Promise<ReadCodedLoss | null> {
  const pairs = await readWindowPairs(ctx, { app, source, task: '', range: span })
  const windows = pairs.filter(({ record, counts }) => counts !== null && record?.absent.length === 0)
  const rows = windows
    .flatMap(({ counts }) => counts?.rows ?? [])
    .filter((row) => row.vendor === vendor && row.channel === channel)
  const own = lossReport({ windows, reporting, vendor, titles: words.title }).find((one) => one.stage === stage)
  const lost = own?.vendors.find((one) => one.channel === channel)?.lost ?? null
  if (!own?.reasons || lost === null) return null
  const counted = stage === 'post_send' ? rows.map(({ sent }) => sent) : rows.map(({ sendable }) => sendable)
  const ofChannel = (one: { channel: VendorPlace['channel'] }) => one.channel === channel
  const codes = new Map<string, number>()
  for (const { code, vendors } of own.reasons) {
    for (const { count } of vendors.filter(ofChannel)) codes.set(code, (codes.get(code) ?? 0) + (count ?? 0))
  }
  return {
    sent: counted.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    lost,
    codes,
    reasons: new Map(own.reasons.map(({ code, reason }) => [code, reason])),
  }
}
