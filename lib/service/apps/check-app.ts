import 'server-only'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import type { CheckReply } from '@/lib/contract/apps/check'
import type { CheckBody } from '@/lib/contract/apps/manage'
import type { Context } from '@/lib/service/context'
import { asReader } from '@/lib/service/read/reader'
import { checkCredentials } from './check-credentials'
import { CHECK_WAIT_MS, endpointChecks, linesWithin } from './endpoint-checks'

/**
 * Ends stops and pauses of the app and calls each endpoint once, because an administrator has repaired the cause. Returns
 * what was answered within `waitMs`. With other credentials, or for a draft, it only tests and changes nothing.
 */
export async function checkApp(
  ctx: Context,
  scoped: Scoped<CheckBody>,
  waitMs: number = CHECK_WAIT_MS,
): Promise<CheckReply> {
  const { app, principal, query } = scoped
  if (app.draft || Object.keys(query).length > 0) return checkCredentials(ctx, scoped, waitMs)
  await recordAudit(ctx, { app, principal }, 'app.check')
  await ctx.gateway.resume(app.id)
  const upstream = ctx.upstreamApp(app)
  const { waiter } = asReader(ctx, principal)
  const calls = endpointChecks(ctx, upstream).map(({ question, keep }) => ({
    endpoint: question.endpoint,
    ticket: ctx.gateway.request({ app: upstream, question, priority: 'single', waiter, storeAnswer: keep }),
  }))
  const endpoints = await linesWithin(waitMs, calls)
  return { endpoints, complete: endpoints.every(({ ok }) => ok !== null) }
}
