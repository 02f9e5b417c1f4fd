import 'server-only'
import { type RetentionReply, retentionQuery } from '@/lib/contract/installation/retention'
import { getRetention } from '@/lib/service/retention/get-retention'
import { type Page, type PageResult, pageResult, type Search } from './page'

export interface RetentionPage {
  reply: RetentionReply
  /** What was entered and is no number of days; null if it is one, or nothing was entered. */
  refused: string | null
  tz: string
}

/** Reads what is stored and how long, for administrators of all apps. The number of days is in the address. */
export function readRetention(page: Page, { traces }: Search): Promise<PageResult<RetentionPage>> {
  return pageResult(async ({ ctx }) => {
    const entered = typeof traces === 'string' && traces !== '' ? traces : undefined
    const asked = retentionQuery.safeParse(entered === undefined ? {} : { traces: entered })
    const reply = await getRetention(ctx, page.principal, asked.success ? asked.data : {})
    return {
      reply,
      refused: asked.success ? null : (entered ?? '').slice(0, 12),
      tz: page.zone ?? page.app?.utcOffset ?? 'UTC',
    }
  })
}
