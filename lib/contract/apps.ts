import { z } from 'zod'
import { ERROR_CODES } from './errors'
import { instant, problemNote } from './freshness'
import { MAX_EVERY_S } from './limits'
import { ROLES } from './roles'
import { ENDPOINTS, METRICS, REGIONS, SOURCES } from './sources'

/** The names that administrators gave to channels Tencent does not name, by vendor. */
export const channelNames = z.record(z.string(), z.string())

/** What only administrators of an app see. `collectsFrom` null: everything that Tencent has. */
const appSettings = z.object({
  adminId: z.string(),
  /** Eight digits by which people recognize the key. The key itself is never shown. */
  fingerprint: z.string(),
  /** Not connected yet: nothing is collected, and no page shows it. */
  draft: z.boolean(),
  /** The environment sets this app, so it cannot be changed here. */
  fixed: z.boolean(),
  connectedAt: instant,
  pausedAt: instant.nullable(),
  collectsFrom: instant.nullable(),
  problem: problemNote.nullable(),
})

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
  channels: channelNames.optional(),
  settings: appSettings.optional(),
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
  /** The failed calls of today by reason, newest first. `code` null: no readable answer. */
  failures: z.array(
    z.object({
      code: z.enum(ERROR_CODES).nullable(),
      upstreamCode: z.number().int().nullable(),
      count: z.number().int(),
      lastAt: instant.nullable(),
    }),
  ),
  spacingMs: z.number().int(),
  pausedUntil: instant.nullable(),
  lastCallAt: instant.nullable(),
  problem: problemNote.nullable(),
})

/** How complete one source and metric is, in hours. `nextLossAt`: when the next hour expires unless it is fetched. */
export const archiveReply = z.object({
  source: z.enum(SOURCES),
  metric: z.enum(METRICS),
  held: z.number().int(),
  expected: z.number().int(),
  lost: z.number().int(),
  pending: z.number().int(),
  nextLossAt: instant.nullable(),
  /** Time until nothing is missing, at the lane's current pace; 0 when nothing is. */
  etaMs: z.number().int(),
})
export type ArchiveReply = z.infer<typeof archiveReply>

export const COLLECTING = ['collecting', 'paused', 'stopped', 'late', 'off'] as const

/** The state of the collector, and since when, if known. `off`: no server collects. */
export const collectingReply = z.object({ state: z.enum(COLLECTING), since: instant.nullable() })
export type CollectingReply = z.infer<typeof collectingReply>

const addUp = z.enum(['add_up', 'differ']).nullable()

/** What test calls found out about rules that Tencent does not document; null: not enough data yet. */
const probesReply = z.object({
  at: instant.nullable(),
  /** Whether the parts of a day add up to the day. */
  parts: addUp,
  /** Whether hours add up to days. */
  hours: addUp,
  /** Whether stored days and hours add up to the exact window of a preset range, in the last comparison. */
  sums: addUp,
  /** Whether a window includes the second of EndTime. */
  end: z.enum(['excluded', 'included']).nullable(),
  /** The unit that Tencent widens windows to. */
  grain: z.enum(['second', 'minute', 'hour', 'day']).nullable(),
  /** Whether deliveries and clicks count at the time of sending or at their own time. */
  counted: z.enum(['sending', 'event']).nullable(),
  /** Whether statistics of the current day are available while it runs (`none`) or a day late (`day`). */
  lag: z.enum(['none', 'day']).nullable(),
  /** The offset that look-ups agree on, if it differs from the configured one. */
  offset: z.string().nullable(),
})

/**
 * Fields left out stay as they are. `everyS` null: the server's own pace. `together` false: each endpoint gets a lane
 * of its own again.
 */
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
  /** At most one call every so many seconds, as an administrator set it; null where nobody did. */
  everyS: z.number().int().nullable(),
  /** False where hours do not add up to days: then the archive keeps days and no hours. */
  hourly: z.boolean(),
  probes: probesReply,
  /** Tencent recently asked us to slow down although the spacing was kept: another program calls with this app. */
  crowded: z.object({ at: instant, together: z.boolean() }).nullable(),
  lanes: z.array(laneReply),
  archive: z.array(archiveReply),
})
export type StatusReply = z.infer<typeof statusReply>
