import { z } from 'zod'
import { instant } from '@/lib/contract/freshness'
import { SHARE_LIMITS } from '@/lib/contract/limits'
import { PRESETS } from '@/lib/contract/ranges'
import { SOURCES } from '@/lib/contract/sources'
import { taskIdText, taskTag } from '@/lib/contract/tasks'
import { idText } from '@/lib/contract/text'
import { SHARED_PAGES } from './pages'

/** The campaigns of a share. With a tag, campaigns that get the tag later belong to it too. */
const sharedTasks = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('tasks'), tasks: z.array(taskIdText).min(1).max(SHARE_LIMITS.tasks) }),
  z.strictObject({ kind: z.literal('tag'), tag: taskTag }),
])

/** The range that a share opens with. `fixed` keeps its instants, `rolling` moves with the day. Both are half-open. */
const sharedRange = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('fixed'), from: instant, to: instant }),
  z.strictObject({ mode: z.literal('rolling'), preset: z.enum(PRESETS) }),
])

/**
 * How far the viewer may move the range: `none`: not at all. `within`: to a part of it. `back`: to any range of the last
 * `days` days.
 */
const sharedDates = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('within') }),
  z.strictObject({ kind: z.literal('back'), days: z.number().int().min(1).max(SHARE_LIMITS.days) }),
])

/** Everything that a live link can show. What is not in it, no query of the link reads. */
export const shareScope = z.strictObject({
  pages: z.array(z.enum(SHARED_PAGES)).min(1).max(SHARED_PAGES.length),
  source: z.enum(SOURCES),
  tasks: sharedTasks,
  /** Null: every vendor. */
  vendors: z.array(idText).min(1).max(SHARE_LIMITS.vendors).nullable(),
  range: sharedRange,
  dates: sharedDates,
  /** `rates` leaves every count of messages and devices out. */
  figures: z.enum(['counts', 'rates']),
})
export type ShareScope = z.infer<typeof shareScope>
