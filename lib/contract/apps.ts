import { z } from 'zod'
import { instant, problemNote } from './freshness'
import { ROLES } from './roles'
import { ENDPOINTS, METRICS, REGIONS, SOURCES } from './sources'

/** An app as people see it. The key is write-only: only its fingerprint is ever shown. */
export const appReply = z.object({
  id: z.string(),
  sdkAppId: z.number().int(),
  name: z.string(),
  region: z.enum(REGIONS),
  utcOffset: z.string(),
  origin: z.enum(['environment', 'interface']),
  demo: z.boolean(),
  role: z.enum(ROLES),
})
export type AppReply = z.infer<typeof appReply>

export const appsReply = z.object({ items: z.array(appReply), next: z.string().nullable() })

export const LANE_STATES = ['idle', 'busy', 'waiting', 'paused', 'stopped'] as const

export const laneReply = z.object({
  endpoint: z.enum(ENDPOINTS),
  state: z.enum(LANE_STATES),
  queue: z.number().int(),
  callsToday: z.number().int(),
  failedToday: z.number().int(),
  spacingMs: z.number().int(),
  pausedUntil: instant.nullable(),
  lastCallAt: instant.nullable(),
  problem: problemNote.nullable(),
})

/** What the archive holds of one source and metric, in hours. `nextLossAt`: when the next one is gone unless it is fetched. */
export const archiveReply = z.object({
  source: z.enum(SOURCES),
  metric: z.enum(METRICS),
  held: z.number().int(),
  expected: z.number().int(),
  lost: z.number().int(),
  pending: z.number().int(),
  nextLossAt: instant.nullable(),
  /** Until nothing is missing any more, at the lane's present pace; 0 when nothing is. */
  etaMs: z.number().int(),
})
export type ArchiveReply = z.infer<typeof archiveReply>

export const COLLECTING = ['collecting', 'paused', 'stopped', 'late', 'off'] as const

/** How the archive's own work stands, and since when where that is known; `off`: no server collects. */
export const collectingReply = z.object({ state: z.enum(COLLECTING), since: instant.nullable() })
export type CollectingReply = z.infer<typeof collectingReply>

const addUp = z.enum(['add_up', 'differ']).nullable()

/** What calls made for it found out about the upstream that its documents leave open; null: cannot be told yet. */
const probesReply = z.object({
  at: instant.nullable(),
  /** Parts of a day against the day. */
  parts: addUp,
  /** The hours of days against the days. */
  hours: addUp,
  /** Whether the second of EndTime is part of a window. */
  end: z.enum(['excluded', 'included']).nullable(),
  /** What windows are widened to. */
  grain: z.enum(['second', 'minute', 'hour', 'day']).nullable(),
  /** Whether deliveries and clicks count at the time of sending, or at their own. */
  counted: z.enum(['sending', 'event']).nullable(),
  /** Whether the current day is known while it runs (none), or a day late. */
  lag: z.enum(['none', 'day']).nullable(),
  /** The offset that look-ups agree on, where it is not the one that is set. */
  offset: z.string().nullable(),
})

/** The longest time between two calls that may be asked for. */
export const MAX_EVERY_S = 60

/** What is not said stays. `everyS` null: the server's own pace; `together` false: a line of its own for each endpoint again. */
export const collectingBody = z.strictObject({
  paused: z.boolean().optional(),
  everyS: z.number().int().min(1).max(MAX_EVERY_S).nullable().optional(),
  together: z.literal(false).optional(),
})
export type CollectingBody = z.infer<typeof collectingBody>

export const statusReply = z.object({
  app: appReply,
  now: instant,
  credential: problemNote.nullable(),
  collecting: collectingReply,
  /** An administrator's "at most one call every so many seconds"; null where none asked. */
  everyS: z.number().int().nullable(),
  /** False where hours do not add up to days: then days are kept and hours are not. */
  hourly: z.boolean(),
  probes: probesReply,
  /** Tencent asked us lately to slow down although the spacing was kept: somebody else calls with this app. */
  crowded: z.object({ at: instant, together: z.boolean() }).nullable(),
  lanes: z.array(laneReply),
  archive: z.array(archiveReply),
})
export type StatusReply = z.infer<typeof statusReply>
