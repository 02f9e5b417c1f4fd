import 'server-only'
import { authorizeAdmin } from '@/lib/access/authorize'
import type { Principal } from '@/lib/access/principal'
import { expiredBefore } from '@/lib/archive/upkeep'
import { FAILED_SIGN_INS_DAYS } from '@/lib/contract/access/audit'
import type { RetentionItem, RetentionQuery, RetentionReply } from '@/lib/contract/installation/retention'
import { FORECAST_MONTHS, RETENTION_KINDS, type RetentionKind } from '@/lib/contract/installation/retention-kinds'
import { DAY, EXACT_DAYS, SESSION_DAYS, SHARE_LIMITS } from '@/lib/contract/limits'
import type { Context } from '@/lib/service/context'
import { forecastBytes } from './forecast'

const RATE_DAYS = 7
const TRACES_VARIABLE = 'RETENTION_TRACES_DAYS'
const BACKUPS_VARIABLE = 'BACKUP_KEEP'

type Held = Awaited<ReturnType<Context['store']['holdings']['ofTable']>>
interface Due {
  rows: number
  oldest: number | null
}
type Times = { dataS: number; wallS: number }

/**
 * Returns what is stored by kind, how long it is kept, how large it becomes, and what the next cleaning deletes with these
 * days for look-ups. Deletes nothing. For administrators of all apps.
 */
export async function getRetention(ctx: Context, principal: Principal, asked: RetentionQuery): Promise<RetentionReply> {
  const { query } = authorizeAdmin(principal, asked)
  const times = { dataS: ctx.clock.dataS(), wallS: Math.floor(ctx.clock.wallMs() / 1_000) }
  const set = ctx.retentionTracesDays
  const days = query.traces ?? set
  const [held, due, copies, databaseBytes] = await Promise.all([
    heldByKind(ctx, times),
    dueByKind(ctx, days),
    backupFiles(ctx),
    ctx.store.holdings.totalBytes(),
  ])
  const limits: Partial<Record<RetentionKind, number>> = {
    exact: EXACT_DAYS,
    traces: set,
    failedSignIns: FAILED_SIGN_INS_DAYS,
    opens: SHARE_LIMITS.opens,
    sessions: SESSION_DAYS,
  }
  const items = RETENTION_KINDS.map((kind): RetentionItem => {
    if (kind === 'backups') return backupsItem(ctx, copies ?? [])
    const nowS = WALL_KINDS.includes(kind) ? times.wallS : times.dataS
    const kept = limits[kind] ?? null
    return itemOf(kind, held[kind], {
      days: kept,
      asked: kind === 'traces' ? days : kept,
      due: due[kind] ?? null,
      nowS,
    })
  })
  return {
    items,
    traces: { asked: days, set },
    databaseBytes,
    backupsUnreachable: copies === null,
    asOf: isoOf(times.wallS),
  }
}

/** Kinds whose times are real times. Those of Tencent's data follow the clock of the data. */
const WALL_KINDS: readonly RetentionKind[] = ['audit', 'failedSignIns', 'opens', 'sessions']

async function heldByKind({ store }: Context, { dataS, wallS }: Times) {
  const { windows, ofTable } = store.holdings
  const [data, wall] = [dataS - RATE_DAYS * DAY, wallS - RATE_DAYS * DAY]
  const [ofWindows, observations, traces, audit, failedSignIns, opens, sessions] = await Promise.all([
    windows(data),
    ofTable('observations', 'fetched_at', data, ['counts']),
    ofTable('traces', 'fetched_at', data, ['key_sealed', 'body_sealed']),
    ofTable('audit', 'at', wall, ['detail', 'hash']),
    ofTable('failed_sign_ins', 'hour', wall, ['address']),
    ofTable('share_opens', 'at', wall, ['client']),
    ofTable('sessions', 'created_at', wall, ['agent']),
  ])
  return { ...ofWindows, observations, traces, audit, failedSignIns, opens, sessions }
}

/** What the cleaning would delete now, with these days for look-ups. */
async function dueByKind({ store, clock }: Context, tracesDays: number) {
  const before = expiredBefore(clock, tracesDays)
  const [exact, traces, failedSignIns, opens] = await Promise.all([
    store.windows.prunable(before.exact),
    store.traces.prunable(before.traces),
    store.audit.failedSignIns.prunable(before.failedSignIns),
    store.shares.prunableOpenings(before.opens),
  ])
  const found: Partial<Record<RetentionKind, Due>> = { exact, traces, failedSignIns, opens }
  return found
}

function itemOf(
  kind: RetentionKind,
  { rows, recent, oldest, rowBytes }: Held,
  { days, asked, due, nowS }: { days: number | null; asked: number | null; due: Due | null; nowS: number },
): RetentionItem {
  const young = oldest === null ? RATE_DAYS : Math.max(1, (nowS - oldest) / DAY)
  const perDay = recent / Math.min(RATE_DAYS, young)
  const growth = { rows, rowBytes: rowBytes ?? 0, perDay, days: asked }
  return {
    kind,
    days,
    newest: null,
    variable: kind === 'traces' ? TRACES_VARIABLE : null,
    rows,
    bytes: Math.round(rows * (rowBytes ?? 0)),
    oldest: oldest === null ? null : isoOf(oldest),
    perDay,
    forecast: FORECAST_MONTHS.map((months) => ({ months, bytes: forecastBytes(growth, months) })),
    due: due && { rows: Number(due.rows), oldest: due.oldest === null ? null : isoOf(Number(due.oldest)) },
  }
}

type Copies = Awaited<ReturnType<Context['backups']['list']>>

async function backupFiles({ backups }: Context): Promise<Copies | null> {
  return backups.supported ? await backups.list().catch(() => null) : []
}

/** The schedule deletes copies by number. What people made stays until they delete it. */
function backupsItem({ backups }: Context, copies: Copies): RetentionItem {
  const bytes = copies.reduce((sum, one) => sum + one.bytes, 0)
  const scheduled = copies.filter(({ origin }) => origin === 'schedule')
  const over = scheduled.slice(backups.keep)
  const largest = Math.max(0, ...copies.map((one) => one.bytes))
  const more = backups.everyS === null ? 0 : Math.max(0, backups.keep - scheduled.length)
  const oldest = (some: Copies) => (some.length === 0 ? null : isoOf(Math.min(...some.map(({ at }) => at))))
  return {
    kind: 'backups',
    days: null,
    newest: backups.supported ? backups.keep : null,
    variable: backups.supported ? BACKUPS_VARIABLE : null,
    rows: copies.length,
    bytes,
    oldest: oldest(copies),
    perDay: backups.everyS === null ? 0 : DAY / backups.everyS,
    forecast: FORECAST_MONTHS.map((months) => ({ months, bytes: bytes + more * largest })),
    due: backups.supported ? { rows: over.length, oldest: oldest(over) } : null,
  }
}

const isoOf = (seconds: number): string => new Date(seconds * 1_000).toISOString()
