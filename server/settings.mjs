// @ts-check

/** @typedef {{ host: string, port: number, publicUrl: URL | null, trustProxy: number }} Settings */

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
  const settings = {
    host: env.HOST || '127.0.0.1',
    port: whole('PORT', env.PORT, 3_000, 65_535, problems),
    publicUrl: env.PUBLIC_URL ? origin(env.PUBLIC_URL, problems) : null,
    trustProxy: whole('TRUST_PROXY', env.TRUST_PROXY, 0, 10, problems),
  }
  return { settings, problems }
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
 * @param {string} text
 * @param {string[]} problems
 */
function origin(text, problems) {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    problems.push('PUBLIC_URL must start with http:// or https://')
    return null
  }
  if (url.href === `${url.origin}/`) return url
  problems.push('PUBLIC_URL must be an origin such as https://push.example.com, without path, user name or query')
  return null
}
