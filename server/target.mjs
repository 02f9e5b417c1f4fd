// @ts-check

/** Longest request target, in bytes. */
const MAX_TARGET = 4_096
const HEALTH = new Set(['/healthz', '/readyz', '/metrics'])
const BROKEN = 'The address of this request is malformed.'
/** The framework's own pages. Asking for one directly makes it render an error. */
const INTERNAL = /^\/_(?!next(?:\/|$))/

/**
 * Returns why a request target is refused, or null. Only a plain path passes: it starts with one slash, is visible ASCII
 * and, when decoded, has no dot segments, empty segments, backslashes or control characters. The framework's own pages
 * do not exist for clients.
 * @param {string} target
 * @returns {{ status: number, code: string, text: string } | null}
 */
export function targetProblem(target) {
  if (target.length > MAX_TARGET)
    return { status: 414, code: 'too_large', text: 'The address of this request is too long.' }
  const plain = /^\/[\x21-\x7e]*$/.test(target) && !/[\\#]|%00/.test(target)
  if (!plain || !plainPath(pathOf(target))) return { status: 400, code: 'bad_request', text: BROKEN }
  if (!INTERNAL.test(decodeURIComponent(pathOf(target)))) return null
  return { status: 404, code: 'not_found', text: 'This page does not exist.' }
}

/** @param {string} path */
function plainPath(path) {
  let decoded = ''
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return false
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the check looks for control characters
  if (/[\x00-\x1f\x7f\\]/.test(decoded) || decoded.includes('//')) return false
  return !decoded.split('/').some((segment) => segment === '.' || segment === '..')
}

/** @param {string} target */
function pathOf(target) {
  return target.split('?', 1)[0] ?? ''
}

/**
 * Returns whether the target belongs to the API; everything else is a page. `/%61pi/` counts as a page, which allows less.
 * @param {string} target
 */
export function isApi(target) {
  const path = pathOf(target)
  return path === '/api' || path.startsWith('/api/')
}

/**
 * Returns whether the target is a probe route. Probes call by IP address, hence with any Host.
 * @param {string} target
 */
export function isHealth(target) {
  return HEALTH.has(pathOf(target))
}
