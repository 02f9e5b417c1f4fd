import 'server-only'
import { authorizeAdmin } from '@/lib/access/authorize'
import { type AuditPage, auditQuery, failedSignInsQuery } from '@/lib/contract/access/audit'
import type { AuditView } from '@/lib/contract/links'
import { spanOfDays } from '@/lib/service/audit/audit-span'
import { auditChoices, listAudit } from '@/lib/service/audit/list-audit'
import { listFailedSignIns } from '@/lib/service/audit/list-failed-sign-ins'
import { type Page, type PageResult, pageResult, type Search } from './page'

const MOST_FAILED = 20

/** Reads the audit that a filter matches, for administrators of all apps. */
export function readAudit(page: Page, search: Search): Promise<PageResult<AuditPage>> {
  return pageResult(async ({ ctx }) => {
    authorizeAdmin(page.principal, null)
    const tz = page.zone ?? page.app?.utcOffset ?? 'UTC'
    const view = viewOf(search)
    const { about: app, actor, action, cursor } = view
    const span = spanOfDays(view, tz)
    const params = { actor, action, app, ...span }
    const asked = failedSignInsQuery.parse({ ...span, limit: MOST_FAILED })
    const [reply, failed, choices] = await Promise.all([
      listAudit(ctx, page.principal, auditQuery.parse({ ...params, cursor })),
      listFailedSignIns(ctx, page.principal, asked),
      auditChoices(ctx, page.principal),
    ])
    return {
      view,
      reply,
      failed,
      choices,
      tz,
      params,
      failedParams: span,
      now: new Date(ctx.clock.wallMs()).toISOString(),
    }
  })
}

/** Takes the filter from the address. An empty field of the form filters nothing. */
function viewOf(search: Search): AuditView {
  const field = (name: string) => {
    const value = search[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return {
    actor: field('actor'),
    action: field('action'),
    about: field('about'),
    from: field('from'),
    to: field('to'),
    cursor: field('cursor'),
  }
}
