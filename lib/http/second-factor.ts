import 'server-only'
import { z } from 'zod'
import { networkOf } from '@/lib/access/address'
import { byOf, recordAuditAs } from '@/lib/access/audit'
import { authorizeAdmin } from '@/lib/access/authorize'
import { sessionCookie } from '@/lib/access/cookies'
import { checkOrigin } from '@/lib/access/origin'
import { setRequiredRoles } from '@/lib/access/second-factor/required-roles'
import { totpUri } from '@/lib/access/second-factor/totp'
import { findDueSession, finishSession } from '@/lib/access/sessions'
import {
  confirmSecondFactor,
  renewRecoveryCodes,
  type Self,
  startSecondFactor,
  turnOffSecondFactor,
} from '@/lib/access/sign-in/change-second-factor'
import type { Running } from '@/lib/context'
import {
  recoveryCodesReply,
  requiredRolesBody,
  secondFactorCode,
  secondFactorStart,
  secondFactorStartReply,
} from '@/lib/contract/access/second-factor'
import { PushlensError } from '@/lib/contract/errors'
import { addressOf } from './address'
import { type Declared, declare } from './declared'
import { bodyOf } from './input'
import { cookieOf, mutatingPrincipal } from './principal'
import { json } from './respond'
import { guarded } from './route'

/** Describes a route of the person's own second factor. */
function ownRoute(input: z.ZodType, reply: z.ZodType): Declared {
  const problems = ['bad_credentials', 'bad_code', 'conflict', 'too_many'] as const
  return { access: 'signed_in', personOnly: true, input, inputIn: 'body', reply, status: 200, csv: false, problems }
}

/** Returns a new secret for an authenticator app. It counts only after the first code of it was sent. */
export const startSecondFactorRoute = declare(
  ownRoute(secondFactorStart, secondFactorStartReply),
  guarded(async (running, request) => {
    const self = await selfOf(running, request)
    const { password = null, code = null } = secondFactorStart.parse(await bodyOf(request))
    if (password === null && !self.isDue) throw new PushlensError('bad_request', 'the password is missing', 'password')
    const secret = await startSecondFactor(running.access, self, { password, code })
    const issuer = `Pushlens ${running.publicUrl.hostname}`
    const uri = totpUri(secret.reveal(), { email: self.email, issuer })
    return json(secondFactorStartReply.parse({ secret: secret.reveal(), uri }))
  }),
)

/** Turns the second factor on, and returns the recovery codes once. */
export const confirmSecondFactorRoute = declare(
  ownRoute(secondFactorCode, recoveryCodesReply),
  guarded(async (running, request) => {
    const self = await selfOf(running, request)
    const { code } = secondFactorCode.parse(await bodyOf(request))
    const recoveryCodes = await confirmSecondFactor(running.access, self, code)
    if (self.isDue) await finishSession(running.access, self.sessionIdHash)
    return json(recoveryCodesReply.parse({ recoveryCodes }))
  }),
)

export const renewRecoveryCodesRoute = declare(
  ownRoute(secondFactorCode, recoveryCodesReply),
  guarded(async (running, request) => {
    const self = await selfOf(running, request)
    const { code } = secondFactorCode.parse(await bodyOf(request))
    return json(recoveryCodesReply.parse({ recoveryCodes: await renewRecoveryCodes(running.access, self, code) }))
  }),
)

export const turnOffSecondFactorRoute = declare(
  ownRoute(secondFactorCode, z.object({ ok: z.literal(true) })),
  guarded(async (running, request) => {
    const self = await selfOf(running, request)
    const { code } = secondFactorCode.parse(await bodyOf(request))
    await turnOffSecondFactor(running.access, self, code)
    return json({ ok: true })
  }),
)

/** Sets which roles need a second factor. It applies at the next sign-in of each person. */
export const requiredRolesRoute = declare(
  { ...ownRoute(requiredRolesBody, requiredRolesBody), access: 'administrator', personOnly: false, problems: [] },
  guarded(async (running, request) => {
    const { principal } = authorizeAdmin(await mutatingPrincipal(running, request), null)
    const { roles } = requiredRolesBody.parse(await bodyOf(request))
    await setRequiredRoles(running.access, roles)
    const detail = { roles: roles.join(',') }
    await recordAuditAs(running.access, { ...byOf(principal), action: 'second_factor.required', detail })
    return json({ roles })
  }),
)

/**
 * Returns the person of the session, also of one that can do nothing but set up a second factor. Tokens have no second
 * factor. Throws `not_signed_in`, `forbidden` or `bad_origin`.
 */
async function selfOf(running: Running, request: Request): Promise<Self & { sessionIdHash: string; isDue: boolean }> {
  const principal = await mutatingPrincipal(running, request)
  if (principal.kind === 'token') throw new PushlensError('forbidden', 'a token has no second factor')
  if (principal.kind === 'person') return { ...principal, isDue: false }
  const session = cookieOf(request.headers.get('cookie'), sessionCookie(running.publicUrl).name)
  const due = session === null ? null : await findDueSession(running.access, session)
  if (!due) throw new PushlensError('not_signed_in', 'the request has no valid sign-in')
  checkOrigin(request.headers.get('origin'), running.publicUrl, { kind: 'person' })
  const network = networkOf(addressOf(request.headers))
  return { id: due.personId, email: due.email, network, sessionIdHash: due.idHash, isDue: true }
}
