import 'server-only'
import { z } from 'zod'
import type { Scoped } from '@/lib/access/authorize'
import type { BulkReply, BulkRow, bulkQuery } from '@/lib/contract/bulk'
import { PushlensError } from '@/lib/contract/errors'
import { DAY, INTERACTIVE_WAIT_MS } from '@/lib/contract/limits'
import { endpointOf, type Source } from '@/lib/contract/sources'
import { type TraceQuery, traceQuery } from '@/lib/contract/traces'
import { candidateOf } from '@/lib/report/paste/recognise'
import { iso } from '@/lib/report/range/iso-time'
import type { Context } from '@/lib/service/context'
import { problemNote, problemOf, settle } from '@/lib/service/read/freshness'
import { openAddress } from '@/lib/service/read/sealed-address'
import type { AppRow } from '@/lib/store/people/apps'
import { isUpstreamError } from '@/lib/timpush/errors'
import { askTrace, noteLookup } from './get-trace'
import { findTrace, keyOf, type TraceKey } from './kept-trace'
import { askedOf, sealState, stateOf } from './lookup-state'
import { refusedLookups } from './refused-lookups'
import { traceReport } from './trace-report'

/** So few wait in line at a time that a list can be stopped, and two people's lists share the lane. */
const AHEAD = 4
const A_CALL_MS = 300

type Query = z.output<typeof bulkQuery>
interface Line {
  query: TraceQuery
  key: TraceKey
  row: BulkRow
}

/**
 * Many look-ups as far as they are held; of the others the first few are asked for, behind single look-ups. Whoever wants
 * them all asks again with what still waits. Each push of a person is audited once.
 */
export async function bulkTraces(
  ctx: Context,
  { app, principal, query }: Scoped<Query>,
  waitMs: number = INTERACTIVE_WAIT_MS,
): Promise<BulkReply> {
  const { items, leftOut } = itemsOf(ctx, app, query)
  const held = historyOf(ctx, app)
  const read = (item: TraceQuery) => lineOf(ctx, app, item, { anyway: query.anyway, history: held })
  const lines = await Promise.all(items.map(read))
  const turn = query.ask ? lines.filter(({ row }) => row.state === 'waiting').slice(0, AHEAD) : []
  const told = lines.filter((line) => line.row.state === 'done' || turn.includes(line))
  for (const { key } of told) await noteLookup(ctx, app, principal, key)
  const tickets = turn.map(({ key }) => {
    const ticket = askTrace(ctx, app, key, 'bulk')
    ticket.done.catch((error: unknown) => {
      if (isUpstreamError(error) && error.kind === 'bad_request') refusedLookups(ctx).note(key.keyHash, error)
    })
    return ticket
  })
  const failures = await settle(tickets, waitMs)
  const rows = await Promise.all(
    lines.map(async (line) => (turn.includes(line) ? (await read(line.query)).row : line.row)),
  )
  const left = rows.filter(({ state }) => state === 'waiting').length
  const [first] = turn
  const stuck = failures.filter(({ kind }) => kind !== 'bad_request')
  return {
    rows,
    leftOut,
    place: tickets.map((ticket) => ticket.place()).find((place) => place !== null) ?? null,
    etaMs: left === 0 ? null : await etaOf(ctx, app, tickets, left),
    problem: first && left > 0 ? await problemOf(ctx, app.id, first.key.question.endpoint, stuck) : null,
  }
}

function itemsOf(ctx: Context, app: AppRow, { list, items }: Query): { items: TraceQuery[]; leftOut: number } {
  if (items) return { items, leftOut: 0 }
  const json = openAddress(ctx, app, 'list', list ?? '')
  if (json === null) throw new PushlensError('bad_request', 'the list does not open here', 'list')
  return z.object({ items: z.array(traceQuery), leftOut: z.number().int() }).parse(JSON.parse(json))
}

type History = (source: Source) => ReturnType<Context['store']['windows']['reporting']>

/** Which vendors report deliveries, read once for a whole list. */
function historyOf(ctx: Context, app: AppRow): History {
  const since = ctx.clock.dataS() - 30 * DAY
  const known = new Map<Source, ReturnType<History>>()
  return (source) => {
    const read = known.get(source) ?? ctx.store.windows.reporting({ appId: app.id, source, since })
    known.set(source, read)
    return read
  }
}

/** One look-up of the list as it stands now. */
async function lineOf(
  ctx: Context,
  app: AppRow,
  query: TraceQuery,
  { anyway, history }: { anyway: boolean; history: History },
): Promise<Line> {
  const { pushId = null, taskId = null, userId = null } = query
  const nowS = ctx.clock.dataS()
  const key = keyOf(ctx, query)
  const kept = await findTrace(ctx, app, key)
  const one = candidateOf(pushId === null ? 'task_user' : 'push', { pushId, taskId, userId }, askedOf(ctx, app))
  const refused = kept === null ? refusedLookups(ctx).find(key.keyHash) : null
  const about = { key, sdkAppId: app.sdkAppId, history: kept ? await history(key.source) : [], nowS }
  const { verdict, devices, asOf } = traceReport(kept, about)
  const heldBack = one.objections.length > 0 && !anyway
  return {
    query,
    key,
    row: {
      item: pushId === null ? { taskId: taskId ?? '', userId: userId ?? '' } : { pushId },
      state: kept ? 'done' : refused ? 'refused' : heldBack ? 'held_back' : 'waiting',
      verdict,
      devices: devices.length,
      sentAt: one.sentAt === null ? null : iso(one.sentAt),
      days: one.sentAt === null ? null : Math.floor((nowS - one.sentAt) / DAY),
      sdkAppId: one.sdkAppId,
      asOf,
      objections: kept ? [] : one.objections,
      problem: refused && problemNote(refused.code, refused.upstreamCode, null),
      href: `/lookup?${new URLSearchParams({ app: app.id, k: sealState(ctx, app, stateOf(one)) })}`,
    },
  }
}

/** The last of those in line, and a call each for the others. */
async function etaOf(ctx: Context, app: AppRow, tickets: { etaMs(): number | null }[], left: number): Promise<number> {
  const lanes = await ctx.gateway.lanes(app.id)
  const spacing = lanes.find(({ endpoint }) => endpoint === endpointOf('task', 'trace'))?.spacingMs ?? 1_000
  const etas = tickets.map((ticket) => ticket.etaMs()).filter((eta) => eta !== null)
  return Math.round(Math.max(0, ...etas) + Math.max(0, left - etas.length) * (spacing + A_CALL_MS))
}
