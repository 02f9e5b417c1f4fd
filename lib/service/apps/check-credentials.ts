import 'server-only'
import { randomUUID } from 'node:crypto'
import { recordAudit } from '@/lib/access/audit'
import type { Scoped } from '@/lib/access/authorize'
import type { CheckReply } from '@/lib/contract/apps/check'
import type { CheckBody } from '@/lib/contract/apps/manage'
import { isPushlensError, PushlensError } from '@/lib/contract/errors'
import type { Ticket } from '@/lib/gateway/gateway'
import type { Context } from '@/lib/service/context'
import { asReader } from '@/lib/service/read/reader'
import type { AppRow } from '@/lib/store/people/apps'
import { isRefusal, isUpstreamError } from '@/lib/timpush/errors'
import type { UpstreamApp } from '@/lib/timpush/tim-push'
import { type EndpointCheck, endpointChecks, linesWithin } from './endpoint-checks'

/**
 * Calls each endpoint once with these credentials, through the app's lanes, and stores nothing. Fields left out are the
 * app's own. The first call goes alone: Tencent locks an app for a minute after several wrong signatures, so a refused key is
 * used once.
 */
export async function checkCredentials(
  ctx: Context,
  { app, principal, query }: Scoped<CheckBody>,
  waitMs: number,
): Promise<CheckReply> {
  await recordAudit(ctx, { app, principal }, 'app.check', { trial: true })
  const upstream = trialOf(ctx, app, query)
  const { waiter } = asReader(ctx, principal)
  const begun = ctx.clock.wallMs()
  const call = (check: EndpointCheck) => ({
    endpoint: check.question.endpoint,
    ticket: requestTrial(ctx, upstream, check, waiter),
  })
  const [first, ...others] = endpointChecks(ctx, upstream)
  if (!first) return { endpoints: [], complete: true }
  const alone = call(first)
  const [line] = await linesWithin(waitMs, [alone])
  if (!line) return { endpoints: [], complete: true }
  const isFutile = line.ok === null || (line.ok === false && !(await isAccepted(alone.ticket)))
  const endpoints = isFutile
    ? others.map(({ question }) => ({ ...line, endpoint: question.endpoint }))
    : await linesWithin(Math.max(0, waitMs - (ctx.clock.wallMs() - begun)), others.map(call))
  const all = [line, ...endpoints]
  return { endpoints: all, complete: all.every(({ ok }) => ok !== null) }
}

/**
 * Makes one call with these credentials. Throws the reason, with the field at fault, unless Tencent accepts them. A service
 * that is not enabled is no fault of the credentials.
 */
export async function requireAccepted(ctx: Context, { app, principal, query }: Scoped<CheckBody>): Promise<void> {
  const upstream = trialOf(ctx, app, query)
  const [first] = endpointChecks(ctx, upstream)
  if (!first) return
  const ticket = requestTrial(ctx, upstream, first, asReader(ctx, principal).waiter)
  const error = await failureOf(ticket)
  if (error === null || isHarmless(error)) return
  if (isUpstreamError(error)) throw new PushlensError(error.code, error.message, faultOf(query))
  throw isPushlensError(error) ? error : new PushlensError('unavailable', 'the credentials could not be tested')
}

function requestTrial(
  { gateway }: Context,
  app: UpstreamApp,
  { question }: EndpointCheck,
  waiter: ReturnType<typeof asReader>['waiter'],
): Ticket {
  return gateway.request({ app, question, priority: 'single', waiter, storeAnswer: async () => undefined })
}

function trialOf(ctx: Context, app: AppRow, { secretKey, adminId, region }: CheckBody): UpstreamApp {
  const own = ctx.upstreamApp({ ...app, adminId: adminId ?? app.adminId, region: region ?? app.region })
  return {
    ...own,
    secretKey: secretKey === undefined ? own.secretKey : async () => secretKey,
    trial: randomUUID(),
  }
}

async function failureOf(ticket: Ticket): Promise<unknown> {
  return ticket.done.then(
    () => null,
    (error: unknown) => error,
  )
}

async function isAccepted(ticket: Ticket): Promise<boolean> {
  const error = await failureOf(ticket)
  return error === null || isHarmless(error)
}

/** Tencent knew the app and its administrator, and refused something else. */
function isHarmless(error: unknown): boolean {
  return isRefusal(error) || (isUpstreamError(error) && error.kind === 'not_enabled')
}

/** Returns the field to correct. With several it is the first of them. */
function faultOf(query: CheckBody): string | undefined {
  return (['secretKey', 'adminId', 'region'] as const).find((field) => query[field] !== undefined)
}
