// @ts-check
import { isLoopback, transportProblem } from './network.mjs'

/**
 * @typedef {{ host: string, port: number, publicUrl: URL | null, trustProxy: number, allowInsecureHttp: boolean }} Settings
 */

/** The variables that this file reads. */
export const DOOR_VARIABLES = ['HOST', 'PORT', 'PUBLIC_URL', 'TRUST_PROXY', 'ALLOW_INSECURE_HTTP']

/** Exit code for a wrong configuration (sysexits). */
export const EX_CONFIG = 78

/**
 * Reads the door's own settings, before the application reads the whole environment. An empty variable counts as absent.
 * `publicUrl` is null if not set; it is then derived from the bound port.
 * @param {Record<string, string | undefined>} env
 * @returns {{ settings: Settings, problems: string[] }}
 */
export function readSettings(env) {
  /** @type {string[]} */
  const problems = []
  const allowInsecureHttp = toggle('ALLOW_INSECURE_HTTP', env.ALLOW_INSECURE_HTTP, problems)
  const settings = {
    host: env.HOST || '127.0.0.1',
    port: whole('PORT', env.PORT, 3_000, 65_535, problems),
    publicUrl: env.PUBLIC_URL ? origin(env.PUBLIC_URL, allowInsecureHttp, problems) : null,
    trustProxy: whole('TRUST_PROXY', env.TRUST_PROXY, 0, 10, problems),
    allowInsecureHttp,
  }
  return { settings, problems }
}

/**
 * Returns whether the server answers under the private IP addresses of its machine: it listens to a network, and nobody has
 * said yet under which address people open it.
 * @param {Pick<Settings, 'host' | 'publicUrl'>} settings
 */
export function answersPrivateAddresses({ host, publicUrl }) {
  const named = host.includes(':') ? `http://[${host}]` : `http://${host}`
  return publicUrl === null && !(URL.canParse(named) && isLoopback(new URL(named)))
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} fallback
 * @param {number} most
 * @param {string[]} problems
 */
function whole(name, text, fallback, most, problems) {
  if (!text) return fallback
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (value <= most) return value
  problems.push(`${name} must be a whole number from 0 to ${most}`)
  return fallback
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {string[]} problems
 */
function toggle(name, text, problems) {
  if (!text || /^(0|off)$/.test(text)) return false
  if (/^(1|on)$/.test(text)) return true
  problems.push(`${name} must be 1 or 0`)
  return false
}

/**
 * @param {string} text
 * @param {boolean} allowInsecureHttp
 * @param {string[]} problems
 */
function origin(text, allowInsecureHttp, problems) {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    problems.push('PUBLIC_URL must start with http:// or https://')
    return null
  }
  if (url.href !== `${url.origin}/`) {
    problems.push('PUBLIC_URL must be an origin such as https://push.example.com, without path, user name or query')
    return null
  }
  const insecure = transportProblem('PUBLIC_URL', url, allowInsecureHttp)
  if (insecure) problems.push(insecure)
  return url
}
