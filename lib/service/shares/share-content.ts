import 'server-only'
import { PushlensError } from '@/lib/contract/errors'
import { DAY, HOUR, MAX_RANGE_DAYS } from '@/lib/contract/limits'
import type { ShareScope } from '@/lib/contract/shares/scope'
import type { ShareContent, StoredContent } from '@/lib/contract/shares/share'
import { resolveRange } from '@/lib/report/range/range'
import type { AppRow } from '@/lib/store/people/apps'

/**
 * Returns the content that a link gets. What a frozen link shows cannot move: its range is fixed now (`nowS`, data time), and
 * its viewer cannot change it. Throws `bad_request` or `bad_range` for a scope that could show nothing.
 */
export function settledContent(content: ShareContent, app: AppRow, nowS: number): ShareContent {
  if (content.kind === 'lookup') return content
  checkScope(content.scope)
  if (content.kind === 'live') return content
  const { range } = content.scope
  const asked = range.mode === 'rolling' ? { range: range.preset } : { from: range.from, to: range.to }
  const { from, to } = resolveRange(asked, { nowS, appOffsetMin: app.utcOffsetMin })
  const fixed = { mode: 'fixed' as const, from: isoOf(from), to: isoOf(to) }
  return { kind: 'frozen', scope: { ...content.scope, range: fixed, dates: { kind: 'none' } } }
}

/** Returns the content as it is stored. The UserID of a look-up stays outside. */
export function storedContentOf(content: ShareContent): StoredContent {
  if (content.kind !== 'lookup') return content
  const { query, pseudonyms } = content.lookup
  return { kind: 'lookup', lookup: { pushId: query.pushId ?? null, taskId: query.taskId ?? null, pseudonyms } }
}

function checkScope({ source, tasks, pages, range }: ShareScope): void {
  if (source !== 'task' && (tasks.kind !== 'all' || pages.includes('campaigns'))) {
    throw new PushlensError('bad_request', 'chat messages have no campaigns', 'content')
  }
  if (range.mode !== 'fixed') return
  const lengthS = (Date.parse(range.to) - Date.parse(range.from)) / 1_000
  if (lengthS <= 0) throw new PushlensError('bad_range', 'ends before it begins', 'to')
  if (lengthS > MAX_RANGE_DAYS * DAY + HOUR)
    throw new PushlensError('bad_range', `is longer than ${MAX_RANGE_DAYS} days`, 'from')
}

function isoOf(epochS: number): string {
  return new Date(epochS * 1_000).toISOString()
}
