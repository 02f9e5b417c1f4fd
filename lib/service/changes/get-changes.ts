import 'server-only'
import type { Scoped } from '@/lib/access/authorize'
import type { ChangeReply, ChangesQuery, ChangesReply } from '@/lib/contract/changes/changes'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { Source } from '@/lib/contract/sources'
import { AFTER_S, type FoundChanges, findChanges, LEARNT_S } from '@/lib/report/changes/find-changes'
import type { Incident } from '@/lib/report/changes/incidents'
import { nameCode } from '@/lib/report/changes/name-code'
import type { StoredHour } from '@/lib/report/changes/rate-hours'
import { alwaysReports } from '@/lib/report/funnel/counts'
import type { Reporting } from '@/lib/report/funnel/reporting'
import { iso } from '@/lib/report/range/iso-time'
import type { Span } from '@/lib/report/range/windows'
import type { Context } from '@/lib/service/context'
import { readReporting } from '@/lib/service/read/read-receipts'
import type { Question } from '@/lib/service/read/resolve-question'
import type { AppRow } from '@/lib/store/people/apps'
import { compareRates } from './compare-rates'
import { readCodedLoss } from './read-coded-loss'

/** More are never returned. The page shows three. */
const MOST_ITEMS = 10
/** Codes are compared with those of this time before a change. */
const CODES_BEFORE_S = 7 * DAY
/** Of a longer range only the end is searched, so that a year costs no more than a month. */
const SEARCHED_S = 35 * DAY
/** Below this rate a vendor that can be without receipts reports none. */
const NO_RECEIPTS_RATE = 0.01

/**
 * Returns what is unusual in a range, and why its rates differ from the comparison. Reads only what is stored and
 * requests nothing. Identical requests share a reply for half a minute, also while answers are stored.
 */
export function getChanges(
  ctx: Context,
  { app, query: question }: Scoped<Question<ChangesQuery>>,
): Promise<ChangesReply> {
  const { changes, outside } = ctx.caches
  const { query, range } = question
  const key = JSON.stringify([app.id, app.utcOffsetMin, query.source, query.compare, range])
  const shared = changes.get(key)
  if (shared) return shared
  const made = outside(() => changesOf(ctx, app, question))
  changes.set(key, made)
  made.catch(() => {
    if (changes.peek(key) === made) changes.delete(key)
  })
  return made
}

async function changesOf(
  ctx: Context,
  app: AppRow,
  { query, range, nowS }: Question<ChangesQuery>,
): Promise<ChangesReply> {
  const { source } = query
  const searched = { from: Math.max(range.from, range.to - SEARCHED_S), to: range.to }
  const [hours, { reporting, receipts }] = await Promise.all([
    readHours(ctx, app, { source, from: searched.from - LEARNT_S, to: Math.min(nowS, searched.to + AFTER_S) }),
    readReporting(ctx, app, source),
  ])
  const found = findChanges({ hours, reporting, receipts, range: searched, offsetMin: app.utcOffsetMin })
  const inside = hours.filter(({ from, to }) => from >= searched.from && to <= searched.to)
  const [items, comparison] = await Promise.all([
    itemsOf(ctx, { app, source, reporting, range: searched }, found),
    compareRates(ctx, { app, source, range, compare: query.compare, reporting }),
  ])
  return {
    range: { from: iso(range.from), to: iso(range.to), tz: range.tz, preset: range.preset },
    source,
    state: inside.length === 0 ? 'no_data' : found.isKnown ? 'known' : 'no_history',
    searched: { from: iso(searched.from), to: iso(searched.to) },
    days: found.days,
    items,
    comparison,
    held: inside.length,
    expected: Math.max(0, Math.floor(Math.min(searched.to, nowS) / HOUR) - Math.ceil(searched.from / HOUR)),
    asOf: inside.length === 0 ? null : iso(Math.min(...inside.map(({ fetchedAt }) => fetchedAt))),
  }
}

async function readHours(
  { store }: Context,
  app: AppRow,
  { source, ...span }: Span & { source: Source },
): Promise<StoredHour[]> {
  if (app.byDay) return []
  const subject = { appId: app.id, source, metric: 'statistics' as const, task: '' }
  const found = await store.windows.within({ ...subject, ...span, seconds: HOUR })
  return found.flatMap(({ from, to, fetchedAt, counts }) =>
    counts && from % HOUR === 0 ? [{ from, to, fetchedAt, total: counts.total, rows: counts.rows }] : [],
  )
}

interface Searched {
  app: AppRow
  source: Source
  reporting: Reporting
  range: Span
}

/** Pushes that were not sent at all come first, then losses, then receipts that began, then gains. */
async function itemsOf(ctx: Context, searched: Searched, found: FoundChanges): Promise<ChangeReply[]> {
  const incidents = found.incidents.slice(0, MOST_ITEMS)
  const replies = await Promise.all(incidents.map((one) => incidentReply(ctx, searched, one)))
  const none = { rate: null, before: null, now: null, pushes: null, code: null } as const
  const silences = found.silences.map(({ from, to, expected }): ChangeReply => {
    const span = { from: iso(from), to: to === null ? null : iso(to) }
    return { kind: 'no_push', vendor: null, channel: null, ...none, ...span, messages: expected }
  })
  const receipts = found.receipts.map(({ vendor, channel, at }): ChangeReply => {
    return { kind: 'receipts_began', vendor, channel, ...none, from: iso(at), to: null, messages: null }
  })
  const lost = replies.filter(({ kind }) => kind !== 'rose')
  const gained = replies.filter(({ kind }) => kind === 'rose')
  return [...silences, ...lost, ...receipts, ...gained].slice(0, MOST_ITEMS)
}

async function incidentReply(
  ctx: Context,
  { app, source, reporting, range }: Searched,
  one: Incident,
): Promise<ChangeReply> {
  const { vendor, channel, kind } = one
  const stage = kind === 'send' ? 'ready_to_send' : 'post_send'
  const about = { app, source, vendor: one, stage, reporting } as const
  const now = { from: Math.max(one.from, floorHour(range.from)), to: Math.min(one.to ?? Infinity, ceilHour(range.to)) }
  const before = { from: one.from - CODES_BEFORE_S, to: one.from }
  const [lost, usual] = await Promise.all([now, before].map((span) => readCodedLoss(ctx, { ...about, span })))
  const named = nameCode(one, lost ?? null, usual ?? null)
  const reason = named && lost?.reasons.get(named.code)
  const isSilent = kind === 'delivery' && one.now <= NO_RECEIPTS_RATE && !named && !alwaysReports(vendor, channel)
  return {
    kind: isSilent ? 'receipts_stopped' : one.change,
    vendor,
    channel,
    rate: kind,
    from: iso(one.from),
    to: one.to === null ? null : iso(one.to),
    before: one.before,
    now: one.now,
    // Without receipts nobody knows whether messages were lost.
    messages: isSilent ? null : one.messages,
    pushes: one.whole,
    code: named && reason ? { stage, ...named, reason: { key: reason.key, title: reason.title } } : null,
  }
}

const floorHour = (at: number): number => Math.floor(at / HOUR) * HOUR
const ceilHour = (at: number): number => Math.ceil(at / HOUR) * HOUR
