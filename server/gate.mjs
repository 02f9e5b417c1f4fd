// @ts-check
import { clientAddress } from './address.mjs'
import { unreadableHeader } from './navigation.mjs'
import { privateOrigin } from './network.mjs'
import { isApi, isHealth, targetProblem } from './target.mjs'

/**
 * @typedef {{ method: string, target: string, headers: Record<string, string | string[] | undefined>,
 *   rawHeaders: readonly string[], remoteAddress: string | undefined }} Facts
 * @typedef {{ publicUrl: URL, trustProxy: number, development?: boolean, privateAddresses?: boolean }} Rules
 * @typedef {{ status: number, code: string, text: string }} Refusal
 * @typedef {{ refuse: Refusal } | { redirect: string } | { forward: { drop: string[], set: Record<string, string> } }} Decision
 */

const READ = new Set(['GET', 'HEAD'])
const API = new Set([...READ, 'POST', 'PUT', 'PATCH', 'DELETE'])
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Largest Content-Length in bytes; lib/http counts the received bytes again. Campaign imports may be larger. */
const MAX_BODY = 65_536
const MAX_IMPORT = 4_194_304
const IMPORT = /^\/api\/v1\/apps\/[^/?]+\/tasks\/import$/

/** Headers that the framework, a proxy or this door sends to the application. They are dropped from outside requests. */
const OURS =
  /^(x-(middleware|nextjs|next|action|invoke|now|vercel|prerender|forwarded|pushlens)-.*|x-matched-path|x-nonce|x-real-ip|x-invocation-id|forwarded|next-resume|content-security-policy(-report-only)?)$/

/** Headers that the framework's browser code needs in development mode. */
const DEVELOPMENT = /^x-nextjs-(html-)?request-id$/

/**
 * Decides whether to forward, redirect or refuse a request. It does not authorize: that happens with the data.
 * @param {Facts} facts
 * @param {Rules} rules
 * @returns {Decision}
 */
export function gate(facts, rules) {
  const shape = targetProblem(facts.target) ?? methodProblem(facts)
  if (shape) return { refuse: shape }
  const host = hostProblem(facts, rules)
  if (host) return host
  const origin = originOf(facts, rules)
  const rest = headerProblem(facts) ?? bodyProblem(facts) ?? originProblem(facts, origin)
  return rest ? { refuse: rest } : { forward: forwarded(facts, rules, origin) }
}

/**
 * Returns the origin under which this request addresses us. Without a PUBLIC_URL a server that listens to its network answers
 * under its private IP addresses too, so that a first start can be reached. The application only knows PUBLIC_URL.
 * @param {Facts} facts
 * @param {Rules} rules
 */
function originOf({ headers }, { publicUrl, privateAddresses = false }) {
  const found = privateAddresses ? privateOrigin(String(headers.host ?? '').toLowerCase()) : null
  return found ?? publicUrl.origin
}

/**
 * @param {number} status
 * @param {string} code
 * @param {string} text
 */
const refusal = (status, code, text) => ({ status, code, text })

/** @param {Facts} facts */
function methodProblem({ method, target }) {
  if ((isApi(target) ? API : READ).has(method)) return null
  return refusal(405, 'method_not_allowed', 'This method is not allowed here.')
}

/**
 * Requires exactly one Host, that of PUBLIC_URL. If PUBLIC_URL is loopback, pages under other loopback names redirect to it.
 * @param {Facts} facts
 * @param {Rules} rules
 */
function hostProblem(facts, rules) {
  const { publicUrl } = rules
  const hosts = facts.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length
  const host = String(facts.headers.host ?? '').toLowerCase()
  if (hosts === 1 && (host === publicUrl.host || isHealth(facts.target))) return null
  if (hosts === 1 && originOf(facts, rules) !== publicUrl.origin) return null
  if (hosts === 1 && !isApi(facts.target) && READ.has(facts.method) && siblings(publicUrl).includes(host)) {
    return { redirect: publicUrl.origin + facts.target }
  }
  return {
    refuse: refusal(421, 'misdirected', 'This server does not serve this address. Open the address in PUBLIC_URL.'),
  }
}

/** @param {URL} publicUrl */
function siblings({ hostname, port }) {
  return LOOPBACK.includes(hostname) ? LOOPBACK.map((name) => (port ? `${name}:${port}` : name)) : []
}

/** @param {Facts} facts */
function headerProblem({ headers }) {
  if (headers.upgrade !== undefined)
    return refusal(400, 'bad_request', 'This server does not support protocol upgrades.')
  if (headers['next-action'] !== undefined)
    return refusal(400, 'bad_request', 'This server does not support server actions.')
  const unreadable = unreadableHeader(headers)
  return unreadable === null ? null : refusal(400, 'bad_request', `The header ${unreadable} is malformed.`)
}

/** @param {Facts} facts */
function bodyProblem({ method, target, headers }) {
  if (headers['transfer-encoding'] !== undefined) {
    return refusal(411, 'length_required', 'Send the body with a Content-Length.')
  }
  const length = Number(headers['content-length'] ?? 0)
  const most = IMPORT.test(target) ? MAX_IMPORT : MAX_BODY
  if (length > most) return refusal(413, 'too_large', `The body is larger than ${most / 1_024} KiB.`)
  return READ.has(method) && length > 0 ? refusal(400, 'bad_request', 'This method does not accept a body.') : null
}

/**
 * Requires changes with a cookie to come from our own pages. Without a cookie (API tokens) Origin may be absent, but a
 * foreign Origin is still refused.
 * @param {Facts} facts
 * @param {string} origin ours
 */
function originProblem({ method, headers }, origin) {
  if (READ.has(method) || headers.origin === origin) return null
  if (headers.origin === undefined && headers.cookie === undefined) return null
  return refusal(403, 'bad_origin', 'Changes are accepted only from the pages of this server.')
}

/**
 * @param {Facts} facts
 * @param {Rules} rules
 * @param {string} origin the one of this request, in whose place the application gets its own
 */
function forwarded({ headers, target, remoteAddress }, { publicUrl, trustProxy, development = false }, origin) {
  const { referer } = headers
  const forwardedFor = headers['x-forwarded-for']?.toString()
  const address = clientAddress(remoteAddress, forwardedFor, trustProxy)
  return {
    drop: Object.keys(headers).filter((name) => OURS.test(name) && !(development && DEVELOPMENT.test(name))),
    set: {
      host: publicUrl.host,
      ...(headers.origin === origin ? { origin: publicUrl.origin } : {}),
      ...(referer?.toString().startsWith(`${origin}/`)
        ? { referer: publicUrl.origin + referer.toString().slice(origin.length) }
        : {}),
      'x-forwarded-host': publicUrl.host,
      'x-forwarded-proto': publicUrl.protocol.slice(0, -1),
      'x-forwarded-for': address,
      'x-pushlens-address': address,
      // The framework does not tell a page its own address, to which people return after signing in.
      'x-pushlens-target': target,
      // The application says so to the administrator: behind a proxy, everybody has the proxy's address.
      ...(trustProxy === 0 && forwardedFor !== undefined ? { 'x-pushlens-forwarded': 'ignored' } : {}),
    },
  }
}
