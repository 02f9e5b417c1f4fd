// @ts-check

/** Longest request target, in bytes. */
const MAX_TARGET = 4_096
const HEALTH = new Set(['/healthz', '/readyz', '/metrics'])
const BROKEN = 'The address of this request is not well formed.'

/**
 * Why a request target is refused, or null. Only the plain form passes: a path that begins with one slash, in visible
 * ASCII, that still has neither dot segments, empty segments, backslashes nor control characters when decoded.
 * @param {string} target
 * @returns {{ status: number, code: string, text: string } | null}
 */
export function targetProblem(target) {
  if (target.length > MAX_TARGET) return { status: 414, code: 'too_large', text: 'The address is too long.' }
  const plain = /^\/[\x21-\x7e]*$/.test(target) && !/[\\#]|%00/.test(target)
  return plain && plainPath(pathOf(target)) ? null : { status: 400, code: 'bad_request', text: BROKEN }
}

/** @param {string} path */
function plainPath(path) {
  let decoded = ''
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return false
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f\\]/.test(decoded) || decoded.includes('//')) return false
  return !decoded.split('/').some((segment) => segment === '.' || segment === '..')
}

/** @param {string} target */
function pathOf(target) {
  return target.split('?', 1)[0] ?? ''
}

/**
 * Pages are everything else. A spelling such as `/%61pi/` counts as a page, which allows less.
 * @param {string} target
 */
export function isApi(target) {
  const path = pathOf(target)
  return path === '/api' || path.startsWith('/api/')
}

/**
 * Routes for probes, which call by IP address and so under any Host.
 * @param {string} target
 */
export function isHealth(target) {
  return HEALTH.has(pathOf(target))
}
