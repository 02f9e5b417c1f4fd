import 'server-only'
import { sessionCookie } from '@/lib/access/cookies'
import { checkCookies, oidcOptions } from '@/lib/access/oidc/oidc-options'
import { OIDC_ID } from '@/lib/access/oidc/provider'
import type { OidcSettings } from '@/lib/access/oidc/settings'
import type { Running } from '@/lib/context'
import type { OidcProblem } from '@/lib/contract/access/oidc'
import { ownPath, signInHref } from '@/lib/contract/access/sign-in-links'
import { PushlensError } from '@/lib/contract/errors'
import { addressOf } from './address'
import { callNextAuth } from './call-next-auth'
import { leaveFor } from './leave-for'
import { cookieOf } from './principal'
import { unknownAddress } from './respond'
import { guarded } from './route'

/** Sends the browser to the sign-in provider. `?next=` is the page to open afterwards. */
export const startOidc = guarded(async (running, request) => {
  const { oidc, publicUrl } = running
  if (!oidc) return unknownAddress()
  // Browsers send Origin with every posted form and other sites cannot write it, so the form needs no token of its own.
  if (request.headers.get('origin') !== publicUrl.origin) {
    throw new PushlensError('bad_origin', 'the sign-in was started by another site')
  }
  const { options } = optionsFor(running, oidc, request)
  const csrf = await callNextAuth(options, { method: 'GET', path: ['csrf'], cookies: {} })
  const callbackUrl = ownPath(new URL(request.url).searchParams.get('next'))
  const { location, setCookies } = await callNextAuth(options, {
    method: 'POST',
    path: ['signin', OIDC_ID],
    body: { csrfToken: tokenOf(csrf.body), callbackUrl },
    cookies: valuesOf(csrf.setCookies),
  })
  // next-auth sends the browser to its own error page if the provider does not describe itself.
  if (location === null || isOurs(publicUrl, location)) return backToSignIn(publicUrl, 'unreachable', callbackUrl)
  return leaveFor(new URL(location), setCookies)
})

/** Takes the provider's answer, signs the person in and opens the page that was asked for first. */
export const finishOidc = guarded(async (running, request) => {
  const { oidc, publicUrl, log } = running
  if (!oidc) return unknownAddress()
  const { error, ...query } = onlyValues(new URL(request.url).searchParams)
  if (error !== undefined) {
    log.warn({ code: 'OIDC_REFUSED', reason: /^[a-z_]{1,40}$/.test(error) ? error : 'unknown' }, 'single sign-on')
    return backToSignIn(publicUrl, 'refused', nextOf(publicUrl, request))
  }
  const { options, outcome } = optionsFor(running, oidc, request)
  const { location, setCookies } = await callNextAuth(options, {
    method: 'GET',
    path: ['callback', OIDC_ID],
    query,
    cookies: checksOf(publicUrl, request),
  })
  if (outcome.error) log.error({ err: outcome.error }, 'a single sign-on failed')
  if (!outcome.signedIn || location === null || !isOurs(publicUrl, location)) {
    return backToSignIn(publicUrl, outcome.problem ?? 'invalid', nextOf(publicUrl, request))
  }
  return redirect(location, setCookies)
})

function optionsFor({ access, publicUrl, log }: Running, settings: OidcSettings, request: Request) {
  const visit = {
    address: addressOf(request.headers),
    agent: request.headers.get('user-agent') ?? '',
    session: cookieOf(request.headers.get('cookie'), sessionCookie(publicUrl).name),
  }
  const warn = (code: string, reason: string) => log.warn({ code, reason }, 'single sign-on')
  return oidcOptions({ ...access, publicUrl, log: warn }, settings, visit)
}

function isOurs({ origin }: URL, location: string): boolean {
  return new URL(location, origin).origin === origin
}

/** Leaves the checks of this attempt behind, so that its answer cannot be sent again. */
function backToSignIn(publicUrl: URL, problem: OidcProblem, next: string): Response {
  const ended = Object.values(checkCookies(publicUrl)).map(
    ({ name, options }) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`,
  )
  return redirect(new URL(signInHref(next, problem), publicUrl).href, ended)
}

function redirect(location: string, setCookies: string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'private, no-store' })
  for (const line of setCookies) headers.append('set-cookie', line)
  return new Response(null, { status: 303, headers })
}

/** Returns the page that the attempt was to open, for the next attempt. next-auth keeps it as a whole address. */
function nextOf(publicUrl: URL, request: Request): string {
  const { name } = checkCookies(publicUrl).callbackUrl
  const kept = decoded(cookieOf(request.headers.get('cookie'), name) ?? '')
  if (!URL.canParse(kept, publicUrl)) return ownPath(null)
  const { origin, pathname, search } = new URL(kept, publicUrl)
  return ownPath(origin === publicUrl.origin ? pathname + search : null)
}

function checksOf(publicUrl: URL, request: Request): Record<string, string> {
  const header = request.headers.get('cookie')
  const found = Object.values(checkCookies(publicUrl)).map(({ name }) => [name, cookieOf(header, name)] as const)
  return Object.fromEntries(found.flatMap(([name, value]) => (value === null ? [] : [[name, decoded(value)]])))
}

/** Returns the parameters that are given exactly once. */
function onlyValues(params: URLSearchParams): Record<string, string> {
  const known = ['code', 'state', 'iss', 'error'].filter((name) => params.getAll(name).length === 1)
  return Object.fromEntries(known.map((name) => [name, params.get(name) ?? '']))
}

function valuesOf(setCookies: string[]): Record<string, string> {
  const pairs = setCookies.map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? [])
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decoded(value)]))
}

function tokenOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'csrfToken' in body ? String(body.csrfToken) : ''
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
